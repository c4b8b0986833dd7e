/**
 * ApplyGuardrail about what a model wrote.
 * Source: https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-use-independent-api.html
 */

import type {
  ApplyGuardrailRequest,
  ApplyGuardrailResponse,
  GuardrailAssessment,
  GuardrailUsage,
} from '@aws-sdk/client-bedrock-runtime';
import type { Match } from '../../../core/redaction/spans.ts';
import { unitsIn } from '../guardrails/ask-pieces.ts';
import type { UnknownCause } from '../guardrails/cause.ts';
import { type GuardrailName, isCovered, listOf } from '../guardrails/guardrail.ts';
import { entityOfPattern, entityOfType } from './entities.ts';

/** What an answer about one piece says. */
export interface PieceVerdict {
  readonly verdict: 'judged' | 'blocked' | 'unknown';
  /** What is private in it. */
  readonly matches?: readonly Match[];
  /** With `unknown` only. */
  readonly cause?: UnknownCause;
  /** Of all policies that are charged, as the service counted them. */
  readonly textUnits?: number;
}

/** A request about one piece. `FULL` has filters answer that find nothing. */
export const outputRequest = (guardrail: GuardrailName, text: string): ApplyGuardrailRequest => ({
  ...guardrail,
  source: 'OUTPUT',
  content: [{ text: { text } }],
  outputScope: 'FULL',
});

interface Filter {
  readonly action?: string | undefined;
}

/** All that filters of an assessment say. */
const filtersOf = ({
  topicPolicy,
  contentPolicy,
  wordPolicy,
  sensitiveInformationPolicy,
  contextualGroundingPolicy,
}: GuardrailAssessment): readonly Filter[] => [
  ...listOf(topicPolicy?.topics),
  ...listOf(contentPolicy?.filters),
  ...listOf(wordPolicy?.customWords),
  ...listOf(wordPolicy?.managedWordLists),
  ...listOf(sensitiveInformationPolicy?.piiEntities),
  ...listOf(sensitiveInformationPolicy?.regexes),
  ...listOf(contextualGroundingPolicy?.filters),
];

/** What is to be replaced. What a guardrail only detects, with the action `NONE`, stays. */
const matchesOf = ({ sensitiveInformationPolicy }: GuardrailAssessment): readonly Match[] => [
  ...listOf(sensitiveInformationPolicy?.piiEntities)
    .filter(({ action }) => action === 'ANONYMIZED')
    .map(({ type, match = '' }) => ({ ...entityOfType(type), match })),
  ...listOf(sensitiveInformationPolicy?.regexes)
    .filter(({ action }) => action === 'ANONYMIZED')
    .map(({ name, match = '' }) => ({ ...entityOfPattern(name), match })),
];

/** What is charged; patterns and words are free. */
const CHARGED = [
  'topicPolicyUnits',
  'contentPolicyUnits',
  'sensitiveInformationPolicyUnits',
  'contextualGroundingPolicyUnits',
] as const satisfies readonly (keyof GuardrailUsage)[];

const chargedUnits = (usage: GuardrailUsage | undefined): { readonly textUnits?: number } =>
  usage === undefined ? {} : unitsIn(CHARGED.reduce((sum, policy) => sum + (usage[policy] ?? 0), 0));

/** Whether the guardrail looks for private values or topics at all: another one would pass everything for clean. */
const looks = (usage: GuardrailUsage | undefined): boolean =>
  [usage?.sensitiveInformationPolicyUnits, usage?.sensitiveInformationPolicyFreeUnits, usage?.topicPolicyUnits].some(
    (units) => (units ?? 0) > 0,
  );

/** What an answer says. Whatever any of its policies blocks is blocked. */
export const readAnswer = (answer: ApplyGuardrailResponse): PieceVerdict => {
  const units = chargedUnits(answer.usage);
  const assessments = listOf(answer.assessments).filter((assessment) => assessment !== null);
  if (assessments.flatMap(filtersOf).some(({ action }) => action === 'BLOCKED'))
    return { verdict: 'blocked', ...units };
  const matches = assessments.flatMap(matchesOf);
  // An intervention without a reason that is known here is not passed over.
  const isExplained = answer.action === 'GUARDRAIL_INTERVENED' ? matches.length > 0 : answer.action === 'NONE';
  return isExplained && isCovered(answer) && (matches.length > 0 || looks(answer.usage))
    ? { verdict: 'judged', matches, ...units }
    : { verdict: 'unknown', cause: 'unreadable', ...units };
};
