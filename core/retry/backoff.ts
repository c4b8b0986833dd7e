/**
 * How long to wait before a call is tried again: exponential back-off with full jitter.
 * Source: AWS Architecture Blog, "Exponential Backoff And Jitter".
 */

import type { RetrySettings } from './options.ts';

/** Doublings beyond which every wait has its upper bound, whatever the policy says. */
const MAX_DOUBLINGS = 30;

/**
 * Milliseconds to wait after attempt number `attempt`, the first being 1: anything from nothing to a bound that doubles
 * each time.
 *
 * @param random From 0 (inclusive) to 1 (exclusive).
 */
export const fullJitterMs = (
  attempt: number,
  { baseMs, maxWaitMs }: Pick<RetrySettings, 'baseMs' | 'maxWaitMs'>,
  random: number,
): number => Math.floor(random * Math.min(maxWaitMs, baseMs * 2 ** Math.min(attempt - 1, MAX_DOUBLINGS)));

/** Seconds, as a number in decimal digits: `12`, `0.5`. */
const SECONDS = /^\d{1,9}(?:\.\d{1,9})?$/;

/**
 * The time that a server asks to be left alone for, in milliseconds; `undefined` where it asks for none that can be read.
 * Source: RFC 9110, section 10.2.3; `x-amz-retry-after` is in milliseconds.
 *
 * @param headers Names in any case.
 * @param now Milliseconds since the epoch.
 */
export const retryAfterMs = (headers: Readonly<Record<string, unknown>>, now: number): number | undefined => {
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value !== 'string') continue;
    const lower = name.toLowerCase();
    if (lower === 'x-amz-retry-after' && SECONDS.test(value)) return Math.ceil(Number(value));
    if (lower !== 'retry-after') continue;
    if (SECONDS.test(value)) return Math.ceil(Number(value) * 1000);
    const at = Date.parse(value);
    if (Number.isFinite(at)) return Math.max(0, at - now);
  }
  return undefined;
};
