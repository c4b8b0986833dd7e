/**
 * Anthropic's messages body. Source: Bedrock User Guide, "Anthropic Claude Messages API",
 * https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-anthropic-claude-messages.html
 */

import type { ContentBlock } from '../converse/types.ts';
import { readBlocks, readTool, writeBlock, writeBlocks, writeTools } from './anthropic-blocks.ts';
import { anthropicChunks } from './anthropic-chunks.ts';
import { anthropicCounts, anthropicUsage, STOP_REASONS } from './anthropic-usage.ts';
import { asList, asOneOf, asText, bodyRefused, identifiersOf, isFields, knownFields, textIn } from './fields.ts';
import { type ParameterNames, readParameters, writeParameters } from './parameters.ts';
import { familyReason, stopReasonIn } from './stop-reasons.ts';
import type { BodyFormat, Fields } from './types.ts';

const VERSION = 'bedrock-2023-05-31';

const PARAMETERS: ParameterNames = {
  maxTokens: ['max_tokens'],
  temperature: 'temperature',
  topP: 'top_p',
  stopSequences: 'stop_sequences',
  numbers: ['top_k'],
  own: ['anthropic_version', 'messages', 'system', 'tools', 'tool_choice'],
};

/** Which tool is to be called: one of those offered. Kept as it is, so nothing of it may be text. */
const checkChoice = (choice: unknown, tools: readonly unknown[]): void => {
  if (choice === undefined) return;
  const {
    type,
    name,
    disable_parallel_tool_use: serial,
  } = knownFields(choice, 'type', 'name', 'disable_parallel_tool_use');
  asOneOf(type, 'auto', 'any', 'tool', 'none');
  if (serial !== undefined) asOneOf(serial, true, false);
  if (name !== undefined && !tools.some((tool) => isFields(tool) && tool['name'] === name))
    throw bodyRefused('tool-choice');
};

/** What is known of each block of a reply. Citations, for one, repeat what documents say: they are left out. */
const REPLY_FIELDS: Readonly<Record<string, readonly string[]>> = {
  text: ['type', 'text'],
  tool_use: ['type', 'id', 'name', 'input'],
  thinking: ['type', 'thinking', 'signature'],
  redacted_thinking: ['type', 'data'],
};

const knownIn = (block: unknown): Fields => {
  const type = (isFields(block) ? textIn(block['type']) : undefined) ?? '';
  // One of a kind that is not known is left without any field, and refused where it is read.
  const names = (Object.hasOwn(REPLY_FIELDS, type) ? REPLY_FIELDS[type] : undefined) ?? [];
  return Object.fromEntries(Object.entries(block as Fields).filter(([name]) => names.includes(name)));
};

/** The blocks of a reply; `undefined` where one is not known. */
const replyBlocks = (content: unknown): readonly ContentBlock[] | undefined => {
  try {
    return readBlocks(asList(content).map(knownIn));
  } catch {
    return undefined;
  }
};

/** Anthropic's messages. */
export const anthropic: BodyFormat = {
  name: 'anthropic-messages',
  read(body) {
    asOneOf(body['anthropic_version'], VERSION);
    const { system, messages, tools, tool_choice: choice } = body;
    checkChoice(choice, Array.isArray(tools) ? tools : []);
    return {
      ...readParameters(body, PARAMETERS),
      ...(system !== undefined && system !== '' && { system: readBlocks(system) }),
      ...(tools !== undefined && { toolConfig: { tools: asList(tools).flatMap(readTool) } }),
      messages: asList(messages).map((message) => {
        const { role, content } = knownFields(message, 'role', 'content');
        return { role: asText(role), content: readBlocks(content) };
      }),
    };
  },
  write(body, call) {
    const { system = [], messages = [], toolConfig } = call;
    return {
      ...call.additionalModelRequestFields,
      ...writeParameters(body, PARAMETERS, call),
      anthropic_version: VERSION,
      ...(system.length > 0 && { system: writeBlocks(system) }),
      messages: messages.map(({ role, content = [] }) => ({ role, content: writeBlocks(content) })),
      ...(toolConfig?.tools !== undefined && { tools: writeTools(toolConfig.tools) }),
      ...(body['tool_choice'] !== undefined && { tool_choice: body['tool_choice'] }),
    };
  },
  readReply(body) {
    const content = replyBlocks(body['content']);
    if (content === undefined) return undefined;
    return {
      content,
      stopReason: stopReasonIn(body['stop_reason'], STOP_REASONS),
      stopSequence: textIn(body['stop_sequence']),
      usage: anthropicCounts(body['usage']),
    };
  },
  writeReply: (body, { content, stopReason, stopSequence, usage }) => ({
    ...identifiersOf(body, 'id', 'model'),
    type: 'message',
    role: 'assistant',
    content: content.map(writeBlock),
    stop_reason: familyReason(stopReason, STOP_REASONS),
    stop_sequence: stopSequence ?? null,
    ...(usage !== undefined && { usage: anthropicUsage(usage) }),
  }),
  stream: anthropicChunks,
};
