/** A body format: how a request to a model is written, and how its answer is. */

import type { Generation } from '../model/generate.ts';
import type { Block, ModelRequest } from '../model/request.ts';
import type { Usage } from '../request-log.ts';

/** An answer with what its formats say about it. */
export interface Reply extends Generation {
  readonly modelId: string;
  readonly usage: Usage;
  /** Milliseconds. */
  readonly latencyMs: number;
}

/** An event of a streamed answer, and how many output tokens were made for it. */
export interface StreamEvent {
  readonly type: string;
  readonly content: unknown;
  readonly tokens: number;
}

/** A body format. */
export interface Dialect {
  /** The request in the Converse shape, not yet checked. @throws BedrockError `ValidationException` */
  read(body: Block): ModelRequest;
  reply(reply: Reply): object;
  /** Made one by one, so that nothing is made for a client that has gone. */
  events(reply: Reply): Iterable<StreamEvent>;
}

/** An event that costs no tokens, unless it says so. */
export const streamEvent = (type: string, content: unknown, tokens = 0): StreamEvent => ({ type, content, tokens });

/** An event of InvokeModelWithResponseStream: JSON in base64 in a `chunk`. */
export const chunkEvent = (content: object, tokens = 0): StreamEvent =>
  streamEvent('chunk', { bytes: Buffer.from(JSON.stringify(content)).toString('base64') }, tokens);

/** What the last chunk says beside the model's own event. */
export const invocationMetrics = ({ usage, latencyMs }: Reply): object => ({
  'amazon-bedrock-invocationMetrics': {
    inputTokenCount: usage.inputTokens,
    outputTokenCount: usage.outputTokens,
    invocationLatency: latencyMs,
    firstByteLatency: latencyMs,
    cacheReadInputTokenCount: usage.cacheReadInputTokens,
    cacheWriteInputTokenCount: usage.cacheWriteInputTokens,
  },
});
