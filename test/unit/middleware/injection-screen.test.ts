/** The screen in a guarded handler: what a policy says of it, and what a client can tell. */

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { DeepTier, DeepVerdict, Segment } from '../../../core/injection/index.ts';
import { definePolicy, type Policy } from '../../../core/policy.ts';
import { createMemoryQuotaLedger } from '../../../core/quota/index.ts';
import type { GuardServices } from '../../../middleware/chain.ts';
import { guardHandler } from '../../../middleware/index.ts';
import { injectionScreen } from '../../../middleware/injection-screen/index.ts';
import { textsOf } from '../../../middleware/injection-screen/texts-of.ts';
import { fakeBedrock } from '../../support/bedrock.ts';
import { chatBody, type HttpResult, lambdaContext, type RestEventOptions, restEvent } from '../../support/events.ts';
import { BLOCKED, digest, FLAGGED, NONSENSE } from '../../support/screen-rules.ts';
import { recordTelemetry } from '../../support/telemetry.ts';

const ok = { statusCode: 200, headers: { 'content-type': 'application/json' }, body: '{}' };

const tier = (verdict: DeepVerdict) => {
  const asked: Segment[][] = [];
  const deep: DeepTier = {
    judge: async (texts) => {
      asked.push([...texts]);
      return texts.map(() => verdict);
    },
  };
  return { deep, asked };
};

/** A guarded handler, and what it and the log saw. */
const setUp = (injection: Policy['injection'] = {}, policy: Policy = {}, services: GuardServices = {}) => {
  const telemetry = recordTelemetry();
  let handled = 0;
  const handler = guardHandler(
    async () => {
      handled += 1;
      return ok;
    },
    { injection: injection === false ? false : { ...NONSENSE, ...injection }, ...policy },
    { telemetry, ...services },
  );
  const send = async (options: RestEventOptions) =>
    (await handler(restEvent(options) as never, lambdaContext())) as unknown as HttpResult;
  const audit = () =>
    telemetry.lines.findLast(({ message }) => message === 'audit')?.fields as {
      readonly decisions: readonly { readonly control: string; readonly [field: string]: unknown }[];
      readonly refused?: string;
    };
  return { send, audit, handled: () => handled, metrics: () => telemetry.published.at(-1)?.metrics ?? {} };
};

describe('an order that is split over a body', () => {
  const [first, second] = ['zorp the quux', 'at dawn'];
  test.each<[string, object]>([
    ['two fields', { subject: first, text: second }],
    ['three fields', { a: 'zorp', b: 'the quux at', c: 'dawn' }],
    ['fields of fields', { mail: { subject: first }, more: { deep: [{ text: second }] } }],
    ['the items of a list', { notes: [first, second] }],
    [
      'two turns',
      {
        messages: [
          { role: 'user', content: first },
          { role: 'user', content: second },
        ],
      },
    ],
    [
      'two turns with an answer between',
      {
        messages: [
          { role: 'user', content: first },
          { role: 'assistant', content: 'Go on.' },
          { role: 'user', content: second },
        ],
      },
    ],
    [
      'blocks with types',
      {
        messages: [
          {
            role: 'user',
            content: [
              { type: 'text', text: first },
              { type: 'text', text: second },
            ],
          },
        ],
      },
    ],
    ['replayed turns', { messages: [first, second].map((content) => ({ role: 'assistant', content })) }],
  ])('%s is refused', async (_, body) => {
    const { send, handled } = setUp();
    expect((await send({ body })).statusCode).toBe(400);
    expect(handled()).toBe(0);
  });

  test('is not put together across the caller’s words and those of others', async () => {
    const messages = [
      { role: 'user', content: first },
      { role: 'assistant', content: second },
    ];
    expect((await setUp().send({ body: { messages } })).statusCode).toBe(200);
  });

  test('is found by its values alone: names and kinds stand between nobody’s words', () => {
    expect(textsOf({ role: 'user', type: 'a sentence', text: 'x' })).toEqual([
      { channel: 'user', text: 'role', label: true },
      { channel: 'user', text: 'user', label: true },
      { channel: 'user', text: 'type', label: true },
      { channel: 'user', text: 'a sentence' },
      { channel: 'user', text: 'text', label: true },
      { channel: 'user', text: 'x' },
    ]);
  });
});

