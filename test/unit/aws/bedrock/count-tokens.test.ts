import { BedrockRuntimeClient, ConverseCommand, ConverseStreamCommand } from '@aws-sdk/client-bedrock-runtime';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createAllowance } from '../../../../aws/bedrock/allowance.ts';
import { createTokenCounter } from '../../../../aws/bedrock/count-tokens.ts';
import { type ClientRules, guardClient } from '../../../../aws/bedrock/index.ts';
import { createScope, type InvocationScope, runInScope } from '../../../../aws/invocation-scope.ts';
import { type Cost, createMemoryQuotaLedger, tokenBound } from '../../../../core/quota/index.ts';
import { type LocalBedrock, startLocalBedrock } from '../../../../local/bedrock/index.ts';

const MODEL = 'eu.anthropic.claude-sonnet-4-6';
const long = 'What is a pear? '.repeat(100);
const asking = (text: string) => ({ modelId: MODEL, messages: [{ role: 'user' as const, content: [{ text }] }] });
const bytes = tokenBound(asking(long));

describe('a guarded client that has Bedrock count', () => {
  let server: LocalBedrock;
  let client: BedrockRuntimeClient;
  let seen: number;

  beforeAll(async () => {
    server = await startLocalBedrock();
  });
  afterAll(() => server.close());
  beforeEach(() => {
    seen = server.requests.length;
    client = new BedrockRuntimeClient({
      region: 'eu-central-1',
      endpoint: server.url,
      credentials: server.credentials,
      maxAttempts: 1,
    });
    return () => client.destroy();
  });

  const operations = () => server.requests.slice(seen).map(({ operation }) => operation);

  const setUp = async (rules: ClientRules = {}, more: Parameters<typeof createScope>[0] = { requestId: 'r' }) => {
    guardClient(client, { maxTokens: 50, countTokensAbove: 1000, ...rules });
    const budgets = [{ name: 'day', per: 'user', unit: 'tokens', window: 'day', limit: 1_000_000 } as const];
    const ledger = createMemoryQuotaLedger({ budgets });
    const user = { kind: 'user', id: 'u' } as const;
    const reservation = await ledger.reserve([user], { tokens: 100_000 }, { id: 'r', ttlMs: 60_000 });
    if (!reservation.granted) throw new Error('not granted');
    const allowance = createAllowance({ ledger, reservation, priced: true });
    const bounds: Cost[] = [];
    const scope: InvocationScope = createScope(more);
    scope.allowance = {
      ...allowance,
      draw: (bound, ...rest) => {
        bounds.push(bound);
        return allowance.draw(bound, ...rest);
      },
    };
    const converse = (text: string) => runInScope(scope, () => client.send(new ConverseCommand(asking(text))));
    return { converse, bounds, scope };
  };

  test('holds what Bedrock counted and a margin, asks by the model behind a profile, and once for one request', async () => {
    const { converse, bounds } = await setUp();
    const { usage } = await converse(long);
    await converse(long);
    expect(operations()).toEqual(['CountTokens', 'Converse', 'Converse']);
    expect(server.requests.at(-3)?.modelId).toBe('anthropic.claude-sonnet-4-6');
    const counted = usage?.inputTokens ?? 0;
    const bound = counted + Math.ceil(counted / 64) + 64 + 50;
    expect(bound).toBeLessThan(bytes);
    expect(bounds.map(({ tokens }) => tokens)).toEqual([bound, bound]);
  });

  test('does so before a stream too', async () => {
    const { scope, bounds } = await setUp();
    const { stream } = await runInScope(scope, () => client.send(new ConverseStreamCommand(asking(long))));
    for await (const _ of stream ?? []);
    expect(operations()).toEqual(['CountTokens', 'ConverseStream']);
    expect(bounds[0]?.tokens).toBeLessThan(bytes);
  });

  test.each([
    ['of a short request', 'What is a pear?', {}],
    ['where the rules do not say so', long, { countTokensAbove: Number.MAX_SAFE_INTEGER }],
  ])('does not ask for the count %s', async (_, text, rules) => {
    const { converse, bounds } = await setUp(rules);
    await converse(text);
    expect(operations()).toEqual(['Converse']);
    expect(bounds[0]?.tokens).toBe(tokenBound(asking(text)) + 50);
  });

  test('does not ask where no budget counts', async () => {
    const { converse, scope } = await setUp();
    scope.allowance = undefined;
    await converse(long);
    expect(operations()).toEqual(['Converse']);
  });

  test('does not ask in monitor mode', async () => {
    const { converse } = await setUp({}, { requestId: 'r', monitor: true });
    await converse(long);
    expect(operations()).toEqual(['Converse']);
  });

  test.each([
    ['denied', { kind: 'error', type: 'AccessDeniedException' }, 1],
    ['throttled', { kind: 'error', type: 'ThrottlingException' }, 1],
    ['failing', { kind: 'error', type: 'InternalServerException' }, 1],
    ['refusing this input', { kind: 'error', type: 'ValidationException' }, 2],
    ['gone', { kind: 'connection-reset' }, 1],
  ] as const)('holds the bytes when the count is %s, and the call goes on', async (_, fault, asked) => {
    server.faults.add({ ...fault, operation: 'CountTokens', times: 1 });
    const { converse, bounds } = await setUp();
    await converse(long);
    await converse(long);
    expect(operations().filter((operation) => operation === 'CountTokens')).toHaveLength(asked);
    expect(operations().filter((operation) => operation === 'Converse')).toHaveLength(2);
    expect(bounds[0]?.tokens).toBe(bytes + 50);
    expect(bounds[1]?.tokens === bytes + 50).toBe(asked === 1);
    server.faults.clear();
  });

  test('stops waiting for a count at the deadline of the invocation', async () => {
    server.faults.add({ kind: 'hang', operation: 'CountTokens', times: 1 });
    const { converse } = await setUp({}, { requestId: 'r', deadline: Date.now() + 50 });
    await expect(converse(long)).rejects.toMatchObject({ code: 'upstream_timeout' });
    expect(operations()).toEqual(['CountTokens']);
    server.faults.clear();
  });
});

