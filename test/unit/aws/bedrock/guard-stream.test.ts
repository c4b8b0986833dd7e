import { ConverseStreamCommand, type ConverseStreamOutput } from '@aws-sdk/client-bedrock-runtime';
import { describe, expect, test } from 'vitest';
import { createAllowance } from '../../../../aws/bedrock/allowance.ts';
import { type ClientRules, guardClient } from '../../../../aws/bedrock/index.ts';
import { createScope, runInScope, type ScopeOptions } from '../../../../aws/invocation-scope.ts';
import type { MetricName } from '../../../../core/catalogue.ts';
import { createMemoryQuotaLedger, tokenBound } from '../../../../core/quota/index.ts';
import { createRedactor } from '../../../../core/redaction/index.ts';
import { eventFrame, exceptionFrame } from '../../../../local/bedrock/event-stream.ts';
import {
  type Answering,
  fakeBedrock,
  type StreamedEvent,
  streamedReply,
  textEvents,
} from '../../../support/bedrock.ts';

const email = ['ada.lovelace', 'example.com'].join('@');
const token = ['ghp', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'].join('_');
const system = 'You are Orchard, the support assistant of the pear farm, and never name the winter code.';
const TOOLS = [{ toolSpec: { name: 'find', inputSchema: { json: {} } } }];
const messages = [{ role: 'user' as const, content: [{ text: 'What is a pear?' }] }];
/** Held for a call of these tests: every byte of its prompt, and its output. */
const boundOf = (more: object = {}) => tokenBound({ modelId: 'm', messages, ...more } as never) + 100;

const setUp = async (answer: Answering, rules: ClientRules = {}, options: Partial<ScopeOptions> = {}) => {
  const { client, requests } = fakeBedrock(answer);
  guardClient(client, { maxTokens: 100, ...rules });
  const scope = createScope({ requestId: 'r', ...options });
  const budgets = [{ name: 'day', per: 'user', unit: 'tokens', window: 'day', limit: 100_000 } as const];
  const ledger = createMemoryQuotaLedger({ budgets });
  const reservation = await ledger.reserve([{ kind: 'user', id: 'u' }], { tokens: 5000 }, { id: 'r', ttlMs: 60_000 });
  if (!reservation.granted) throw new Error('not granted');
  const allowance = createAllowance({ ledger, reservation, priced: false });
  scope.allowance = allowance;
  const ask = (more: object = {}) =>
    runInScope(scope, () => client.send(new ConverseStreamCommand({ modelId: 'm', messages, ...more })));
  const spent = async () => {
    await allowance.settle({});
    return (await ledger.usage({ kind: 'user', id: 'u' }))[0]?.used;
  };
  const metric = (name: MetricName) => scope.record.metrics.get(name) ?? 0;
  return { requests, scope, ask, spent, metric };
};

type Events = AsyncIterable<ConverseStreamOutput> | undefined;

/** Reads to the end, or to the error. */
const read = async (stream: Events): Promise<{ events: ConverseStreamOutput[]; error: unknown }> => {
  const events: ConverseStreamOutput[] = [];
  try {
    for await (const event of stream ?? []) events.push(event);
  } catch (error) {
    return { events, error };
  }
  return { events, error: undefined };
};

const textOf = (events: readonly ConverseStreamOutput[]): string =>
  events.map((event) => event.contentBlockDelta?.delta?.text ?? '').join('');

const toolEvents = (name: string, pieces: readonly string[], stopReason = 'tool_use'): readonly StreamedEvent[] => [
  ['messageStart', { role: 'assistant' }],
  ['contentBlockStart', { contentBlockIndex: 0, start: { toolUse: { toolUseId: 't', name } } }],
  ...pieces.map(
    (input): StreamedEvent => ['contentBlockDelta', { contentBlockIndex: 0, delta: { toolUse: { input } } }],
  ),
  ['contentBlockStop', { contentBlockIndex: 0 }],
  ['messageStop', { stopReason }],
  ['metadata', { usage: { inputTokens: 10, outputTokens: 5, totalTokens: 15 } }],
];

describe('a streamed reply', () => {
  test('passes as it is where there is nothing to hold back, and is charged what it used', async () => {
    const { ask, spent, metric } = await setUp(() => streamedReply(textEvents(['A pear ', 'is a fruit.'])));
    const { events, error } = await read((await ask()).stream);
    expect(error).toBeUndefined();
    expect(textOf(events)).toBe('A pear is a fruit.');
    expect(events.map((event) => Object.keys(event)[0]).filter((name, i, all) => name !== all[i - 1])).toEqual([
      'messageStart',
      'contentBlockDelta',
      'contentBlockStop',
      'messageStop',
      'metadata',
    ]);
    expect([await spent(), metric('TotalTokens'), metric('InputTokens'), metric('OutputTokens')]).toEqual([
      15, 15, 10, 5,
    ]);
  });

  test.each([email, token])('never shows a secret, however it is split: %s', async (secret) => {
    const reply = `Before ${secret} after.`;
    const clean = createRedactor().redact(reply).text;
    expect(clean).not.toContain(secret);
    let pieces: string[] = [];
    const { ask } = await setUp(() => streamedReply(textEvents(pieces)));
    for (let cut = 1; cut < reply.length; cut++) {
      pieces = [reply.slice(0, cut), reply.slice(cut)];
      expect(textOf((await read((await ask()).stream)).events), `cut at ${cut}`).toBe(clean);
    }
    pieces = [...reply];
    expect(textOf((await read((await ask()).stream)).events)).toBe(clean);
  });

  test('never shows a secret, wherever its bytes on the wire are split', async () => {
    const reply = ['Schrijf naar ', email.slice(0, 7), email.slice(7), ' 🍐 of niet.'];
    const clean = createRedactor().redact(reply.join('')).text;
    const wire = Buffer.concat(textEvents(reply).map(([type, content]) => eventFrame(type, content)));
    let cut = 0;
    const { ask } = await setUp(() => ({ frames: [wire.subarray(0, cut), wire.subarray(cut)] }));
    for (cut = 1; cut < wire.length; cut++)
      expect(textOf((await read((await ask()).stream)).events), `cut at ${cut}`).toBe(clean);
    const { ask: byBytes } = await setUp(() => ({ frames: [...wire].map((byte) => Uint8Array.of(byte)) }));
    expect(textOf((await read((await byBytes()).stream)).events)).toBe(clean);
  }, 30_000);

  test('is cut off before it repeats the system prompt', async () => {
    const { ask, spent, metric, requests } = await setUp(() =>
      streamedReply(textEvents(['Sure. ', ...(system.match(/[\s\S]{1,5}/g) ?? []), ' And so on.'])),
    );
    const { events, error } = await read((await ask({ system: [{ text: system }] })).stream);
    expect(error).toMatchObject({ code: 'output_blocked', reason: 'system-prompt' });
    expect('Sure. ').toContain(textOf(events));
    expect(metric('OutputsBlocked')).toBe(1);
    expect(await spent()).toBe(boundOf({ system: [{ text: system }] }));
    expect(requests[0]?.signal?.aborted).toBe(true);
  });
});

describe('a streamed tool call', () => {
  test('reaches the handler when it is whole', async () => {
    const { ask } = await setUp(() => streamedReply(toolEvents('find', ['{"q":', '"pears"}'])));
    const { events } = await read((await ask({ toolConfig: { tools: TOOLS } })).stream);
    const input = events.map((event) => event.contentBlockDelta?.delta?.toolUse?.input ?? '').join('');
    expect(JSON.parse(input)).toEqual({ q: 'pears' });
  });

  test('of a tool that was not offered never begins', async () => {
    const { ask, metric } = await setUp(() => streamedReply(toolEvents('drop', ['{}'])));
    const { events, error } = await read((await ask({ toolConfig: { tools: TOOLS } })).stream);
    expect(error).toMatchObject({ code: 'tool_not_allowed', reason: 'called' });
    expect(JSON.stringify(events)).not.toContain('drop');
    expect(metric('ToolsDenied')).toBe(1);
  });

  test('that is not complete is none: an error where it was asked for, nothing where the output ran out', async () => {
    let stopReason = 'tool_use';
    const { ask } = await setUp(() => streamedReply(toolEvents('find', ['{"q":"pe'], stopReason)));
    const asked = await read((await ask({ toolConfig: { tools: TOOLS } })).stream);
    expect(asked.error).toMatchObject({ code: 'output_truncated', reason: 'tool-call' });
    stopReason = 'max_tokens';
    const { events, error } = await read((await ask({ toolConfig: { tools: TOOLS } })).stream);
    expect(error).toBeUndefined();
    expect(JSON.stringify(events)).not.toContain('toolUse');
    expect(JSON.stringify(events)).toContain('max_tokens');
  });

  test('without an announcement, or without an end, is refused', async () => {
    let events: readonly StreamedEvent[] = toolEvents('find', ['{}']).filter(([type]) => type !== 'contentBlockStart');
    const { ask } = await setUp(() => streamedReply(events));
    expect((await read((await ask({ toolConfig: { tools: TOOLS } })).stream)).error).toMatchObject({
      code: 'tool_not_allowed',
    });
    events = toolEvents(
      'find',
      Array.from({ length: 1100 }, () => 'x'.repeat(1000)),
    );
    expect((await read((await ask({ toolConfig: { tools: TOOLS } })).stream)).error).toMatchObject({
      code: 'output_blocked',
      reason: 'tool-input',
    });
  });
});

describe('a stream that does not end as it should', () => {
  const whole = textEvents(['A pear ', 'is a fruit, ', 'and more.']);

  test.each([
    ['before its text', 1],
    ['within its text', 3],
    ['before messageStop', whole.length - 2],
    ['before metadata', whole.length - 1],
  ])('cut %s, it is truncated, and charged at its bound', async (_, frames) => {
    const { ask, spent, metric } = await setUp(() => streamedReply(whole.slice(0, frames)));
    const { error } = await read((await ask()).stream);
    expect(error).toMatchObject({ code: 'output_truncated' });
    expect([await spent(), metric('TotalTokens'), metric('UpstreamErrors')]).toEqual([boundOf(), boundOf(), 1]);
  });

  test('with a usage that cannot be counted, it is truncated, and charged at its bound', async () => {
    const { ask, spent } = await setUp(() => streamedReply(textEvents(['x'], { inputTokens: 1 })));
    expect((await read((await ask()).stream)).error).toMatchObject({ code: 'output_truncated' });
    expect(await spent()).toBe(boundOf());
  });

  test.each([
    ['ThrottlingException', 'upstream_throttled'],
    ['ModelStreamErrorException', 'upstream_unavailable'],
    ['SomethingElse', 'upstream_unavailable'],
  ])('with %s on its way, it is charged at its bound: something was generated', async (type, code) => {
    const frames = [...whole.slice(0, 3).map(([name, content]) => eventFrame(name, content))];
    const { ask, spent } = await setUp(() => ({ frames: [...frames, exceptionFrame(type, `of ${email}`)] }));
    const { error } = await read((await ask()).stream);
    expect(error).toMatchObject({ code });
    expect(JSON.stringify(error)).not.toContain(email);
    expect(await spent()).toBe(boundOf());
  });

  test('refused before it begins, it costs nothing', async () => {
    const { ask, spent } = await setUp(() => ({
      status: 429,
      body: { message: 'slow down' },
      errorType: 'ThrottlingException',
    }));
    await expect(ask()).rejects.toMatchObject({ code: 'upstream_throttled' });
    expect(await spent()).toBe(0);
  });

  /** Frames for ever, until the request is aborted. Then the stream ends without an error, as HTTP/2 does it. */
  const endless: Answering = ({ signal }) => ({
    frames: (async function* () {
      yield eventFrame('messageStart', { role: 'assistant' });
      while (signal?.aborted !== true) {
        yield eventFrame('contentBlockDelta', { contentBlockIndex: 0, delta: { text: 'pears and ' } });
        await new Promise((resolve) => setImmediate(resolve));
      }
    })(),
  });

  test('left by its reader, Bedrock is told to stop, and the bound is charged', async () => {
    const { ask, spent, requests, scope } = await setUp(endless);
    for await (const event of (await ask()).stream ?? []) if (event.contentBlockDelta !== undefined) break;
    expect(requests[0]?.signal?.aborted).toBe(true);
    expect(await spent()).toBe(boundOf());
    expect(scope.calls.size).toBe(0);
  });

  test('never read, it ends with the invocation', async () => {
    const { ask, spent, metric, requests, scope } = await setUp(endless);
    await ask();
    expect(requests[0]?.signal?.aborted).toBe(false);
    scope.close();
    expect(requests[0]?.signal?.aborted).toBe(true);
    expect([await spent(), metric('TotalTokens'), scope.calls.size]).toEqual([boundOf(), boundOf(), 0]);
  });

  test('without an end, it ends at the deadline', async () => {
    const { ask, spent } = await setUp(endless, {}, { deadline: Date.now() + 100 });
    const { error } = await read((await ask()).stream);
    expect(error).toMatchObject({ code: 'upstream_timeout', reason: 'deadline' });
    expect(await spent()).toBe(boundOf());
  });
});

describe('in monitor mode', () => {
  test('a streamed reply passes untouched, and what would have happened is recorded', async () => {
    const pieces = ['Mail ', email, ' now. ', system];
    const { ask, scope, requests } = await setUp(
      () => streamedReply(textEvents(pieces)),
      { models: ['other'] },
      { monitor: true },
    );
    const { events, error } = await read(
      (await ask({ system: [{ text: system }], inferenceConfig: { maxTokens: 9999 } })).stream,
    );
    expect(error).toBeUndefined();
    expect(textOf(events)).toBe(pieces.join(''));
    expect(requests[0]?.body).toMatchObject({ inferenceConfig: { maxTokens: 9999 } });
    expect(scope.record.refused).toBe('model_not_allowed');
    expect(scope.record.decisions.map(({ reason }) => reason)).toEqual(['model', 'system-prompt']);
    expect(scope.record.redactions.get('EMAIL_ADDRESS')).toEqual({ count: 1, score: 1 });
  });

  test('a stream that fails, fails as it would have', async () => {
    const { ask, scope } = await setUp(
      () => ({
        frames: [
          eventFrame('messageStart', { role: 'assistant' }),
          exceptionFrame('ModelStreamErrorException', 'the original'),
        ],
      }),
      {},
      { monitor: true },
    );
    const { error } = await read((await ask()).stream);
    expect(error).toMatchObject({ name: 'ModelStreamErrorException', message: 'the original' });
    expect(scope.calls.size).toBe(0);
  });
});
