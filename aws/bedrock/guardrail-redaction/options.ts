/** What redaction's deep tier at Bedrock is configured with. */

import type { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { callable, checkOptions, integer, type OptionCheck, object } from '../../../core/options.ts';
import type { UnknownCause } from '../guardrails/cause.ts';
import { guardrailIdentifier, guardrailVersion } from '../guardrails/guardrail.ts';

/** What one text or window led to. No content, few values: fit for a metric. */
export interface GuardrailRedactionUse {
  readonly outcome: 'judged' | 'blocked' | 'unknown';
  /** With `unknown` only. */
  readonly cause?: UnknownCause;
  /** Calls that were made. */
  readonly calls: number;
  /**
   * Text units of all policies that are charged, as the service counted them; of calls without an answer, what they may
   * have cost.
   */
  readonly textUnits: number;
}

/** Options of {@link createGuardrailRedaction}. */
export interface GuardrailRedactionOptions {
  /** An own client: one that `guardClient` guards refuses this operation. {@link createBedrockClient} makes one. */
  readonly client: Pick<BedrockRuntimeClient, 'send'>;
  /** Id or ARN of the guardrail: one that masks private values, or blocks topics, in output. */
  readonly guardrailId: string;
  /** Name a number in production: a draft changes under your feet. @default 'DRAFT' */
  readonly guardrailVersion?: string;
  /** Longest time for one text, all its pieces together, in milliseconds. @default 1500 */
  readonly timeoutMs?: number;
  /** Pieces of one text that are asked about at once. @default 4 */
  readonly parallel?: number;
  /** Text units (1,000 UTF-16 units) that are asked about in a minute by this process, and at once. @default 1000 */
  readonly textUnitsPerMinute?: number;
  /** Longest text that is judged, in text units. @default 100 */
  readonly maxTextUnits?: number;
  /** Told of each text that was judged, or not. What it throws is not heard. */
  readonly onUse?: (use: GuardrailRedactionUse) => void;
  /** Milliseconds since the epoch. @default Date.now */
  readonly now?: () => number;
}

/** How the options of {@link GuardrailRedactionOptions} are checked. */
export const GUARDRAIL_REDACTION_CHECKS: Readonly<Record<keyof GuardrailRedactionOptions, OptionCheck>> = {
  client: object,
  guardrailId: guardrailIdentifier,
  guardrailVersion,
  timeoutMs: integer(1),
  parallel: integer(1),
  textUnitsPerMinute: integer(1),
  maxTextUnits: integer(1),
  onUse: callable,
  now: callable,
};

/** @throws TypeError for an option that is unknown, invalid or missing. */
export const checkGuardrailRedaction = (options: GuardrailRedactionOptions): void => {
  const owner = 'createGuardrailRedaction';
  checkOptions(owner, options, GUARDRAIL_REDACTION_CHECKS);
  for (const name of ['client', 'guardrailId'] as const)
    if (options[name] === undefined) throw new TypeError(`${owner}: ${name} is missing`);
};
