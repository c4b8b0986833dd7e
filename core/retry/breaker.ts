/**
 * A breaker: after failures in a row a model is left alone for a while, then one call may find out whether it is back.
 * Source: Michael T. Nygard, "Release It!", the stability pattern Circuit Breaker.
 */

import type { BreakerPolicy } from './options.ts';

/** Leave to make one attempt. Exactly one of its functions is to be called, once; what comes later counts for nothing. */
export interface Attempt {
  readonly granted: true;
  /** The model answered, if only that it refuses this call. */
  succeeded(): void;
  /** It failed in a way that it may fail again in. */
  failed(): void;
  /** Nobody knows: whoever asked has left. */
  left(): void;
}

/** No leave: the model is left alone. */
export interface Refused {
  readonly granted: false;
  /** When to ask again, in milliseconds from now. */
  readonly retryAfterMs: number;
}

/** A breaker of one model. */
export interface Breaker {
  /** `closed` lets all attempts pass, `open` none, `half-open` one. */
  state(): 'closed' | 'open' | 'half-open';
  /** How long it stays open, in milliseconds; 0 where it is not. */
  openForMs(): number;
  /** Asks for leave to make an attempt. */
  enter(): Attempt | Refused;
}

/** What a breaker is made of. */
export interface BreakerOptions extends Required<BreakerPolicy> {
  /** Milliseconds since any time. */
  readonly now: () => number;
}

/** A closed breaker. */
export const createBreaker = ({ failures, spanMs, openMs, maxOpenMs, now }: BreakerOptions): Breaker => {
  let inRow = 0;
  /** When the first failure of the row came. */
  let rowSince = 0;
  let openUntil: number | undefined;
  let nextOpenMs = openMs;
  /** Until when a probe is waited for: one that never ends must not keep the breaker open for ever. */
  let probeUntil: number | undefined;

  const open = (): void => {
    openUntil = now() + nextOpenMs;
    nextOpenMs = Math.min(maxOpenMs, nextOpenMs * 2);
  };

  const close = (): void => {
    inRow = 0;
    openUntil = undefined;
    nextOpenMs = openMs;
  };

  const attempt = (isProbe: boolean): Attempt => {
    let ended = false;
    const ends = (outcome: () => void): (() => void) => {
      return () => {
        if (ended) return;
        ended = true;
        if (isProbe) probeUntil = undefined;
        outcome();
      };
    };
    return {
      granted: true,
      // What began before the breaker opened says nothing of the time since.
      succeeded: ends(() => {
        if (isProbe || openUntil === undefined) close();
      }),
      failed: ends(() => {
        if (isProbe) return open();
        if (openUntil !== undefined) return undefined;
        if (inRow === 0) rowSince = now();
        inRow += 1;
        // Of many calls at once the refused ones come back first: they are no row before the others had their time.
        if (inRow >= failures && now() - rowSince >= spanMs) open();
      }),
      left: ends(() => {}),
    };
  };

  const openForMs = (): number => (openUntil === undefined ? 0 : Math.max(0, openUntil - now()));

  return {
    state() {
      if (openUntil === undefined) return 'closed';
      return openForMs() > 0 ? 'open' : 'half-open';
    },
    openForMs,
    enter() {
      if (openUntil === undefined) return attempt(false);
      const left = openForMs();
      if (left > 0) return { granted: false, retryAfterMs: left };
      if (probeUntil !== undefined && now() < probeUntil) return { granted: false, retryAfterMs: openMs };
      probeUntil = now() + openMs;
      return attempt(true);
    },
  };
};
