/** How failed calls to a model are tried again, and when a model is left alone. */

import { checkOptions, integer, type OptionCheck, object, orOff } from '../options.ts';

/** When a model is left alone. */
export interface BreakerPolicy {
  /** Attempts in a row that fail before the model is left alone. @default 8 */
  readonly failures?: number;
  /** How long that row must have lasted, in milliseconds: refusals of calls at once come back before answers do. @default 1000 */
  readonly spanMs?: number;
  /** How long it is left alone the first time, in milliseconds; each time that the probe fails, twice as long. @default 1000 */
  readonly openMs?: number;
  /** The longest time, in milliseconds. @default 30_000 */
  readonly maxOpenMs?: number;
}

/**
 * How failed calls are tried again. There is no other authority: the SDK's own retries are off.
 *
 * @example
 * const retry: RetryPolicy = { maxAttempts: 4, baseMs: 100, breaker: { failures: 5 } };
 */
export interface RetryPolicy {
  /** Attempts of one call at most, the first included. @default 3 */
  readonly maxAttempts?: number;
  /** Retries that the calls of one request have together. @default 10 */
  readonly maxRetries?: number;
  /**
   * Those of them after an attempt of which nobody knows whether it was billed: it stays charged, and the next one needs as
   * much again of the budget. What certainly was billed is never tried again. @default 1
   */
  readonly maxPaidRetries?: number;
  /** Upper bound of the first wait, in milliseconds; it doubles, and the wait is anything below it. @default 200 */
  readonly baseMs?: number;
  /** Upper bound of every wait but one that Bedrock asks for, in milliseconds. @default 5000 */
  readonly maxWaitMs?: number;
  /** `false` for none. @default one with its defaults */
  readonly breaker?: BreakerPolicy | false;
}

/** {@link RetryPolicy} with its defaults. */
export type RetrySettings = Required<Omit<RetryPolicy, 'breaker'>> & {
  readonly breaker: Required<BreakerPolicy> | false;
};

const BREAKER_DEFAULTS: Required<BreakerPolicy> = { failures: 8, spanMs: 1000, openMs: 1000, maxOpenMs: 30_000 };

/** What holds where a policy says nothing. */
export const RETRY_DEFAULTS: RetrySettings = {
  maxAttempts: 3,
  maxRetries: 10,
  maxPaidRetries: 1,
  baseMs: 200,
  maxWaitMs: 5000,
  breaker: BREAKER_DEFAULTS,
};

const DAY_MS = 86_400_000;

/** More attempts of one call are no retries but a flood. */
const MOST_ATTEMPTS = 10;

const BREAKER_CHECKS: Readonly<Record<keyof BreakerPolicy, OptionCheck>> = {
  failures: integer(1, 1_000_000),
  spanMs: integer(0, DAY_MS),
  openMs: integer(1, DAY_MS),
  maxOpenMs: integer(1, DAY_MS),
};

const RETRY_CHECKS: Readonly<Record<keyof RetryPolicy, OptionCheck>> = {
  maxAttempts: integer(1, MOST_ATTEMPTS),
  maxRetries: integer(0, 1000),
  maxPaidRetries: integer(0, MOST_ATTEMPTS),
  baseMs: integer(0, DAY_MS),
  maxWaitMs: integer(0, DAY_MS),
  breaker: orOff(object),
};

/**
 * A policy with its defaults.
 *
 * @param maxAttempts Attempts where the policy names no number: those that the client was made with.
 */
export const retrySettings = (
  policy: RetryPolicy = {},
  maxAttempts: number = RETRY_DEFAULTS.maxAttempts,
): RetrySettings => ({
  ...RETRY_DEFAULTS,
  maxAttempts,
  ...policy,
  breaker: policy.breaker === false ? false : { ...BREAKER_DEFAULTS, ...policy.breaker },
});

/**
 * Checks a policy.
 *
 * @throws TypeError for an unknown or invalid option, and for options that contradict each other.
 */
export const checkRetryPolicy = (owner: string, policy: RetryPolicy): void => {
  checkOptions(owner, policy, RETRY_CHECKS);
  if (!policy.breaker) return;
  checkOptions(`${owner}.breaker`, policy.breaker, BREAKER_CHECKS);
  const { openMs, maxOpenMs } = { ...BREAKER_DEFAULTS, ...policy.breaker };
  if (maxOpenMs < openMs) throw new TypeError(`${owner}.breaker: maxOpenMs must not be below openMs`);
};