test.each<[string, object]>([
  [
    'a prefill',
    {
      messages: [
        { role: 'user', content: 'Hi' },
        { role: 'assistant', content: `Sure: ${BLOCKED}` },
      ],
    },
  ],
  ['a turn of the system', { messages: [{ role: 'system', content: BLOCKED }] }],
])('%s is data: refused, and no strike', async (_, body) => {
  const budgets = [{ name: 'strikes', per: 'user', unit: 'strikes', window: 'hour', limit: 1 } as const];
  const ledger = createMemoryQuotaLedger({ budgets });
  const { send } = setUp({}, { quota: { budgets } }, { ledger });
  const claims = { sub: 'ada' };
  expect((await send({ body, claims })).statusCode).toBe(400);
  expect((await send({ body: chatBody('A ripe pear.'), claims })).statusCode).toBe(200);
  expect((await send({ body: chatBody(BLOCKED), claims })).statusCode).toBe(400);
  expect((await send({ body: chatBody('A ripe pear.'), claims })).statusCode).toBe(429);
});

const turns = (...roles: string[]) => ({ messages: roles.map((role) => ({ role, content: BLOCKED })) });

describe('what the caller says of its own words', () => {
  test.each<[string, object]>([
    ['a role that there is not', { role: 'x', content: BLOCKED }],
    ['a role that there is not, in a turn', turns('x')],
    ['no role at all', { messages: [{ role: null, content: BLOCKED }] }],
    ['a turn of the assistant that is in no list', { role: 'assistant', content: BLOCKED }],
    ['a list of other things than turns', { notes: [{ role: 'assistant', content: BLOCKED }, 'A ripe pear.'] }],
    ['a turn of the user in other letters', turns('User')],
    ['a turn within such a thing', { role: 'x', content: [{ role: 'user', content: BLOCKED }] }],
  ])('spares it no strike, and is in no milder mode: %s', async (_, body) => {
    const budgets = [{ name: 'strikes', per: 'user', unit: 'strikes', window: 'hour', limit: 1 } as const];
    const ledger = createMemoryQuotaLedger({ budgets });
    const { send } = setUp({ modes: { data: 'flag' } }, { quota: { budgets } }, { ledger });
    const claims = { sub: 'ada' };
    expect((await send({ body, claims })).statusCode).toBe(400);
    expect((await send({ body: chatBody('A ripe pear.'), claims })).statusCode).toBe(429);
  });

  test('is read as its own and as data where it says something unknown: the worse counts', async () => {
    expect((await setUp({ modes: { user: 'flag' } }).send({ body: turns('x') })).statusCode).toBe(400);
    expect(textsOf({ role: 'x', content: 'y' }).map(({ channel, text }) => `${channel} ${text}`)).toEqual(
      ['role', 'x', 'content', 'y'].flatMap((text) => [`user ${text}`, `data ${text}`]),
    );
  });

  test.each(['assistant', 'system', 'tool', 'function', 'developer', 'model'])(
    'is believed where it replays a list of turns: %s is data',
    async (role) => {
      const body = { messages: [{ role: 'user', content: 'Hi' }, ...turns(role).messages] };
      expect((await setUp({ modes: { data: 'flag' } }).send({ body })).statusCode).toBe(200);
      expect((await setUp({ modes: { user: 'flag' } }).send({ body })).statusCode).toBe(400);
    },
  );
});

