/**
 * InvokeGuardrailChecks: scores without a guardrail resource.
 * Source: https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-use-invoke-guardrail-checks.html
 */

import type {
  GuardrailChecksPromptAttackCategory,
  InvokeGuardrailChecksRequest,
  InvokeGuardrailChecksResponse,
} from '@aws-sdk/client-bedrock-runtime';
import { unitsIn } from '../guardrails/ask-pieces.ts';
import type { Answer } from './outcome.ts';

/** What the service looks for. */
const CATEGORIES = ['JAILBREAK', 'PROMPT_INJECTION', 'PROMPT_LEAKAGE'] as const;

/**
 * A request about one piece. It says `user` of data too: prompt attacks are what somebody writes who is heard as the user,
 * and AWS describes no role for the results of tools, which it wants checked all the same.
 */
export const checksRequest = (text: string): InvokeGuardrailChecksRequest => ({
  messages: [{ role: 'user', content: [{ text }] }],
  checks: { promptAttack: { categories: CATEGORIES.map((category) => ({ category })) } },
});

const isScore = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 && value <= 1;

/** What an answer says. Clean is only what was scored in every category, each below the threshold. */
export const readChecks = (answer: InvokeGuardrailChecksResponse, threshold: number): Answer => {
  const units = unitsIn(answer.usage?.promptAttack?.textUnits);
  const given: unknown = answer.results?.promptAttack?.results;
  const entries = (Array.isArray(given) ? given : []) as readonly { category?: unknown; severityScore?: unknown }[];
  const scoresOf = (category: GuardrailChecksPromptAttackCategory): readonly unknown[] =>
    entries.filter((entry) => entry?.category === category).map(({ severityScore }) => severityScore);
  const scores = CATEGORIES.map(scoresOf);
  if (scores.flat().some((score) => isScore(score) && score >= threshold)) return { verdict: 'attack', ...units };
  const isComplete = scores.every((found) => found.length > 0 && found.every(isScore));
  return isComplete ? { verdict: 'clean', ...units } : { verdict: 'unknown', cause: 'unreadable', ...units };
};
