/** Anthropic's messages body in InvokeModel. Source: Bedrock User Guide, "Anthropic Claude Messages API". */

import { createHash } from 'node:crypto';
import { BedrockError } from '../errors.ts';
import { type AnswerBlock, type Block, type Message, type ModelRequest, member } from '../model/request.ts';
import { tokensOf } from '../model/tokens.ts';
import { writtenFor } from '../request-log.ts';
import { chunkEvent, type Dialect, invocationMetrics, type Reply, type StreamEvent } from './dialect.ts';
import { piecesOf } from './pieces.ts';

const VERSION = 'bedrock-2023-05-31';

/** Source: Anthropic API Reference, "Create a Message", less what Bedrock has in its own request. */
const FIELDS: ReadonlySet<string> = new Set(
  'anthropic_version anthropic_beta max_tokens messages system stop_sequences temperature top_p top_k tools tool_choice thinking metadata output_config context_management amazon-bedrock-guardrailConfig'.split(
    ' ',
  ),
);

const malformed = (sentence: string): BedrockError => new BedrockError('ValidationException', sentence);

const asBlocks = (content: unknown): readonly Block[] =>
  typeof content === 'string' ? [{ type: 'text', text: content }] : Array.isArray(content) ? content : [];

const readDocument = ({ title, source }: Block): Block => {
  const { type, data } = (source ?? {}) as Block;
  return { name: title ?? 'document', source: type === 'text' ? { text: data } : { bytes: data } };
};

/** A block in the Converse shape; of an unknown type as it is, to be refused. */
const readBlock = (block: Block): Block => {
  switch (block['type']) {
    case 'text':
      return { text: block['text'] };
    case 'tool_use':
      return { toolUse: { toolUseId: block['id'], name: block['name'], input: block['input'] } };
    case 'tool_result':
      return { toolResult: { toolUseId: block['tool_use_id'], content: readBlocks(block['content']) } };
    case 'document':
      return { document: readDocument(block) };
    case 'image':
      return { image: { source: { bytes: '' } } };
    default:
      return block;
  }
};

/** `cache_control` stands on a block; a cache point stands behind it. */
const cachePointOf = (block: Block): readonly Block[] => {
  if (block['cache_control'] === undefined) return [];
  const { ttl } = member(block, 'cache_control');
  return [{ cachePoint: { type: 'default', ...(ttl !== undefined && { ttl }) } }];
};

const readBlocks = (content: unknown): readonly Block[] =>
  asBlocks(content).flatMap((block) => [readBlock(block), ...cachePointOf(block)]);

const readTool = (tool: Block): readonly Block[] => {
  const { name, description, input_schema: schema } = tool;
  const toolSpec = { name, ...(description !== undefined && { description }), inputSchema: { json: schema } };
  return [{ toolSpec }, ...cachePointOf(tool)];
};

const readToolChoice = (body: Block): { readonly toolChoice?: Block } => {
  const { type, name } = member(body, 'tool_choice');
  if (type === 'tool') return { toolChoice: { tool: { name } } };
  return type === 'any' ? { toolChoice: { any: {} } } : {};
};

const read = (body: Block): ModelRequest => {
  const { messages, system, tools, max_tokens: maxTokens, stop_sequences: stopSequences, ...more } = body;
  const extra = Object.keys(body).find((name) => !FIELDS.has(name));
  if (extra !== undefined) throw malformed(`${extra}: Extra inputs are not permitted`);
  if (body['anthropic_version'] !== VERSION)
    throw malformed(`Malformed input request: anthropic_version must be ${VERSION}.`);
  if (maxTokens === undefined) throw malformed('max_tokens: Field required');
  if (!Array.isArray(messages)) throw malformed('messages: Field required');
  return {
    messages: (messages as Block[]).map(
      ({ role, content }): Message => ({ role: String(role), content: readBlocks(content) }),
    ),
    ...(system !== undefined && { system: readBlocks(system) }),
    ...(Array.isArray(tools) && { toolConfig: { tools: tools.flatMap(readTool), ...readToolChoice(more) } }),
    inferenceConfig: {
      maxTokens: maxTokens as number,
      ...(stopSequences !== undefined && { stopSequences: stopSequences as string[] }),
      ...(more['temperature'] !== undefined && { temperature: more['temperature'] as number }),
    },
  };
};

const usageOf = ({ usage }: Reply): Block => ({
  input_tokens: usage.inputTokens,
  cache_creation_input_tokens: usage.cacheWriteInputTokens,
  cache_read_input_tokens: usage.cacheReadInputTokens,
  cache_creation: {
    ephemeral_5m_input_tokens: writtenFor('5m', usage),
    ephemeral_1h_input_tokens: writtenFor('1h', usage),
  },
});

const writeBlock = (block: AnswerBlock): Block =>
  'text' in block
    ? { type: 'text', text: block.text }
    : { type: 'tool_use', id: block.toolUse.toolUseId, name: block.toolUse.name, input: block.toolUse.input };

const head = (reply: Reply): Block => ({
  id: `msg_bdrk_${createHash('sha256').update(JSON.stringify(reply.blocks)).digest('hex').slice(0, 24)}`,
  type: 'message',
  role: 'assistant',
  model: reply.modelId,
});

function* blockEvents(block: AnswerBlock, index: number): Generator<StreamEvent> {
  const isText = 'text' in block;
  const start = isText ? { type: 'text', text: '' } : { ...writeBlock(block), input: {} };
  const nameTokens = isText ? 0 : tokensOf(block.toolUse.name);
  yield chunkEvent({ type: 'content_block_start', index, content_block: start }, nameTokens);
  for (const { text, tokens } of piecesOf(isText ? block.text : JSON.stringify(block.toolUse.input))) {
    const delta = isText ? { type: 'text_delta', text } : { type: 'input_json_delta', partial_json: text };
    yield chunkEvent({ type: 'content_block_delta', index, delta }, tokens);
  }
  yield chunkEvent({ type: 'content_block_stop', index });
}

/** A guardrail is not Anthropic's: what it did is told beside the message. */
const stopOf = ({ stopReason, stopSequence }: Reply): object => ({
  stop_reason: stopReason === 'guardrail_intervened' ? 'end_turn' : stopReason,
  stop_sequence: stopSequence ?? null,
});

/** Anthropic's messages. */
export const anthropic: Dialect = {
  read,
  reply: (reply) => ({
    ...head(reply),
    content: reply.blocks.map(writeBlock),
    ...stopOf(reply),
    usage: { ...usageOf(reply), output_tokens: reply.usage.outputTokens },
  }),
  *events(reply) {
    const unended = { content: [], stop_reason: null, stop_sequence: null };
    const message = { ...head(reply), ...unended, usage: { ...usageOf(reply), output_tokens: 1 } };
    yield chunkEvent({ type: 'message_start', message });
    for (const [index, block] of reply.blocks.entries()) yield* blockEvents(block, index);
    yield chunkEvent({
      type: 'message_delta',
      delta: stopOf(reply),
      usage: { output_tokens: reply.usage.outputTokens },
    });
    yield chunkEvent({ type: 'message_stop', ...invocationMetrics(reply) });
  },
};
