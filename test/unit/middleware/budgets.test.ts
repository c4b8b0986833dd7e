/** What budgets do to a request, from the door to the Bedrock edge and back: headers, metrics, models, money. */

import { ConverseCommand } from '@aws-sdk/client-bedrock-runtime';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Policy } from '../../../core/policy.ts';
import { accountBudgets, type Budget, createMemoryQuotaLedger, type QuotaLedger } from '../../../core/quota/index.ts';
import { type GuardedContext, guardHandler } from '../../../middleware/index.ts';
import { converseReply, fakeBedrock } from '../../support/bedrock.ts';
import { chatBody, type HttpResult, lambdaContext, problemOf, restEvent } from '../../support/events.ts';
import { invokeStream } from '../../support/streaming.ts';
import { recordTelemetry } from '../../support/telemetry.ts';

const NOVA = 'eu.amazon.nova-lite-v1:0';
const MICRO = 'eu.amazon.nova-micro-v1:0';
const day: Budget = { name: 'day', per: 'user', unit: 'tokens', window: 'day', limit: 100_000 };
const event = restEvent({ body: chatBody('Hi'), claims: { sub: 'ada', team: 'acme' } });

/** A ledger that notes what it is asked. */
const spiedLedger = (budgets: readonly Budget[]) => {
  const ledger = createMemoryQuotaLedger({ budgets });
  const calls: { name: string; lease?: string }[] = [];
  const spied: QuotaLedger = {
    ...ledger,
    reserve: (...args) => {
      calls.push({ name: 'reserve', lease: args[2].id });
      return ledger.reserve(...args);
    },
    extend: (...args) => {
      calls.push({ name: 'extend' });
      return ledger.extend(...args);
    },
    settle: (...args) => {
      calls.push({ name: 'settle' });
      return ledger.settle(...args);
    },
  };
  return { ledger: spied, calls, names: () => calls.map(({ name }) => name) };
};

/** A guarded handler that calls these models, one after the other. */
const guardedBy = (budgets: readonly Budget[], models: readonly string[] = [NOVA], more: Policy = {}) => {
  const telemetry = recordTelemetry();
  const spy = spiedLedger(budgets);
  const { client, requests } = fakeBedrock(() => converseReply([{ text: 'Hello' }]));
  const handler = guardHandler(
    async (_: object, { bedrock }: GuardedContext) => {
      for (const modelId of models)
        await bedrock.send(
          new ConverseCommand({
            modelId,
            messages: [{ role: 'user', content: [{ text: 'Hi' }] }],
            inferenceConfig: { maxTokens: 100 },
          }),
        );
      return { statusCode: 200, headers: { 'content-type': 'application/json' }, body: '{}' };
    },
    { caller: { tenantClaim: 'team' }, quota: { budgets }, ...more },
    { bedrock: client, telemetry, ledger: spy.ledger },
  );
  const ask = async (what = event) => (await handler(what, lambdaContext())) as unknown as HttpResult;
  return { ask, telemetry, requests, ...spy };
};

const header = ({ headers }: HttpResult, name: string): string | undefined =>
  Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];

