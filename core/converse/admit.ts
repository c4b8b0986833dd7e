/** Which Converse calls may be made at all: models, roles, blocks and parameters that can be screened and bounded. */

import type { ErrorCode } from '../errors.ts';
import { isCachePoint } from './cache-points.ts';
import { isMediaAdmitted, isMediaCountAdmitted, type MediaPolicy } from './media.ts';
import { type ParameterRules, parameterProblem } from './parameters.ts';
import { blockType, type ContentBlock, type ConverseInput, member, textOf } from './types.ts';

/** What a call may contain. */
export interface AdmissionRules extends ParameterRules {
  /** Model ids, inference profile ids or ARNs, each as a call writes it. `undefined` admits any that is a model and no more. */
  readonly models?: readonly string[] | undefined;
  /** Whether a call may set cache points. @default false */
  readonly promptCaching?: boolean | undefined;
  /** Whether a call may end with a turn of the assistant, which the model goes on from. @default false */
  readonly prefill?: boolean | undefined;
  /** Whether a block of a turn of the assistant is reasoning that the model wrote, so that it may have it again. @default none is */
  readonly isOwnReasoning?: ((block: ContentBlock) => boolean) | undefined;
  /** Blocks that hold bytes. @default none */
  readonly media?: MediaPolicy | undefined;
}

/** Why a call is refused: a code of the error table and the kit's own word for the reason. */
export interface AdmissionRefusal {
  readonly code: ErrorCode;
  readonly reason: string;
}

const ROLES = new Set(['user', 'assistant']);
const TURN_BLOCKS = new Set(['text', 'toolUse', 'toolResult']);
const SYSTEM_BLOCKS = new Set(['text']);
const TOOL_RESULT_BLOCKS = new Set(['text', 'json']);
const TOOL_BLOCKS = new Set(['toolSpec']);

/** Fields of the blocks of tools. A new one may say something that nobody reads. */
const TOOL_FIELDS: Readonly<Record<string, ReadonlySet<string>>> = {
  toolUse: new Set(['toolUseId', 'name', 'input']),
  toolResult: new Set(['toolUseId', 'content', 'status']),
  toolSpec: new Set(['name', 'description', 'inputSchema', 'strict']),
};

const hasKnownFields = (block: unknown): boolean => {
  const type = blockType(block) ?? '';
  const fields = Object.hasOwn(TOOL_FIELDS, type) ? TOOL_FIELDS[type] : undefined;
  if (fields === undefined) return true;
  const entries = Object.entries(member(block, type) ?? {});
  return entries.every(([name, value]) => value === undefined || fields.has(name));
};

const isBlockOf = (types: ReadonlySet<string>, block: unknown): boolean => {
  const type = blockType(block);
  if (type === undefined || !types.has(type) || !hasKnownFields(block)) return false;
  return type !== 'text' || textOf(block) !== undefined;
};

/** Whether a block may stand in a turn, or in the result of a tool. */
type IsAdmitted = (types: ReadonlySet<string>, block: unknown) => boolean;

const STATUSES: ReadonlySet<unknown> = new Set([undefined, 'success', 'error']);

const isToolResult = (block: unknown, isAdmitted: IsAdmitted): boolean => {
  const result = member(block, 'toolResult');
  if (result === undefined) return true;
  const { content, status } = result;
  if (!STATUSES.has(status)) return false;
  return Array.isArray(content) && content.every((item) => isAdmitted(TOOL_RESULT_BLOCKS, item));
};

/** Whether `maxTokens` is a bound: a number in words, or none at all, would bound nothing. */
const isOutputLimit = (maxTokens: unknown): boolean => Number.isSafeInteger(maxTokens) && (maxTokens as number) >= 1;

/** The bound on its output that a call asks for; `undefined` where it asks for none, or for what is none. */
export const outputLimitOf = ({ inferenceConfig }: ConverseInput): number | undefined =>
  isOutputLimit(inferenceConfig?.maxTokens) ? inferenceConfig?.maxTokens : undefined;

const turnsProblem = (input: ConverseInput, rules: AdmissionRules): string | undefined => {
  const { messages = [] } = input;
  const isCarrying: IsAdmitted = (types, block) => isBlockOf(types, block) || isMediaAdmitted(block, rules.media);
  const isStanding: IsAdmitted = (types, block) =>
    isCarrying(types, block) || (rules.promptCaching === true && isCachePoint(block));
  const isOwn = (block: ContentBlock): boolean =>
    blockType(block) === 'reasoningContent' && rules.isOwnReasoning?.(block) === true;
  for (const message of messages) {
    if (message.role === undefined || !ROLES.has(message.role)) return 'role';
    for (const block of message.content ?? []) {
      if (message.role === 'assistant' && isOwn(block)) continue;
      if (!isStanding(TURN_BLOCKS, block) || !isToolResult(block, isCarrying)) return 'content-block';
    }
  }
  if (!isMediaCountAdmitted(input, rules.media)) return 'media-count';
  return rules.prefill !== true && messages.at(-1)?.role === 'assistant' ? 'prefill' : undefined;
};

const definitionsProblem = ({ system, toolConfig }: ConverseInput, rules: AdmissionRules): string | undefined => {
  const isAdmitted: IsAdmitted = (types, block) =>
    isBlockOf(types, block) || (rules.promptCaching === true && isCachePoint(block));
  if (!(system ?? []).every((block) => isAdmitted(SYSTEM_BLOCKS, block))) return 'system-block';
  return (toolConfig?.tools ?? []).every((tool) => isAdmitted(TOOL_BLOCKS, tool)) ? undefined : 'tool-block';
};

/**
 * ARNs behind which stands more than a model: a prompt, whose text nobody here sees, or a router, which chooses the model.
 * Source: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonbedrock.html
 */
const MORE_THAN_A_MODEL =
  /^arn:[^:]{0,32}:bedrock:[^:]{0,32}:[^:]{0,32}:(?:prompt|prompt-router|default-prompt-router)\//i;

const isModelAdmitted = (modelId: unknown, models: readonly string[] | undefined): boolean => {
  if (typeof modelId !== 'string') return false;
  return models === undefined ? !MORE_THAN_A_MODEL.test(modelId) : models.includes(modelId);
};

/** Why `input` may not be sent, or `undefined` when it may. */
export const admitConverse = (input: ConverseInput, rules: AdmissionRules): AdmissionRefusal | undefined => {
  if (!isModelAdmitted(input.modelId, rules.models)) return { code: 'model_not_allowed', reason: 'model' };
  const maxTokens = input.inferenceConfig?.maxTokens ?? undefined;
  const reason =
    parameterProblem(input, rules) ??
    (maxTokens !== undefined && !isOutputLimit(maxTokens) ? 'max-tokens' : undefined) ??
    definitionsProblem(input, rules) ??
    turnsProblem(input, rules);
  return reason === undefined ? undefined : { code: 'content_not_allowed', reason };
};
