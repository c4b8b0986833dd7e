/** Cohere's second chat format. Source: Cohere API Reference, "Chat API (v2)" and "Streaming". */

import type { AnswerBlock, Block } from '../model/request.ts';
import { listOf } from '../model/request.ts';
import { tokensOf } from '../model/tokens.ts';
import { chatCall, toolUsesOf } from './chat-completion.ts';
import { dataText, readChat } from './chat-messages.ts';
import { cohereFinish, cohereId } from './cohere-command-r.ts';
import {
  chunkEvent,
  type Dialect,
  invocationMetrics,
  type Reply,
  type StreamEvent,
  textOfReply,
  tokensRead,
} from './dialect.ts';
import { checkFields, type Fields, FRACTION, MESSAGES } from './fields.ts';
import { inferenceOf } from './inference.ts';
import { piecesOf } from './pieces.ts';

const FIELDS: Fields = {
  messages: MESSAGES,
  tools: { type: 'JSONArray' },
  tool_choice: { type: 'String' },
  strict_tools: { type: 'Boolean' },
  documents: { type: 'JSONArray' },
  citation_options: { type: 'JSONObject' },
  response_format: { type: 'JSONObject' },
  safety_mode: { type: 'String' },
  max_tokens: { type: 'Integer', minimum: 1 },
  stop_sequences: { type: 'JSONArray' },
  temperature: FRACTION,
  p: { type: 'Number', minimum: 0.01, maximum: 0.99 },
  k: { type: 'Number', minimum: 0, maximum: 500 },
  frequency_penalty: FRACTION,
  presence_penalty: FRACTION,
  seed: { type: 'Integer' },
  logprobs: { type: 'Boolean' },
};

const readDocument = (document: unknown): Block => {
  const { id = 'document', data = document } = (typeof document === 'object' ? document : {}) as Block;
  return { document: { name: String(id), source: { text: dataText(data) } } };
};

const finish = (reply: Reply): string => (reply.stopReason === 'tool_use' ? 'TOOL_CALL' : cohereFinish(reply));

const usageOf = (reply: Reply): object => {
  const counts = { input_tokens: tokensRead(reply), output_tokens: reply.usage.outputTokens };
  return { billed_units: counts, tokens: counts };
};

const event = (type: string, index: number, message: object, tokens = 0): StreamEvent =>
  chunkEvent({ type, index, delta: { message } }, tokens);

function* blockEvents(block: AnswerBlock, index: number): Generator<StreamEvent> {
  if ('text' in block) {
    yield event('content-start', index, { content: { type: 'text', text: '' } });
    for (const { text, tokens } of piecesOf(block.text))
      yield event('content-delta', index, { content: { text } }, tokens);
    yield chunkEvent({ type: 'content-end', index });
    return;
  }
  const { toolUseId: id, name, input } = block.toolUse;
  const call = { id, type: 'function', function: { name, arguments: '' } };
  yield event('tool-call-start', index, { tool_calls: call }, tokensOf(name));
  for (const { text, tokens } of piecesOf(JSON.stringify(input)))
    yield event('tool-call-delta', index, { tool_calls: { function: { arguments: text } } }, tokens);
  yield chunkEvent({ type: 'tool-call-end', index });
}

/** Command A and later. */
export const cohereChat: Dialect = {
  read: (body) => {
    checkFields(body, FIELDS);
    const { max_tokens: maxTokens, stop_sequences: stops } = body;
    const { messages, ...request } = readChat(body);
    const documents = listOf(body, 'documents').map(readDocument);
    const last = messages.findLastIndex(({ role }) => role === 'user');
    return {
      ...request,
      messages: messages.map(({ role, content }, index) => ({
        role,
        content: index === last ? [...content, ...documents] : content,
      })),
      inferenceConfig: inferenceOf(maxTokens, stops),
    };
  },
  reply: (reply) => {
    const text = textOfReply(reply);
    const calls = toolUsesOf(reply).map(chatCall);
    return {
      id: cohereId(reply),
      finish_reason: finish(reply),
      message: {
        role: 'assistant',
        ...(text !== '' && { content: [{ type: 'text', text }] }),
        ...(calls.length > 0 && { tool_calls: calls }),
      },
      usage: usageOf(reply),
    };
  },
  *events(reply) {
    yield chunkEvent({ type: 'message-start', id: cohereId(reply), delta: { message: { role: 'assistant' } } });
    for (const [index, block] of reply.blocks.entries()) yield* blockEvents(block, index);
    yield chunkEvent({
      type: 'message-end',
      delta: { finish_reason: finish(reply), usage: usageOf(reply) },
      ...invocationMetrics(reply),
    });
  },
};