describe('an answer', () => {
  test('says what the caller may still use, and nothing of its tenant or of strikes', async () => {
    const { ask } = guardedBy([
      day,
      { ...day, name: 'ever', window: 'session', unit: 'requests', limit: 5 },
      { ...day, name: 'team', per: 'tenant' },
      { ...day, name: 'strikes', unit: 'strikes', limit: 3 },
    ]);
    const answer = await ask();
    expect(header(answer, 'ratelimit-policy')).toBe('"day";q=100000;w=86400, "ever";q=5');
    expect(header(answer, 'ratelimit')).toMatch(/^"day";r=\d{5};t=\d{1,5}, "ever";r=4$/);
    expect(header(answer, 'x-bulwark-budget-warning')).toBeUndefined();
  });

  test('warns of budgets that are nearly used up, and metrics do, too', async () => {
    const budgets: Budget[] = [
      { ...day, name: 'few', unit: 'requests', limit: 10, soft: true },
      { ...day, name: 'team', per: 'tenant', unit: 'requests', limit: 10 },
      day,
    ];
    const { ask, telemetry } = guardedBy(budgets);
    const warnings = [];
    for (let request = 0; request < 10; request++) warnings.push(header(await ask(), 'x-bulwark-budget-warning'));
    expect(warnings.slice(6)).toEqual([undefined, '"few";at=80', '"few";at=90', '"few";at=100']);
    const at = (name: 'BudgetsAt80' | 'BudgetsAt90' | 'BudgetsAt100') =>
      telemetry.published.map(({ metrics }) => metrics[name]).slice(6);
    expect(at('BudgetsAt80')).toEqual([undefined, 2, 2, 2]);
    expect(at('BudgetsAt90')).toEqual([undefined, undefined, 2, 2]);
    expect(at('BudgetsAt100')).toEqual([undefined, undefined, undefined, 2]);
    expect(telemetry.published.at(-1)?.decisions).toContainEqual({
      control: 'token-quota',
      verdict: 'flag',
      reason: 'few',
      rules: [{ rule: 'at-100', score: 1 }],
    });
  });

  test('keeps what the handler says itself, and is not changed in monitor mode', async () => {
    const own = guardHandler(
      async (_: object) => ({ statusCode: 200, headers: { RateLimit: '"mine";r=1' }, body: '' }),
      { quota: { budgets: [day] } },
      { telemetry: recordTelemetry() },
    );
    const answer = (await own(event, lambdaContext())) as unknown as HttpResult;
    expect(header(answer, 'ratelimit')).toBe('"mine";r=1');
    const { ask } = guardedBy([day], [NOVA], { mode: 'monitor' });
    expect(header(await ask(), 'ratelimit')).toBeUndefined();
  });

  test('says nothing of its own beside what the handler says', async () => {
    const own = guardHandler(
      async (_: object) => ({ statusCode: 200, multiValueHeaders: { 'RateLimit-Policy': ['"mine";q=1'] }, body: '' }),
      { quota: { budgets: [day] } },
      { telemetry: recordTelemetry() },
    );
    const answer = (await own(event, lambdaContext())) as unknown as HttpResult;
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('ratelimit'))).toEqual([]);
  });

  test('to a load balancer says it in lists, where the handler answers in lists', async () => {
    const ofLoadBalancer = {
      requestContext: { elb: { targetGroupArn: 'arn:x' } },
      httpMethod: 'POST',
      path: '/',
      multiValueHeaders: { 'content-type': ['application/json'], 'x-forwarded-for': ['203.0.113.9'] },
      body: '{}',
    };
    const handler = guardHandler(
      async (_: object) => ({ statusCode: 200, multiValueHeaders: { 'content-type': ['text/plain'] }, body: '' }),
      { quota: { budgets: [{ ...day, per: 'ip' }] } },
      { telemetry: recordTelemetry() },
    );
    const answer = (await handler(ofLoadBalancer, lambdaContext())) as unknown as {
      multiValueHeaders: Record<string, string[]>;
    };
    expect(answer.multiValueHeaders['ratelimit-policy']).toEqual(['"day";q=100000;w=86400']);
  });

  test('says what is left when all is settled, of models too, of which the fewest counts', async () => {
    const perModel: Budget = { ...day, name: 'model', per: 'user+model', limit: 1000 };
    const { ask, ledger } = guardedBy([day, perModel, { ...perModel, name: 'all', per: 'model' }], [NOVA, NOVA, MICRO]);
    const answer = await ask();
    expect(header(answer, 'ratelimit')).toMatch(/^"day";r=99955;t=\d+, "model";r=970;t=\d+$/);
    expect(await ledger.usage({ kind: 'user', id: 'ada' })).toMatchObject([{ remaining: 99_955 }]);
  });

  test('that is a stream says it in its head', async () => {
    const handler = guardHandler(
      async (_: object) => ({
        statusCode: 200,
        headers: { 'content-type': 'text/plain' },
        body: (async function* () {
          yield 'Hello';
        })(),
      }),
      { quota: { budgets: [day] }, stream: {} },
      { telemetry: recordTelemetry() },
    );
    const { prelude } = await invokeStream(handler as never, event);
    expect(prelude.headers?.['ratelimit-policy']).toBe('"day";q=100000;w=86400');
  });

  test('lets browsers of other origins read it', async () => {
    const { ask } = guardedBy([day], [NOVA], { corsOrigins: ['https://app.example.com'] });
    const headers = { Origin: 'https://app.example.com' };
    const answer = await ask(restEvent({ body: chatBody('Hi'), claims: { sub: 'ada' }, headers }));
    expect(header(answer, 'access-control-expose-headers')).toMatch(/ratelimit.*retry-after.*x-bulwark-budget-warning/);
  });
});

