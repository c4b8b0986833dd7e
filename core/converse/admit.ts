/** Which Converse calls may be made at all: models, roles, blocks and parameters that can be screened and bounded. */

import type { ErrorCode } from '../errors.ts';
import { isCachePoint } from './cache-points.ts';
import { blockType, type ConverseInput, member, textOf } from './types.ts';

/** What a call may contain. */
export interface AdmissionRules {
  /** Model ids, inference profile ids or ARNs, each as a call writes it. `undefined` admits any. */
  readonly models?: readonly string[] | undefined;
  /** Service tiers that a call may name. @default none */
  readonly serviceTiers?: readonly string[] | undefined;
  /** Whether a call may set cache points. @default false */
  readonly promptCaching?: boolean | undefined;
}

/** Why a call is refused: a code of the error table and the kit's own word for the reason. */
export interface AdmissionRefusal {
  readonly code: ErrorCode;
  readonly reason: string;
}

/** Parameters of Converse that the kit knows how to bound. Everything else is refused, new parameters of the API too. */
const PARAMETERS = new Set([
  'modelId',
  'messages',
  'system',
  'inferenceConfig',
  'toolConfig',
  'guardrailConfig',
  'requestMetadata',
  'serviceTier',
]);
const ROLES = new Set(['user', 'assistant']);
const TURN_BLOCKS = new Set(['text', 'toolUse', 'toolResult']);
const SYSTEM_BLOCKS = new Set(['text']);
const TOOL_RESULT_BLOCKS = new Set(['text', 'json']);
const TOOL_BLOCKS = new Set(['toolSpec']);

const contentNotAllowed = (reason: string): AdmissionRefusal => ({ code: 'content_not_allowed', reason });

const isBlockOf = (types: ReadonlySet<string>, block: unknown): boolean => {
  const type = blockType(block);
  return type !== undefined && types.has(type) && (type !== 'text' || textOf(block) !== undefined);
};

const isToolResult = (block: unknown): boolean => {
  const result = member(block, 'toolResult');
  if (result === undefined) return true;
  const content = result['content'];
  return Array.isArray(content) && content.every((item) => isBlockOf(TOOL_RESULT_BLOCKS, item));
};

/** Whether a call names no tier, or one of the list and nothing beside it. */
const isTierAdmitted = (serviceTier: ConverseInput['serviceTier'], tiers: readonly string[] = []): boolean => {
  if (serviceTier === undefined) return true;
  const type = blockType(serviceTier) === 'type' ? serviceTier.type : undefined;
  return type !== undefined && tiers.includes(type);
};

/** Whether `maxTokens` is a bound: a number in words, or none at all, would bound nothing. */
const isOutputLimit = (maxTokens: unknown): boolean => Number.isSafeInteger(maxTokens) && (maxTokens as number) >= 1;

/** The bound on its output that a call asks for; `undefined` where it asks for none, or for what is none. */
export const outputLimitOf = ({ inferenceConfig }: ConverseInput): number | undefined =>
  isOutputLimit(inferenceConfig?.maxTokens) ? inferenceConfig?.maxTokens : undefined;

/** Why `input` may not be sent, or `undefined` when it may. */
export const admitConverse = (input: ConverseInput, rules: AdmissionRules): AdmissionRefusal | undefined => {
  if (typeof input.modelId !== 'string' || (rules.models !== undefined && !rules.models.includes(input.modelId)))
    return { code: 'model_not_allowed', reason: 'model' };
  for (const [name, value] of Object.entries(input))
    if (value !== undefined && !PARAMETERS.has(name)) return contentNotAllowed('parameter');
  const maxTokens = input.inferenceConfig?.maxTokens ?? undefined;
  if (maxTokens !== undefined && !isOutputLimit(maxTokens)) return contentNotAllowed('max-tokens');
  if (!isTierAdmitted(input.serviceTier, rules.serviceTiers)) return contentNotAllowed('service-tier');
  const isAdmitted = (types: ReadonlySet<string>, block: unknown): boolean =>
    isBlockOf(types, block) || (rules.promptCaching === true && isCachePoint(block));
  for (const block of input.system ?? [])
    if (!isAdmitted(SYSTEM_BLOCKS, block)) return contentNotAllowed('system-block');
  for (const tool of input.toolConfig?.tools ?? [])
    if (!isAdmitted(TOOL_BLOCKS, tool)) return contentNotAllowed('tool-block');
  for (const message of input.messages ?? []) {
    if (message.role === undefined || !ROLES.has(message.role)) return contentNotAllowed('role');
    for (const block of message.content ?? [])
      if (!isAdmitted(TURN_BLOCKS, block) || !isToolResult(block)) return contentNotAllowed('content-block');
  }
  return undefined;
};
