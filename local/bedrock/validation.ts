/** What Bedrock refuses about a Converse request, with messages that name the house as real ones do. */

import { BedrockError, realisticMessage } from './errors.ts';
import type { Prompt } from './model/answer.ts';

type Block = Readonly<Record<string, unknown>>;

/** The body of a Converse request, not yet checked. */
export interface ConverseBody {
  readonly messages?: readonly { readonly role?: string; readonly content?: readonly Block[] }[];
  readonly system?: readonly Block[];
  readonly inferenceConfig?: { readonly maxTokens?: number; readonly stopSequences?: readonly string[] };
  readonly toolConfig?: { readonly tools?: readonly { readonly toolSpec?: { readonly name?: string } }[] };
}

/** A checked request. */
export interface ConverseRequest {
  readonly prompt: Prompt;
  readonly maxTokens: number;
  readonly stopSequences: readonly string[];
}

/** What a model writes at most when a request names no limit. */
const MODEL_MAXIMUM = 64_000;

const ROLES = new Set(['user', 'assistant', 'system']);

const fail = (modelId: string, what: string): never => {
  throw new BedrockError('ValidationException', `${what}. ${realisticMessage('ValidationException', modelId)}`);
};

const idsOf = (blocks: readonly Block[], name: 'toolUse' | 'toolResult'): readonly unknown[] =>
  blocks.flatMap((block) => (block[name] === undefined ? [] : [(block[name] as { toolUseId?: unknown }).toolUseId]));

/** Checks a request. @throws BedrockError `ValidationException`. */
export const checkConverse = (body: ConverseBody, modelId: string): ConverseRequest => {
  const { messages = [], system = [], inferenceConfig = {}, toolConfig } = body;
  const turns = messages.map(({ role = '', content }) => {
    if (!ROLES.has(role)) fail(modelId, `Value '${role}' at 'messages.role' failed to satisfy constraint`);
    if (!Array.isArray(content) || content.length === 0)
      fail(modelId, 'The content field in the Message object is empty');
    return { role, blocks: content as readonly Block[] };
  });
  const talk = turns.filter(({ role }) => role !== 'system');
  if (talk[0]?.role !== 'user') fail(modelId, 'A conversation must start with a user message');
  for (const [index, { role, blocks }] of talk.entries()) {
    if (role === talk[index - 1]?.role) fail(modelId, 'Roles must alternate between "user" and "assistant"');
    for (const { text } of blocks)
      if (typeof text === 'string' && text.trim() === '') fail(modelId, 'The text field is blank');
    const asked = idsOf(talk[index - 1]?.blocks ?? [], 'toolUse');
    const answered = idsOf(blocks, 'toolResult');
    if (answered.some((id) => !asked.includes(id))) fail(modelId, 'A toolResult has no toolUse in the previous turn');
    if ((answered.length > 0 || idsOf(blocks, 'toolUse').length > 0) && toolConfig === undefined)
      fail(modelId, 'The toolConfig field must be defined when using toolUse and toolResult content blocks');
  }
  const { maxTokens = MODEL_MAXIMUM, stopSequences = [] } = inferenceConfig;
  if (!Number.isInteger(maxTokens) || maxTokens < 1)
    fail(modelId, "Value at 'inferenceConfig.maxTokens' must be at least 1");
  return {
    prompt: {
      system: system.map((block) => (typeof block['text'] === 'string' ? block['text'] : '')).join('\n'),
      turns,
      tools: (toolConfig?.tools ?? []).map(({ toolSpec }) => toolSpec?.name ?? ''),
    },
    maxTokens: Math.min(maxTokens, MODEL_MAXIMUM),
    stopSequences,
  };
};
