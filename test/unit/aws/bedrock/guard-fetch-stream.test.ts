import { EventStreamCodec } from '@smithy/core/event-streams';
import { expect, test } from 'vitest';
import { type GuardFetchOptions, guardFetch } from '../../../../aws/bedrock/index.ts';
import { createScope, runInScope } from '../../../../aws/invocation-scope.ts';
import { eventFrame, exceptionFrame } from '../../../../local/bedrock/event-stream.ts';
import {
  fakeBedrock,
  type StreamedEvent,
  streamedReply,
  textEvents,
  type WireAnswer,
} from '../../../support/bedrock.ts';

const email = ['ada', 'example.com'].join('@');
const PATH = 'https://bedrock-runtime.eu-central-1.amazonaws.com/model/m/converse-stream';
const body = JSON.stringify({ messages: [{ role: 'user', content: [{ text: 'What is a pear?' }] }] });

const codec = new EventStreamCodec(
  (bytes) => Buffer.from(bytes).toString(),
  (text) => Buffer.from(text),
);
interface Frame {
  readonly headers: Readonly<Record<string, unknown>>;
  readonly content: Readonly<Record<string, unknown>>;
}
const decoded = (bytes: Uint8Array): Frame => {
  const { headers, body: content } = codec.decode(bytes);
  return {
    headers: Object.fromEntries(Object.entries(headers).map(([name, { value }]) => [name, value])),
    content: JSON.parse(Buffer.from(content).toString()),
  };
};

const setUp = async (answer: WireAnswer, options: GuardFetchOptions = {}, monitor = false, signal?: AbortSignal) => {
  const { client, requests } = fakeBedrock(() => answer);
  const guarded = guardFetch(client, options);
  const scope = createScope({ requestId: 'request-1', monitor });
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body, ...(signal && { signal }) };
  const response = await runInScope(scope, () => guarded(PATH, init));
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  /** Every chunk is a frame. */
  const frames = async (): Promise<Frame[]> => {
    const all: Frame[] = [];
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return all;
      all.push(decoded(value));
    }
  };
  return { response, reader, frames, scope, requests };
};

const textOf = (frames: readonly Frame[]): string =>
  frames.map(({ content }) => (content['delta'] as { text?: string } | undefined)?.text ?? '').join('');

test('a streamed reply is frames of the wire, redacted on their way', async () => {
  const { response, frames, scope } = await setUp(
    streamedReply(textEvents(['Write to ada@exam', `ple.com, she said`])),
  );
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('application/vnd.amazon.eventstream');
  const all = await frames();
  expect(all.map(({ headers }) => headers[':event-type'])).toEqual([
    'messageStart',
    ...all.slice(1, -3).map(() => 'contentBlockDelta'),
    'contentBlockStop',
    'messageStop',
    'metadata',
  ]);
  expect(all[0]?.headers).toMatchObject({ ':message-type': 'event', ':content-type': 'application/json' });
  expect(textOf(all)).toMatch(/^Write to .*, she said$/);
  expect(textOf(all)).not.toContain(email);
  expect(scope.record.metrics.get('TotalTokens')).toBe(15);
});

/** A reply of words without an end, and how many of its frames were asked for. */
const endlessReply = () => {
  const counter = { frames: 0, ended: false };
  async function* frames(): AsyncGenerator<Uint8Array> {
    try {
      yield eventFrame('messageStart', { role: 'assistant' });
      for (;;) {
        counter.frames += 1;
        yield eventFrame('contentBlockDelta', {
          contentBlockIndex: 0,
          delta: { text: 'pears and more pears. '.repeat(50) },
        });
      }
    } finally {
      counter.ended = true;
    }
  }
  return { counter, answer: { frames: frames() } };
};

