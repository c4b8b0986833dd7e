/** A guardrail of the account, and what it says of how much it read. */

import type { ApplyGuardrailResponse } from '@aws-sdk/client-bedrock-runtime';
import type { OptionCheck } from '../../../core/options.ts';

/** A guardrail of the account. */
export interface GuardrailName {
  readonly guardrailIdentifier: string;
  readonly guardrailVersion: string;
}

const IDENTIFIER = /^(?:[a-z0-9]{1,64}|arn:aws[a-z-]{0,20}:bedrock:[a-z0-9-]{1,20}:\d{12}:guardrail\/[a-z0-9]{1,64})$/; // gr1abc
const VERSION = /^(?:[1-9]\d{0,7}|DRAFT)$/; // 3

const matching =
  (pattern: RegExp, expected: string): OptionCheck =>
  (value) =>
    typeof value === 'string' && pattern.test(value) ? undefined : expected;

/** A guardrail's id or ARN. */
export const guardrailIdentifier: OptionCheck = matching(IDENTIFIER, "a guardrail's id or ARN");

/** A version of a guardrail. */
export const guardrailVersion: OptionCheck = matching(VERSION, "a version's number, or DRAFT");

/** The entries of a list in an answer; none where it has no such list. */
export const listOf = <Item>(value: readonly Item[] | undefined): readonly Item[] =>
  Array.isArray(value) ? value : [];

/** Whether the guardrail read all of the text, as far as it says so. */
export const isCovered = ({ guardrailCoverage }: ApplyGuardrailResponse): boolean => {
  const { guarded, total } = guardrailCoverage?.textCharacters ?? {};
  return guarded === undefined || total === undefined || guarded >= total;
};