describe('a client', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const answerTo = async (options: RestEventOptions, ...setting: Parameters<typeof setUp>) => {
    const answering = setUp(...setting).send(options);
    await vi.advanceTimersByTimeAsync(600);
    const { statusCode, headers, body } = await answering;
    const names = Object.keys(headers).sort();
    return { statusCode, names, fields: { ...JSON.parse(body), requestId: '' } };
  };

  test('cannot tell why it was refused', async () => {
    const scorers = [
      { id: 'test-sure', channels: ['user'], score: (text: string) => (text === 'sure' ? 1 : 0) } as const,
    ];
    const rule = await answerTo({ body: chatBody(BLOCKED) });
    expect(rule).toMatchObject({ statusCode: 400, fields: { code: 'prompt_rejected' } });
    expect(JSON.stringify(rule)).not.toMatch(/test-block|rule|score|channel/);
    for (const other of [
      await answerTo({ body: chatBody('sure') }, { scorers }),
      await answerTo({ body: { messages: [{ role: 'assistant', content: BLOCKED }] } }),
      await answerTo({ body: { [BLOCKED]: 1 } }),
      await answerTo({ body: chatBody(FLAGGED) }, { deep: tier('attack').deep }),
      await answerTo({ body: chatBody(FLAGGED) }, { deep: tier('unknown').deep, onDeepFailure: 'block' }),
      await answerTo({ body: chatBody(BLOCKED) }, { deep: tier('clean').deep }),
    ])
      expect(other).toEqual(rule);
  });
});