describe('a refusal', () => {
  const spend = async (ledger: QuotaLedger, kind: 'tenant' | 'account', id: string, tokens: number) =>
    ledger.reserve([{ kind, id }], { tokens }, { id: 'other', ttlMs: 60_000 });

  test.each([
    ['tenant', 'acme'],
    ['account', 'account'],
  ] as const)('says when to come again, and nothing of what the %s has left', async (per, id) => {
    const { ask, ledger } = guardedBy([day, { ...day, name: 'all', per }]);
    await spend(ledger, per, id, 99_000);
    const answer = await ask();
    expect(problemOf(answer)).toEqual({ status: 429, code: 'quota_exceeded' });
    expect(header(answer, 'retry-after')).toMatch(/^\d+$/);
    expect(JSON.stringify(answer)).not.toMatch(/ratelimit|99000|100000|"all"/);
  });

  test('of what never fits names the limit of the caller only', async () => {
    const team = await guardedBy([day, { ...day, name: 'team', per: 'tenant', limit: 20 }]).ask();
    expect(JSON.parse(team.body)).not.toHaveProperty('limit');
    const own = await guardedBy([{ ...day, limit: 20 }]).ask();
    expect(JSON.parse(own.body)).toMatchObject({ code: 'request_never_fits', limit: 20 });
  });
});

describe('budgets per model', () => {
  const perModel: Budget = { ...day, name: 'lite', per: 'user+model', models: [NOVA], unit: 'requests', limit: 2 };

  test('count calls of their models, and stop the loop before the one that would pass them', async () => {
    const { ask, requests, ledger } = guardedBy([day, perModel], [NOVA, MICRO, NOVA, MICRO, NOVA]);
    expect(problemOf(await ask())).toEqual({ status: 429, code: 'quota_exceeded' });
    expect(requests).toHaveLength(4);
    expect(await ledger.usage({ kind: 'user+model', id: JSON.stringify(['ada', NOVA]) })).toMatchObject([{ used: 2 }]);
    expect(await ledger.usage({ kind: 'user', id: 'ada' })).toMatchObject([{ used: 60 }]);
  });

  test('alone need nobody else', async () => {
    const { ask } = guardedBy([perModel]);
    expect((await ask()).statusCode).toBe(200);
  });

  test('alone let nobody ask whom none of them counts for', async () => {
    const nobody = restEvent({ body: chatBody('Hi') });
    expect(problemOf(await guardedBy([perModel]).ask(nobody))).toEqual({ status: 401, code: 'unauthenticated' });
    expect((await guardedBy([{ ...perModel, per: 'account+model' }]).ask(nobody)).statusCode).toBe(200);
  });

  test('in USD leave the reservation of the request alone', async () => {
    const { ask, names } = guardedBy([day, { ...perModel, unit: 'usd', limit: 1_000_000 }]);
    expect((await ask()).statusCode).toBe(200);
    expect(names()).toEqual(['reserve', 'reserve', 'settle', 'settle']);
  });

  test('give a call back that was refused by Bedrock', async () => {
    const ledger = createMemoryQuotaLedger({ budgets: [perModel] });
    const { client } = fakeBedrock(() => ({ status: 400, errorType: 'ValidationException', body: {} }));
    const handler = guardHandler(
      async (_: object, { bedrock }: GuardedContext) =>
        bedrock.send(new ConverseCommand({ modelId: NOVA, messages: [{ role: 'user', content: [{ text: 'Hi' }] }] })),
      { quota: { budgets: [perModel] } },
      { bedrock: client, telemetry: recordTelemetry(), ledger },
    );
    await handler(event, lambdaContext());
    expect(await ledger.usage({ kind: 'user+model', id: JSON.stringify(['ada', NOVA]) })).toMatchObject([{ used: 0 }]);
  });
});