test('no more is read of Bedrock than is read of the body', async () => {
  const { counter, answer } = endlessReply();
  const { reader } = await setUp(answer);
  for (let frame = 0; frame < 10; frame++) await reader.read();
  await new Promise((done) => setTimeout(done, 20));
  // What a frame is made of, and what the streams between here and the wire hold.
  expect(counter.frames).toBeLessThan(80);
  await reader.cancel();
});

test('a body that is cancelled ends the call at Bedrock, and is accounted for', async () => {
  const { answer } = endlessReply();
  const { reader, requests, scope } = await setUp(answer);
  await reader.read();
  expect(requests[0]?.signal?.aborted).toBe(false);
  await reader.cancel();
  expect(requests[0]?.signal?.aborted).toBe(true);
  await new Promise((done) => setTimeout(done, 5));
  expect(scope.calls.size).toBe(0);
  expect(scope.record.metrics.get('TotalTokens')).toBeGreaterThan(0);
});

test('a body that is cancelled while Bedrock is silent ends the call, too', async () => {
  async function* silent(): AsyncGenerator<Uint8Array> {
    yield eventFrame('messageStart', { role: 'assistant' });
    await new Promise(() => {});
  }
  const { reader, requests } = await setUp({ frames: silent() });
  await reader.read();
  const waiting = reader.read();
  await reader.cancel();
  expect(await waiting).toMatchObject({ done: true });
  expect(requests[0]?.signal?.aborted).toBe(true);
});

test('the signal of the request ends a body that is under way with its reason', async () => {
  const { answer } = endlessReply();
  const stop = new AbortController();
  const { reader, requests, scope } = await setUp(answer, {}, false, stop.signal);
  await reader.read();
  const reason = new Error('enough');
  stop.abort(reason);
  await expect(reader.read()).rejects.toBe(reason);
  expect(requests[0]?.signal?.aborted).toBe(true);
  await new Promise((done) => setTimeout(done, 5));
  expect(scope.calls.size).toBe(0);
});

const CUT = streamedReply(textEvents(['A pear is']).slice(0, 2));
/** The SDK takes what fails before its first event for an answer that failed. */
const failing = (message: string): WireAnswer => ({
  frames: [eventFrame('messageStart', { role: 'assistant' }), exceptionFrame('ThrottlingException', message)],
});
const CALLS_A_TOOL: readonly StreamedEvent[] = [
  ['messageStart', { role: 'assistant' }],
  ['contentBlockStart', { contentBlockIndex: 0, start: { toolUse: { toolUseId: 't', name: 'rm' } } }],
];

test.each([
  ['is cut', CUT, 'output_truncated'],
  ['calls what was not offered', streamedReply(CALLS_A_TOOL), 'tool_not_allowed'],
  ['fails', failing(email), 'upstream_throttled'],
])('a reply that %s ends the body with the refusal', async (_, answer, code) => {
  const { frames, scope } = await setUp(answer);
  await expect(frames()).rejects.toMatchObject({ name: 'BulwarkError', code });
  expect(scope.calls.size).toBe(0);
});

test.each([
  ['is cut', CUT, 'internalServerException', 'output_truncated'],
  ['calls what was not offered', streamedReply(CALLS_A_TOOL), 'internalServerException', 'tool_not_allowed'],
  ['fails', failing(email), 'serviceUnavailableException', 'upstream_throttled'],
])('a reply that %s ends with an exception of the stream where that is asked for', async (_, answer, type, code) => {
  const { frames } = await setUp(answer, { onRefusal: 'response' });
  const last = (await frames()).at(-1);
  expect(last?.headers).toMatchObject({ ':message-type': 'exception', ':exception-type': type });
  expect(last?.content).toMatchObject({ code, message: expect.any(String) });
  expect(JSON.stringify(last)).not.toContain(email);
});

test('in monitor mode a stream fails as it would have failed', async () => {
  const { frames } = await setUp(failing('Too many'), {}, true);
  expect((await frames()).slice(-1)).toMatchObject([
    { headers: { ':exception-type': 'throttlingException' }, content: { message: 'Too many' } },
  ]);
});
