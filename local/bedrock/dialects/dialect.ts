/** A body format: how a request to a model is written, and how its answer is. */

import type { GuardrailOutcome } from '../guardrails/inline-guardrail.ts';
import type { Generation } from '../model/generate.ts';
import type { Block, ModelRequest } from '../model/request.ts';
import type { Usage } from '../request-log.ts';

/** An answer with what its formats say about it. */
export interface Reply extends Omit<Generation, 'stopReason'> {
  readonly stopReason: Generation['stopReason'] | 'guardrail_intervened';
  readonly modelId: string;
  readonly usage: Usage;
  /** Milliseconds. */
  readonly latencyMs: number;
  /** Seconds since the epoch. */
  readonly createdAt: number;
  /** What a guardrail that was asked for did. */
  readonly guardrail: GuardrailOutcome | undefined;
  /** Those that were asked for. */
  readonly serviceTier: string | undefined;
  readonly latency: string | undefined;
}

/** An event of a streamed answer, and how many output tokens were made for it. */
export interface StreamEvent {
  readonly type: string;
  readonly content: unknown;
  readonly tokens: number;
}

/** What a body has to agree with. */
export interface ReadContext {
  readonly modelId: string;
  readonly isStream: boolean;
}

/** A body format. */
export interface Dialect {
  /** The request in the Converse shape, not yet checked. @throws BedrockError `ValidationException` */
  read(body: Block, context: ReadContext): ModelRequest;
  reply(reply: Reply): object;
  /** Made one by one, so that nothing is made for a client that has gone. */
  events(reply: Reply): Iterable<StreamEvent>;
}

/** An event that costs no tokens, unless it says so. */
export const streamEvent = (type: string, content: unknown, tokens = 0): StreamEvent => ({ type, content, tokens });

/** An event of InvokeModelWithResponseStream: JSON in base64 in a `chunk`. */
export const chunkEvent = (content: object, tokens = 0): StreamEvent =>
  streamEvent('chunk', { bytes: Buffer.from(JSON.stringify(content)).toString('base64') }, tokens);

/** What InvokeModel says of a guardrail beside the model's own fields. */
export const guardrailFields = ({ guardrail }: Reply): object =>
  guardrail === undefined
    ? {}
    : {
        'amazon-bedrock-guardrailAction': guardrail.action,
        ...(guardrail.trace !== undefined && { 'amazon-bedrock-trace': { guardrail: { input: guardrail.trace } } }),
      };

/** What the last chunk says beside the model's own event. */
export const invocationMetrics = (reply: Reply): object => ({
  'amazon-bedrock-invocationMetrics': {
    inputTokenCount: reply.usage.inputTokens,
    outputTokenCount: reply.usage.outputTokens,
    invocationLatency: reply.latencyMs,
    firstByteLatency: reply.latencyMs,
    cacheReadInputTokenCount: reply.usage.cacheReadInputTokens,
    cacheWriteInputTokenCount: reply.usage.cacheWriteInputTokens,
  },
  ...guardrailFields(reply),
});

/** Everything that was read for an answer, from the cache or not. */
export const tokensRead = ({ usage }: Reply): number => usage.totalTokens - usage.outputTokens;

/** All text of an answer, for formats that have no blocks. */
export const textOfReply = ({ blocks }: Reply): string =>
  blocks.map((block) => ('text' in block ? block.text : '')).join('');