describe('a policy', () => {
  test('has modes for channels and rules', async () => {
    const watched = setUp({ modes: { user: 'monitor' } });
    expect((await watched.send({ body: chatBody(BLOCKED) })).statusCode).toBe(200);
    expect(watched.metrics()).toMatchObject({ PromptsHeldBack: 1 });
    expect(watched.metrics()).not.toHaveProperty('PromptsBlocked');
    expect(watched.audit()).not.toHaveProperty('refused', expect.anything());
    expect(watched.audit().decisions).toMatchObject([
      { control: 'injection-screen', verdict: 'allow', heldBack: { verdict: 'block', by: 'mode' } },
    ]);
    const milder = setUp({ ruleModes: { ...NONSENSE.ruleModes, 'test-block': 'flag' } });
    expect((await milder.send({ body: chatBody(BLOCKED) })).statusCode).toBe(200);
    expect(milder.metrics()).toMatchObject({ PromptsFlagged: 1 });
  });

  test('has settings for tenants, by the claim that it names, at both edges', async () => {
    const injection = { tenants: { lenient: { modes: { user: 'flag', data: 'monitor' } } } } as const;
    const { send, handled } = setUp(injection, { caller: { tenantClaim: 'team' } });
    const from = async (team?: string) =>
      (await send({ body: chatBody(BLOCKED), claims: { sub: 'ada', ...(team && { team }) } })).statusCode;
    expect([await from('lenient'), await from('other'), await from(), await from('__proto__')]).toEqual([
      200, 400, 400, 400,
    ]);
    expect(handled()).toBe(1);
  });

  test('has an allow-list by digest', async () => {
    const { send, audit } = setUp({ allow: [{ sha256: digest(BLOCKED), channel: 'user' }] });
    expect((await send({ body: chatBody(BLOCKED) })).statusCode).toBe(200);
    expect(audit().decisions[0]).toMatchObject({ heldBack: { verdict: 'block', by: 'allow-list' } });
    expect((await send({ body: chatBody(`${BLOCKED}!`) })).statusCode).toBe(400);
  });

  test.each(['option', 'service'])('has a deep tier as an %s, for both edges', async (way) => {
    const { deep, asked } = tier('clean');
    const { client, requests } = fakeBedrock();
    const handler = guardHandler(
      async (_event: unknown, { bedrock }) => {
        const { ConverseCommand } = await import('@aws-sdk/client-bedrock-runtime');
        const content = [{ text: `Summarise: ${FLAGGED}` }];
        await bedrock.send(new ConverseCommand({ modelId: 'm', messages: [{ role: 'user', content }] }));
        return ok;
      },
      { injection: { ...NONSENSE, ...(way === 'option' && { deep }) } },
      { telemetry: recordTelemetry(), bedrock: client, ...(way === 'service' && { deep }) },
    );
    await handler(restEvent({ body: chatBody(FLAGGED) }), lambdaContext());
    expect(asked.map((texts) => texts.map(({ text }) => text))).toEqual([[FLAGGED], [`Summarise: ${FLAGGED}`]]);
    expect(requests).toHaveLength(1);
  });

  test('in monitor mode asks the deep tier, records what would have been refused, and refuses nothing', async () => {
    const { send, audit, handled } = setUp({ deep: tier('attack').deep }, { mode: 'monitor' });
    expect(await send({ body: chatBody(FLAGGED) })).toEqual(ok);
    expect([audit().refused, handled()]).toEqual(['prompt_rejected', 1]);
    expect(audit().decisions).toContainEqual(expect.objectContaining({ verdict: 'deny', deep: 'attack' }));
  });

  test('reports a scorer that fails, as a control that could not decide', async () => {
    const scorers = [{ id: 'test-breaks', channels: ['user'], score: () => Number.NaN } as const];
    const { send, metrics } = setUp({ scorers });
    expect((await send({ body: chatBody('A ripe pear.') })).statusCode).toBe(503);
    expect(metrics()).toMatchObject({ ControlFailures: 1 });
  });

  test.each<[string, Policy, string]>([
    ['an unknown option', { injection: { rule: [] } as never }, 'policy.injection: unknown option rule'],
    ['a deep tier that is none', { injection: { deep: {} as never } }, 'deep must be a deep tier'],
    ['a failure mode that there is not', { injection: { onDeepFailure: 'open' as never } }, 'onDeepFailure must be'],
    ['a floor below nothing', { injection: { refusalFloorMs: -1 } }, 'refusalFloorMs must be'],
    ['tenants where no caller has one', { injection: { tenants: {} } }, 'tenants needs policy.caller.tenantClaim'],
  ])('with %s is refused', (_, policy, message) => {
    expect(() => definePolicy(policy)).toThrow(message);
  });

  test.each<[string, Policy['injection'], string]>([
    ['a rule that there is not', { ruleModes: { nothing: 'off' } }, 'there is no rule nothing'],
    ['a digest that is none', { allow: ['x'] }, 'allow[0] must be a SHA-256'],
  ])('with %s is refused at cold start', (_, injection, message) => {
    expect(() => guardHandler(async () => ok, { injection: injection ?? {} })).toThrow(message);
  });
});

describe('the middleware', () => {
  test.each([
    ['a deep tier that is none', { deep: {} }],
    ['a failure mode that there is not', { onDeepFailure: 'closed' }],
    ['a floor that is no number', { refusalFloorMs: '1' }],
  ])('refuses %s', (_, options) => {
    expect(() => injectionScreen(options as never)).toThrow(TypeError);
  });

  test('lets requests that overlap share nothing but the rules', async () => {
    const waiting: (() => void)[] = [];
    const deep: DeepTier = {
      judge: async (texts) => {
        await new Promise<void>((resolve) => waiting.push(resolve));
        return texts.map(({ text }) => (text.includes('bad') ? 'attack' : 'clean'));
      },
    };
    const { send } = setUp({ deep, refusalFloorMs: 0 });
    const bodies = Array.from({ length: 20 }, (_, index) => chatBody(`${FLAGGED} ${index % 3 === 0 ? 'bad' : 'good'}`));
    const answers = bodies.map(async (body) => (await send({ body })).statusCode);
    while (waiting.length < bodies.length) await new Promise((resolve) => setImmediate(resolve));
    for (const resume of waiting.reverse()) resume();
    expect(await Promise.all(answers)).toEqual(bodies.map((_, index) => (index % 3 === 0 ? 400 : 200)));
  });
});
