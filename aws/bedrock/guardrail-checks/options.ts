/** What a deep tier at Bedrock is configured with. */

import type { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import type { DeepVerdict } from '../../../core/injection/deep-tier.ts';
import type { Channel } from '../../../core/injection/types.ts';
import { callable, checkOptions, integer, type OptionCheck, object, oneOf } from '../../../core/options.ts';
import type { UnknownCause } from '../guardrails/cause.ts';
import { guardrailIdentifier, guardrailVersion } from '../guardrails/guardrail.ts';
import { CONFIDENCES, type Confidence } from './apply-guardrail.ts';

const OWNER = 'createGuardrailChecks';

/** The operations that judge prompt attacks. */
export const OPERATIONS = ['InvokeGuardrailChecks', 'ApplyGuardrail'] as const;

/** An operation that judges prompt attacks. */
export type GuardrailOperation = (typeof OPERATIONS)[number];

/** What one text led to. No content, few values: fit for a metric. */
export interface GuardrailUse {
  readonly operation: GuardrailOperation;
  readonly channel: Channel;
  readonly outcome: DeepVerdict;
  /** With `unknown` only. */
  readonly cause?: UnknownCause;
  /** Calls that were made. */
  readonly calls: number;
  /**
   * Text units of the prompt attack check or of the content policy, as the service counted them; of calls without an
   * answer, what they may have cost. Other policies of a guardrail are not among them.
   */
  readonly textUnits: number;
}

/** Options of {@link createGuardrailChecks}. */
export interface GuardrailChecksOptions {
  /** An own client: one that `guardClient` guards refuses these operations. {@link createBedrockClient} makes one. */
  readonly client: Pick<BedrockRuntimeClient, 'send'>;
  /**
   * Digest of a text under a key, for the memory of verdicts. It must be infeasible to find two texts with the same one,
   * or an attack could be dressed up as a text that was clean: HMAC-SHA-256, for example.
   */
  readonly digest: (text: string) => string;
  /** @default 'InvokeGuardrailChecks' */
  readonly operation?: GuardrailOperation;
  /** Id or ARN of the guardrail, for `ApplyGuardrail`, and required there. */
  readonly guardrailIdentifier?: string;
  /** Name a number in production: a draft changes under your feet. @default 'DRAFT' */
  readonly guardrailVersion?: string;
  /**
   * From where on it is an attack, inclusive: a severity above 0 and up to 1 for `InvokeGuardrailChecks`, a confidence
   * for `ApplyGuardrail`, on top of what the guardrail's own strength detects.
   * @default 0.6, or 'LOW'
   */
  readonly threshold?: number | Confidence;
  /** Longest time for one text, all its pieces together, in milliseconds. @default 1500 */
  readonly timeoutMs?: number;
  /** Calls of one `judge`, which the middlewares call once for a request or a turn of it. @default 8 */
  readonly maxCallsPerRequest?: number;
  /** Calls a minute of this process, and at once. @default 120 */
  readonly callsPerMinute?: number;
  /** Longest text that is judged, in text units (1,000 UTF-16 units). @default 100 */
  readonly maxTextUnits?: number;
  /** Verdicts that are remembered. @default 1000 */
  readonly cacheSize?: number;
  /** Told of each text that was not answered from memory. What it throws is not heard. */
  readonly onUse?: (use: GuardrailUse) => void;
  /** Milliseconds since the epoch. @default Date.now */
  readonly now?: () => number;
}

const severity: OptionCheck = (value) =>
  typeof value === 'number' && value > 0 && value <= 1 ? undefined : 'a number above 0 and up to 1';

const none: OptionCheck = () => 'absent unless operation is ApplyGuardrail';

const CHECKS: Readonly<Record<string, OptionCheck>> = {
  client: object,
  digest: callable,
  operation: oneOf(...OPERATIONS),
  timeoutMs: integer(1),
  maxCallsPerRequest: integer(1),
  callsPerMinute: integer(1),
  maxTextUnits: integer(1),
  cacheSize: integer(0),
  onUse: callable,
  now: callable,
};

const OF_CHECKS = { ...CHECKS, threshold: severity, guardrailIdentifier: none, guardrailVersion: none };

const OF_GUARDRAIL = {
  ...CHECKS,
  threshold: oneOf(...CONFIDENCES),
  guardrailIdentifier,
  guardrailVersion,
};

/** @throws TypeError for an option that is unknown, invalid, missing or of the other operation. */
export const checkGuardrailOptions = (options: GuardrailChecksOptions): void => {
  const isGuardrail = options.operation === 'ApplyGuardrail';
  checkOptions(OWNER, options, isGuardrail ? OF_GUARDRAIL : OF_CHECKS);
  const required = ['client', 'digest', ...(isGuardrail ? ['guardrailIdentifier'] : [])] as const;
  for (const name of required)
    if (options[name as keyof GuardrailChecksOptions] === undefined)
      throw new TypeError(`${OWNER}: ${name} is missing`);
};
