/** Converse and ConverseStream, and Amazon Nova's own bodies, which are nearly the same. */

import type { AnswerBlock, Block, ModelRequest } from '../model/request.ts';
import { tokensOf } from '../model/tokens.ts';
import { chunkEvent, type Dialect, invocationMetrics, type Reply, type StreamEvent, streamEvent } from './dialect.ts';
import { checkFields, type Fields, malformed } from './fields.ts';
import { piecesOf } from './pieces.ts';

function* blockEvents(block: AnswerBlock, contentBlockIndex: number): Generator<StreamEvent> {
  if ('toolUse' in block) {
    const { toolUseId, name, input } = block.toolUse;
    const start = { toolUse: { toolUseId, name } };
    yield streamEvent('contentBlockStart', { contentBlockIndex, start }, tokensOf(name));
    for (const { text, tokens } of piecesOf(JSON.stringify(input)))
      yield streamEvent('contentBlockDelta', { contentBlockIndex, delta: { toolUse: { input: text } } }, tokens);
  } else
    for (const { text, tokens } of piecesOf(block.text))
      yield streamEvent('contentBlockDelta', { contentBlockIndex, delta: { text } }, tokens);
  yield streamEvent('contentBlockStop', { contentBlockIndex });
}

/** What Converse says of the service around the model. */
const aroundModel = ({ guardrail, latency, serviceTier }: Reply): object => ({
  ...(guardrail?.trace !== undefined && {
    trace: { guardrail: { inputAssessment: guardrail.trace, actionReason: guardrail.action } },
  }),
  ...(latency !== undefined && { performanceConfig: { latency } }),
  ...(serviceTier !== undefined && { serviceTier: { type: serviceTier } }),
});

function* converseEvents(reply: Reply): Generator<StreamEvent> {
  const { blocks, stopReason, usage, latencyMs } = reply;
  yield streamEvent('messageStart', { role: 'assistant' });
  for (const [index, block] of blocks.entries()) yield* blockEvents(block, index);
  yield streamEvent('messageStop', { stopReason });
  yield streamEvent('metadata', { usage, metrics: { latencyMs }, ...aroundModel(reply) });
}

const message = ({ blocks }: Reply): object => ({ message: { role: 'assistant', content: blocks } });

/** Source: API Reference, "Converse" and "ConverseStream". */
export const converse: Dialect = {
  read: (body) => body as Block & ModelRequest,
  reply: (reply) => ({
    output: message(reply),
    stopReason: reply.stopReason,
    usage: reply.usage,
    metrics: { latencyMs: reply.latencyMs },
    ...aroundModel(reply),
  }),
  events: converseEvents,
};

const NOVA_FIELDS: Fields = {
  schemaVersion: { type: 'String' },
  messages: { type: 'Any' },
  system: { type: 'Any' },
  inferenceConfig: { type: 'JSONObject' },
  toolConfig: { type: 'JSONObject' },
  reasoningConfig: { type: 'JSONObject' },
};

/** Source: Nova User Guide, "Complete request schema". */
export const nova: Dialect = {
  read: (body) => {
    checkFields(body, NOVA_FIELDS);
    const { schemaVersion, inferenceConfig, ...request } = body;
    if (schemaVersion !== undefined && schemaVersion !== 'messages-v1')
      throw malformed('#/schemaVersion: not a valid enum value');
    const { max_new_tokens: maxTokens, ...config } = (inferenceConfig ?? {}) as Block;
    return {
      ...(request as Block & ModelRequest),
      inferenceConfig: { ...(maxTokens !== undefined && { maxTokens: maxTokens as number }), ...config },
    };
  },
  reply: (reply) => ({ output: message(reply), stopReason: reply.stopReason, usage: reply.usage }),
  *events(reply) {
    const own = { ...reply, guardrail: undefined, latency: undefined, serviceTier: undefined };
    for (const { type, content, tokens } of converseEvents(own))
      yield chunkEvent({ [type]: content, ...(type === 'metadata' && invocationMetrics(reply)) }, tokens);
  },
};