describe('a counter', () => {
  const setUp = (answer: () => unknown, patienceMs = 1000) => {
    let time = 0;
    const sent: unknown[] = [];
    const client = {
      send: async ({ input }: { input: unknown }) => {
        sent.push(input);
        return answer();
      },
    };
    const counter = createTokenCounter({ client: client as never, now: () => time, patienceMs });
    return { counter, sent, pass: (ms: number) => (time += ms) };
  };
  const failing =
    (name: string, message = '') =>
    () => {
      throw Object.assign(new Error(message), { name });
    };

  test.each([undefined, -1, 0, 0.5, Number.NaN, Number.POSITIVE_INFINITY, '12'])('takes %s for no count', async (n) => {
    const { counter } = setUp(() => ({ inputTokens: n }));
    expect(await counter.count(asking(long))).toBeUndefined();
  });

  test.each([
    ['may not be asked', failing('AccessDeniedException'), 600_000],
    ['cannot count', failing('ValidationException', "The provided model doesn't support counting tokens."), 600_000],
    ['is not there', failing('ResourceNotFoundException'), 600_000],
    ['is throttled', failing('ThrottlingException'), 10_000],
    ['refuses what it is sent', failing('ValidationException', 'messages: roles must alternate'), 0],
  ])('asks a model that %s again after a while', async (_, answer, ms) => {
    const { counter, sent, pass } = setUp(answer);
    await counter.count(asking('a'));
    pass(Math.max(0, ms - 1));
    await counter.count(asking('b'));
    expect(sent).toHaveLength(ms === 0 ? 2 : 1);
    pass(1);
    expect(await counter.count({ ...asking('c'), modelId: 'other' })).toBeUndefined();
    await counter.count(asking('d'));
    expect(sent).toHaveLength(ms === 0 ? 4 : 3);
  });

  test('waits for a count only so long', async () => {
    const { counter } = setUp(() => new Promise(() => {}), 5);
    expect(await counter.count(asking(long))).toBeUndefined();
  });

  test('counts what is sent: the same turns with other tools or another prompt are another request', async () => {
    const { counter, sent } = setUp(() => ({ inputTokens: 64 }));
    const requests = [
      asking('a'),
      { ...asking('a'), system: [{ text: 'b' }] },
      { ...asking('a'), toolConfig: { tools: [{ toolSpec: { name: 'c' } }] } },
      { ...asking('a'), modelId: 'other' },
    ];
    for (const request of [...requests, ...requests]) expect(await counter.count(request)).toBe(129);
    expect(sent).toHaveLength(4);
  });

  test('forgets the oldest counts', async () => {
    const { counter, sent } = setUp(() => ({ inputTokens: 1 }));
    for (let index = 0; index <= 500; index++) await counter.count(asking(String(index)));
    await counter.count(asking('500'));
    expect(sent).toHaveLength(501);
    await counter.count(asking('0'));
    expect(sent).toHaveLength(502);
  });

  test('knows its own requests by themselves, not by their looks, and only while they are made', async () => {
    let known: readonly boolean[] = [];
    const { counter, sent } = setUp(() => {
      known = [counter.sends(sent[0]), counter.sends(structuredClone(sent[0]))];
      return { inputTokens: 1 };
    });
    await counter.count(asking('a'));
    expect(known).toEqual([true, false]);
    expect(counter.sends(sent[0])).toBe(false);
    for (const other of [undefined, null, 'a', {}]) expect(counter.sends(other)).toBe(false);
  });

  test('never throws, whatever it is given', async () => {
    const { counter } = setUp(() => ({ inputTokens: 1 }));
    const cyclic: Record<string, unknown> = {};
    cyclic['self'] = cyclic;
    expect(await counter.count({ ...asking('a'), system: [cyclic] })).toBeUndefined();
  });
});
