import {
  InvokeModelWithBidirectionalStreamCommand,
  InvokeModelWithResponseStreamCommand,
  type ResponseStream,
} from '@aws-sdk/client-bedrock-runtime';
import { describe, expect, test } from 'vitest';
import { type ClientRules, guardClient } from '../../../../aws/bedrock/index.ts';
import { createScope, runInScope } from '../../../../aws/invocation-scope.ts';
import { createInjectionScreen } from '../../../../core/injection/index.ts';
import type { Fields } from '../../../../core/invoke-model/index.ts';
import { createRedactor } from '../../../../core/redaction/index.ts';
import { eventFrame } from '../../../../local/bedrock/event-stream.ts';
import { type Answering, fakeBedrock } from '../../../support/bedrock.ts';
import { type BodyFamily, chunkContents, FAMILIES, METRICS } from '../../../support/invoke-bodies.ts';
import { tokenBudget } from '../../../support/token-budget.ts';

const email = ['ada', 'example.com'].join('@');
const PIECES = ['Mail a', 'da@exam', 'ple.c', 'om now', ', please.'];
const CLEAN = 'Mail [EMAIL_ADDRESS_1] now, please.';

const streamed =
  (chunks: readonly Fields[]): Answering =>
  () => ({ frames: chunkContents(chunks).map((content) => eventFrame('chunk', content)) });

/** Made once: each client would make its own. */
const ENGINES = { screen: createInjectionScreen(), redactor: createRedactor() };

const setUp = (rules: ClientRules, chunks: readonly Fields[], monitor = false) => {
  const { client, requests } = fakeBedrock(streamed(chunks));
  guardClient(client, { ...ENGINES, ...rules });
  const scope = createScope({ requestId: 'request-1', monitor });
  const invoke = async (modelId: string, body: Fields) => {
    const command = new InvokeModelWithResponseStreamCommand({ modelId, body: JSON.stringify(body) });
    const { body: parts = [] as never } = await runInScope(scope, () => client.send(command));
    return parts;
  };
  return { client, requests, scope, invoke };
};

const chunkIn = ({ chunk }: ResponseStream): Fields => JSON.parse(Buffer.from(chunk?.bytes ?? []).toString());

/** What a stream gave before it ended, or failed. */
const read = async (parts: AsyncIterable<ResponseStream>) => {
  const chunks: Fields[] = [];
  try {
    for await (const part of parts) chunks.push(chunkIn(part));
    return { chunks, error: undefined };
  } catch (error) {
    return { chunks, error: error as { code?: string } };
  }
};

const textOf = (one: BodyFamily, chunks: readonly Fields[]): string =>
  chunks.map((chunk) => one.textIn(chunk as never) ?? '').join('');

const isLast = (chunk: Fields): boolean => Object.hasOwn(chunk, 'amazon-bedrock-invocationMetrics');

