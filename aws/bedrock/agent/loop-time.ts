/** When a loop has to end. */

import type { InvocationScope } from '../../invocation-scope.ts';
import { loopLimitReached } from './loop-limit.ts';
import type { Limits } from './options.ts';

/** Kept back of the invocation's time, in milliseconds: at its deadline calls are aborted, and the loop ends before. */
const RESERVE_MS = 250;

/** The signal under which everything in a loop runs. */
export interface LoopTime {
  /** Aborts with the error that the loop ends with. */
  readonly signal: AbortSignal;
  /** The loop has ended: what is still under way is aborted, and no timer stays. */
  end(): void;
}

/** What is left of the invocation, less a reserve: a quarter of it at most. */
const leftOf = (scope: InvocationScope | undefined): number | undefined => {
  const end = scope?.deadline ?? scope?.answerBy;
  if (end === undefined) return undefined;
  const left = end - Date.now();
  return left - Math.min(RESERVE_MS, left / 4);
};

/** Begins the time of a loop. */
export const startLoopTime = (
  { ownTimeMs, timeMs }: Limits,
  scope: InvocationScope | undefined,
  stopped: AbortSignal | undefined,
): LoopTime => {
  const left = leftOf(scope);
  const ms = left === undefined ? timeMs : Math.min(left, ownTimeMs ?? left);
  const ending = new AbortController();
  const isOver = (): void => ending.abort(loopLimitReached(scope, 'time'));
  const timer = ms > 0 ? setTimeout(isOver, ms) : undefined;
  if (timer === undefined) isOver();
  const signal = stopped === undefined ? ending.signal : AbortSignal.any([ending.signal, stopped]);
  return {
    signal,
    end() {
      clearTimeout(timer);
      ending.abort();
    },
  };
};
