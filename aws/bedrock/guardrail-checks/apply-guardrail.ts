/**
 * ApplyGuardrail: a guardrail of the account's own, with a prompt attack filter.
 * Source: https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-use-independent-api.html
 */

import type {
  ApplyGuardrailRequest,
  ApplyGuardrailResponse,
  GuardrailContentFilter,
} from '@aws-sdk/client-bedrock-runtime';
import { unitsIn } from '../guardrails/ask-pieces.ts';
import { type GuardrailName, isCovered, listOf } from '../guardrails/guardrail.ts';
import type { Answer } from './outcome.ts';

/** How sure a filter is, least first. */
export const CONFIDENCES = ['LOW', 'MEDIUM', 'HIGH'] as const;

/** A confidence from which on an attack is one. */
export type Confidence = (typeof CONFIDENCES)[number];

/**
 * A request about one piece, of both channels as guarded input: prompt attacks are looked for in input only, and the other
 * two qualifiers, `grounding_source` and `query`, belong to the grounding filter and would take the text out of the rest.
 * `FULL` has the filter answer when it finds nothing: a guardrail without one must not pass for a clean text.
 */
export const guardrailRequest = (guardrail: GuardrailName, text: string): ApplyGuardrailRequest => ({
  ...guardrail,
  source: 'INPUT',
  content: [{ text: { text, qualifiers: ['guard_content'] } }],
  outputScope: 'FULL',
});

const isDetected = ({ detected, action }: GuardrailContentFilter): boolean => detected === true || action === 'BLOCKED';

const sureness = ({ confidence }: GuardrailContentFilter): number => CONFIDENCES.indexOf(confidence as Confidence);

/** The guardrail's own strength decides what is detected; a threshold asks for more confidence still. */
const isAttack = (filter: GuardrailContentFilter, threshold: Confidence): boolean =>
  isDetected(filter) && sureness(filter) >= CONFIDENCES.indexOf(threshold);

/** Whether a filter says that it found nothing, or how little. */
const isVerdict = (filter: GuardrailContentFilter): boolean =>
  isDetected(filter) ? sureness(filter) >= 0 : filter.detected === false || filter.action === 'NONE';

/** What an answer says. Clean is only what a prompt attack filter has read as a whole, and let pass. */
export const readGuardrail = (answer: ApplyGuardrailResponse, threshold: Confidence): Answer => {
  const units = unitsIn(answer.usage?.contentPolicyUnits);
  const filters = listOf(answer.assessments)
    .flatMap((assessment) => listOf(assessment?.contentPolicy?.filters))
    .filter((filter) => filter?.type === 'PROMPT_ATTACK');
  if (filters.some((filter) => isAttack(filter, threshold))) return { verdict: 'attack', ...units };
  const isComplete = filters.length > 0 && filters.every(isVerdict) && isCovered(answer);
  return isComplete ? { verdict: 'clean', ...units } : { verdict: 'unknown', cause: 'unreadable', ...units };
};