describe.each(FAMILIES)('a streamed reply of $name', (one) => {
  const body = one.body('What is a pear?');

  test('comes redacted across its chunks, with what it used in the last one', async () => {
    const { invoke, scope } = setUp({}, one.chunks(PIECES));
    const { allowance, spent } = await tokenBudget(10_000);
    scope.allowance = allowance;
    const { chunks, error } = await read(await invoke(one.modelId, body));
    expect(error).toBeUndefined();
    expect(textOf(one, chunks)).toBe(CLEAN);
    expect(chunks.at(-1)).toMatchObject(METRICS);
    expect(chunks.filter(isLast)).toHaveLength(1);
    expect(JSON.stringify(chunks)).not.toContain('ada@');
    expect(await spent()).toBe(18);
  });

  test('is charged at its bound, and is an error, wherever it is cut', async () => {
    const whole = one.chunks(PIECES);
    // Some families say in their last chunks but one what they used, and why they ended: then only the metrics are missing.
    const needed = whole.findLastIndex((chunk) =>
      /finish_reason":"|stop_reason":"|message_stop|metadata|message-end|"stream-end/.test(JSON.stringify(chunk)),
    );
    for (let length = 0; length < needed; length++) {
      const { invoke, scope } = setUp({}, whole.slice(0, length));
      const { allowance, spent } = await tokenBudget(10_000);
      scope.allowance = allowance;
      const { chunks, error } = await read(await invoke(one.modelId, body));
      expect(error).toMatchObject({ code: 'output_truncated' });
      expect(chunks.some(isLast)).toBe(false);
      expect(await spent()).toBeGreaterThan(50);
    }
  });

  test('ends at a chunk that cannot be read', async () => {
    const { invoke } = setUp({}, [...one.chunks(['Hello']).slice(0, 1), { strange: email }, ...one.chunks(['x'])]);
    const { chunks, error } = await read(await invoke(one.modelId, body));
    expect(error).toMatchObject({ code: 'output_truncated' });
    expect(JSON.stringify(chunks)).not.toContain('example.com');
  });

  test('passes nothing that is not known', async () => {
    const chunks = one.chunks(['Hello']).map((chunk) => ({ ...chunk, 'amazon-bedrock-trace': email, note: email }));
    const { invoke } = setUp({}, chunks);
    const { chunks: passed, error } = await read(await invoke(one.modelId, body));
    expect(error).toBeUndefined();
    expect(JSON.stringify(passed)).not.toContain('example.com');
    expect(textOf(one, passed)).toBe('Hello');
  });

  test('passes unchanged in monitor mode, also where it cannot be read', async () => {
    const chunks = [...one.chunks(PIECES), { strange: true }];
    const { invoke, scope } = setUp({}, chunks, true);
    const { chunks: passed } = await read(await invoke(one.modelId, body));
    expect(passed).toEqual(chunks);
    expect(scope.record.metrics.get('Redactions')).toBe(1);
  });
});

describe('a streamed call', () => {
  const one = FAMILIES[0] as BodyFamily;

  test('tells Bedrock to stop when the handler stops reading, and is charged', async () => {
    const { invoke, requests, scope } = setUp({}, one.chunks(PIECES));
    const { allowance, spent } = await tokenBudget(10_000);
    scope.allowance = allowance;
    for await (const _ of await invoke(one.modelId, one.body('Hello'))) break;
    expect(requests[0]?.signal?.aborted).toBe(true);
    expect(await spent()).toBeGreaterThan(50);
  });

  test('is refused for a body that no family has', async () => {
    const { invoke, requests } = setUp({ unknownBodies: 'screen' }, one.chunks(PIECES));
    await expect(invoke('amazon.titan-text-express-v1', { inputText: 'x' })).rejects.toMatchObject({
      code: 'content_not_allowed',
    });
    expect(requests).toHaveLength(0);
  });

  test('in both directions is refused', async () => {
    const { client, scope, requests } = setUp({}, []);
    const command = new InvokeModelWithBidirectionalStreamCommand({ modelId: 'm', body: (async function* () {})() });
    await expect(runInScope(scope, () => client.send(command))).rejects.toMatchObject({ reason: 'operation' });
    expect(requests).toHaveLength(0);
  });

  test('passes a tool call whole, and none of a tool that was not offered', async () => {
    const tool = (name: string) => [
      { type: 'message_start', message: { id: 'msg_1', usage: { input_tokens: 3, output_tokens: 1 } } },
      { type: 'content_block_start', index: 0, content_block: { type: 'tool_use', id: 't1', name, input: {} } },
      { type: 'content_block_delta', index: 0, delta: { type: 'input_json_delta', partial_json: '{"a"' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'input_json_delta', partial_json: ':1}' } },
      { type: 'content_block_stop', index: 0 },
      { type: 'message_delta', delta: { stop_reason: 'tool_use' }, usage: { output_tokens: 7 } },
      { type: 'message_stop', ...METRICS },
    ];
    const body = { ...one.body('Look it up.'), tools: [{ name: 'look_up', input_schema: { type: 'object' } }] };
    const { chunks } = await read(await setUp({}, tool('look_up')).invoke(one.modelId, body));
    expect(chunks.slice(1, 4)).toEqual([
      {
        type: 'content_block_start',
        index: 0,
        content_block: { type: 'tool_use', id: 't1', name: 'look_up', input: {} },
      },
      { type: 'content_block_delta', index: 0, delta: { type: 'input_json_delta', partial_json: '{"a":1}' } },
      { type: 'content_block_stop', index: 0 },
    ]);
    const denied = await read(await setUp({}, tool('wipe')).invoke(one.modelId, body));
    expect(denied.error).toMatchObject({ code: 'tool_not_allowed' });
  });
});
