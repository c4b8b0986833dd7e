/** What becomes of a call and of a text. */

import type { DeepVerdict } from '../../../core/injection/deep-tier.ts';

/**
 * Why there is no verdict.
 * - `timeout`: not within `timeoutMs`.
 * - `aborted`: nobody waits for it any more.
 * - `throttled`: over the account's quotas.
 * - `refused`: the service, or a guarded client, takes no such call: permissions, a guardrail that is not there.
 * - `unavailable`: an error of the service or of the network.
 * - `unreadable`: an answer that does not say whether the text attacks.
 * - `budget`: over `maxCallsPerRequest` or `callsPerMinute`.
 * - `too-long`: over `maxTextUnits`.
 */
export type UnknownCause =
  | 'timeout'
  | 'aborted'
  | 'throttled'
  | 'refused'
  | 'unavailable'
  | 'unreadable'
  | 'budget'
  | 'too-long';

/** A verdict, and why there is none. */
export interface Finding {
  readonly verdict: DeepVerdict;
  /** With `unknown` only. */
  readonly cause?: UnknownCause;
}

/** What an answer of the service says. */
export interface Answer extends Finding {
  /** As the service counted them; absent where its answer does not say so. */
  readonly textUnits?: number;
}

/** Text units of an answer, when it is a number that can be one. */
export const unitsIn = (value: unknown): { readonly textUnits?: number } =>
  Number.isSafeInteger(value) && (value as number) >= 0 ? { textUnits: value as number } : {};

/** One finding of many: an attack in one piece is an attack, and clean is what is clean throughout. */
export const worstOf = (findings: readonly Finding[]): Finding =>
  findings.find(({ verdict }) => verdict === 'attack') ??
  findings.find(({ verdict, cause }) => verdict === 'unknown' && cause !== 'aborted') ??
  findings.find(({ verdict }) => verdict === 'unknown') ?? { verdict: 'clean' };
