/** A real Bedrock Runtime client whose wire ends in the test: it serialises, signs, retries and parses as ever. */

import { Readable } from 'node:stream';
import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { eventFrame } from '../../local/bedrock/event-stream.ts';

/** A request as it went on the wire. */
export interface WireRequest {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, never>>;
  readonly signal: AbortSignal | undefined;
}

/** An answer of the wire's other end. */
export interface WireAnswer {
  readonly status?: number;
  readonly body?: object;
  /** The frames of a streamed answer, in place of a body. */
  readonly frames?: Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
  readonly errorType?: string;
  /** More headers of the answer. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** What answers a request; it may wait, or throw as a broken connection does. */
export type Answering = (request: WireRequest) => WireAnswer | Promise<WireAnswer>;

/** A Converse reply with these content blocks. */
export const converseReply = (content: readonly object[], more: object = {}): WireAnswer => ({
  body: {
    output: { message: { role: 'assistant', content } },
    stopReason: 'end_turn',
    usage: { inputTokens: 10, outputTokens: 5, totalTokens: 15 },
    metrics: { latencyMs: 1 },
    ...more,
  },
});

/** The events of a streamed reply whose text comes in these pieces. */
export const textEvents = (pieces: readonly string[], usage: object = USAGE): readonly StreamedEvent[] => [
  ['messageStart', { role: 'assistant' }],
  ...pieces.map((text): StreamedEvent => ['contentBlockDelta', { contentBlockIndex: 0, delta: { text } }]),
  ['contentBlockStop', { contentBlockIndex: 0 }],
  ['messageStop', { stopReason: 'end_turn' }],
  ['metadata', { usage, metrics: { latencyMs: 1 } }],
];

/** An event of ConverseStream: its member and that member's value. */
export type StreamedEvent = readonly [type: string, content: object];

const USAGE = { inputTokens: 10, outputTokens: 5, totalTokens: 15 };

/** An answer that streams these events. */
export const streamedReply = (events: readonly StreamedEvent[]): WireAnswer => ({
  frames: events.map(([type, content]) => eventFrame(type, content)),
});

/** The client and what it sent. */
export interface FakeBedrock {
  readonly client: BedrockRuntimeClient;
  readonly requests: WireRequest[];
}

/** A client that is answered by `answer`. */
export const fakeBedrock = (
  answer: Answering = () => converseReply([{ text: 'Hello' }]),
  config: object = {},
): FakeBedrock => {
  const requests: WireRequest[] = [];
  const client = new BedrockRuntimeClient({
    region: 'eu-central-1',
    credentials: { accessKeyId: 'ASIATEST', secretAccessKey: 'test', sessionToken: 'test' },
    maxAttempts: 1,
    requestHandler: {
      handle: async (
        request: { path: string; headers: Record<string, string>; body: string },
        options: { abortSignal?: AbortSignal } = {},
      ) => {
        const seen: WireRequest = {
          path: request.path,
          headers: request.headers,
          body: JSON.parse(Buffer.from(request.body).toString()),
          signal: options.abortSignal,
        };
        requests.push(seen);
        const { status = 200, body, frames, errorType, headers } = await answer(seen);
        if (frames !== undefined)
          return {
            response: {
              statusCode: status,
              headers: { 'content-type': 'application/vnd.amazon.eventstream' },
              body: Readable.from(frames, { objectMode: false }),
            },
          };
        return {
          response: {
            statusCode: status,
            headers: {
              'content-type': 'application/json',
              ...(errorType && { 'x-amzn-errortype': errorType }),
              ...headers,
            },
            body: Readable.from([Buffer.from(JSON.stringify(body))]),
          },
        };
      },
    } as never,
    ...config,
  });
  return { client, requests };
};