describe("the account's own quota", () => {
  const budgets = [day, ...accountBudgets([{ name: 'lite', model: NOVA, tokensPerMinute: 2000, shards: 1 }])];

  test('is counted as Bedrock counts it, by Region, and how full it is is a metric', async () => {
    const { ask, telemetry, ledger } = guardedBy(budgets);
    expect((await ask()).statusCode).toBe(200);
    const counted = await ledger.usage({ kind: 'account+model', id: JSON.stringify(['eu-central-1', NOVA]) });
    expect(counted).toMatchObject([{ budget: 'lite-tpm', used: 15 }]);
    const [first] = telemetry.published;
    expect(first?.metrics.AccountQuotaUse).toBeGreaterThan(5);
    expect(first?.metrics.AccountQuotaUse).toBeLessThan(15);
  });

  test('is full when it refuses, in the metrics', async () => {
    const { ask, telemetry } = guardedBy([
      day,
      { ...day, name: 'rpm', per: 'account+model', unit: 'requests', limit: 1 },
    ]);
    await ask();
    expect(problemOf(await ask())).toEqual({ status: 429, code: 'quota_exceeded' });
    expect(telemetry.published[1]?.metrics).toMatchObject({ QuotaDenied: 1, AccountQuotaUse: 100, BudgetsAt100: 1 });
    expect(telemetry.published[1]?.decisions.map(({ verdict }) => verdict)).toEqual(['deny']);
  });

  test('counts with other budgets of everybody, also where they refuse at the door', async () => {
    const { ask, telemetry } = guardedBy([{ ...day, name: 'all', per: 'account', unit: 'requests', limit: 2 }]);
    for (let request = 0; request < 3; request++) await ask();
    const seen = telemetry.published.map(({ metrics }) => [metrics.AccountQuotaUse, metrics.BudgetsAt100]);
    expect(seen).toEqual([
      [50, undefined],
      [100, 1],
      [100, 1],
    ]);
  });

  test('is as full as for the model where it is fullest', async () => {
    const budgets: Budget[] = [{ ...day, name: 'all', per: 'account+model', unit: 'requests', limit: 2 }];
    const { ask, telemetry } = guardedBy(budgets, [NOVA, NOVA, MICRO]);
    await ask();
    expect(telemetry.published[0]?.metrics).toMatchObject({ AccountQuotaUse: 100, BudgetsAt100: 1 });
  });

  test('refuses a model whose burn-down nobody knows', async () => {
    const { ask } = guardedBy(budgets, ['a-model-that-nobody-knows']);
    expect(problemOf(await ask())).toEqual({ status: 503, code: 'model_unpriced' });
  });
});

describe('a budget in USD', () => {
  const usd: Budget = { ...day, name: 'usd', unit: 'usd', limit: 1_000_000 };

  afterEach(() => {
    vi.unstubAllEnvs();
  });

  test('is reserved at the door where the models are known, and settled: two writes', async () => {
    vi.stubEnv('AWS_REGION', 'eu-central-1');
    const { ask, names, ledger } = guardedBy([usd, day], [NOVA], { model: { models: [NOVA], maxTokens: 200 } });
    expect((await ask()).statusCode).toBe(200);
    expect(names()).toEqual(['reserve', 'settle']);
    const [money] = await ledger.usage({ kind: 'user', id: 'ada' });
    expect(money?.used).toBeGreaterThan(0);
    expect(money?.used).toBeLessThan(100);
  });

  test('is reserved with the call where they are not', async () => {
    const { ask, names } = guardedBy([usd, day]);
    expect((await ask()).statusCode).toBe(200);
    expect(names()).toEqual(['reserve', 'extend', 'settle']);
  });
});

test('each run of an invocation is charged by itself: one before may have been billed', async () => {
  const { ledger, calls } = spiedLedger([day]);
  const handler = guardHandler(
    async (_: object) => ({ statusCode: 200, body: '' }),
    { quota: { budgets: [day] } },
    {
      telemetry: recordTelemetry(),
      ledger,
    },
  );
  const context = lambdaContext();
  await handler(event, context);
  await handler(event, context);
  expect(new Set(calls.filter(({ name }) => name === 'reserve').map(({ lease }) => lease)).size).toBe(2);
});

test('a request that passes uncounted is in the metrics', async () => {
  const ledger: QuotaLedger = {
    ...createMemoryQuotaLedger({ budgets: [] }),
    reserve: async (_, cost, { id }) => ({ granted: true, id, cost, levels: [], uncounted: ['user'] }),
    settle: async () => {},
  };
  const telemetry = recordTelemetry();
  const policy: Policy = { quota: { budgets: [{ ...day, onFailure: 'open' }] } };
  const handler = guardHandler(async (_: object) => ({ statusCode: 200, body: '' }), policy, { telemetry, ledger });
  await handler(event, lambdaContext());
  expect(telemetry.published[0]?.metrics.ControlFailures).toBe(1);
});
