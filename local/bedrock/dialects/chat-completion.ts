/** Chat completions. Source: OpenAI API Reference, "The chat completion object" and "The chat completion chunk object". */

import { createHash } from 'node:crypto';
import type { AnswerBlock, Block, ToolUse } from '../model/request.ts';
import { tokensOf } from '../model/tokens.ts';
import { chunkEvent, invocationMetrics, type Reply, type StreamEvent, textOfReply, tokensRead } from './dialect.ts';
import { piecesOf } from './pieces.ts';

/** Why a chat completion ended, as OpenAI and Mistral say it. */
export const finishReason = ({ stopReason }: Reply): string => {
  if (stopReason === 'tool_use') return 'tool_calls';
  return stopReason === 'max_tokens' ? 'length' : 'stop';
};

/** Calls of an answer. */
export const toolUsesOf = ({ blocks }: Reply): readonly ToolUse[] =>
  blocks.flatMap((block) => ('toolUse' in block ? [block.toolUse] : []));

/** A call as chat models write it. */
export const chatCall = ({ toolUseId, name, input }: ToolUse): Block => ({
  id: toolUseId,
  type: 'function',
  function: { name, arguments: JSON.stringify(input) },
});

const head = ({ blocks, createdAt, modelId }: Reply, object: string): object => ({
  id: `chatcmpl-${createHash('sha256').update(JSON.stringify(blocks)).digest('hex').slice(0, 24)}`,
  object,
  created: createdAt,
  model: modelId,
});

/** A whole answer. */
export const chatCompletion = (reply: Reply): object => {
  const { usage } = reply;
  const calls = toolUsesOf(reply).map(chatCall);
  const text = textOfReply(reply);
  const message = {
    role: 'assistant',
    content: calls.length > 0 && text === '' ? null : text,
    refusal: null,
    ...(calls.length > 0 && { tool_calls: calls }),
  };
  return {
    ...head(reply, 'chat.completion'),
    choices: [{ index: 0, message, logprobs: null, finish_reason: finishReason(reply) }],
    usage: {
      prompt_tokens: tokensRead(reply),
      completion_tokens: usage.outputTokens,
      total_tokens: usage.totalTokens,
      prompt_tokens_details: { cached_tokens: usage.cacheReadInputTokens },
    },
  };
};

/** Changes of the message that a block makes, and what they cost. */
function* deltasOf(block: AnswerBlock, callIndex: number): Generator<{ delta: object; tokens: number }> {
  if ('text' in block) {
    for (const { text, tokens } of piecesOf(block.text)) yield { delta: { content: text }, tokens };
    return;
  }
  const { toolUseId, name, input } = block.toolUse;
  const start = { index: callIndex, id: toolUseId, type: 'function', function: { name, arguments: '' } };
  yield { delta: { tool_calls: [start] }, tokens: tokensOf(name) };
  for (const { text, tokens } of piecesOf(JSON.stringify(input)))
    yield { delta: { tool_calls: [{ index: callIndex, function: { arguments: text } }] }, tokens };
}

/** The same in pieces. */
export function* chatCompletionEvents(reply: Reply): Generator<StreamEvent> {
  const chunk = (delta: object, finish: string | null, more: object = {}): object => ({
    ...head(reply, 'chat.completion.chunk'),
    choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
    ...more,
  });
  yield chunkEvent(chunk({ role: 'assistant', content: '' }, null));
  const calls = toolUsesOf(reply);
  for (const block of reply.blocks)
    for (const { delta, tokens } of deltasOf(block, 'toolUse' in block ? calls.indexOf(block.toolUse) : 0))
      yield chunkEvent(chunk(delta, null), tokens);
  yield chunkEvent(chunk({}, finishReason(reply), invocationMetrics(reply)));
}
