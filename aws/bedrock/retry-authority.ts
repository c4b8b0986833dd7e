/**
 * The one retry authority: every attempt to reach a model is decided here. It spends a budget of time (the invocation's
 * deadline) and of money (what the caller's budgets still hold), and leaves alone a model that keeps failing.
 */

import { setTimeout as sleepFor } from 'node:timers/promises';
import { remember } from '../../core/bounded-map.ts';
import { isBulwarkError } from '../../core/errors.ts';
import { fullJitterMs } from '../../core/retry/backoff.ts';
import { type Breaker, createBreaker } from '../../core/retry/breaker.ts';
import type { RetrySettings } from '../../core/retry/options.ts';
import type { InvocationScope } from '../invocation-scope.ts';
import { runSending, type Sending } from './sending.ts';
import { breakerOpen, type UpstreamFailure, unsentFailure, upstreamFailure } from './upstream-error.ts';

/** A call to be made, as often as it takes. */
export interface AttemptedCall {
  readonly scope: InvocationScope;
  readonly settings: RetrySettings;
  /** The model or profile that is called: each has a breaker of its own. A client calls one Region. */
  readonly modelId: string;
  /** The same, where the dimension `model` has it. */
  readonly dimension?: string | undefined;
  /** Aborts when nobody waits any more. */
  readonly signal: AbortSignal;
  /** Holds the cost of one more attempt beside those before; throws when it does not fit. */
  readonly payAgain: () => Promise<void>;
  /** Told of each attempt that failed at Bedrock. @default nobody */
  readonly onFailure?: (failure: UpstreamFailure) => void;
}

/** How a call came to nothing: the SDK's error, and what is known beside. */
export interface FailedAttempts {
  readonly error: unknown;
  /** Attempts that were made. */
  readonly attempts: number;
  /** Whether Bedrock had begun to answer the last of them. */
  readonly answered: boolean;
  /** Whether the last of them went out. */
  readonly sent: boolean;
  /** Whether one of those before may have been billed. */
  readonly paid: boolean;
}

/** What became of a call. */
export type Attempted<T> = { readonly output: T; readonly attempts: number } | FailedAttempts;

/** Decides about attempts, for one client. */
export interface RetryAuthority {
  /** @throws BulwarkError `upstream_throttled` where the model is left alone. */
  assertClosed(settings: RetrySettings, modelId: string): void;
  /** Makes a call until it succeeds, cannot succeed, or may not be tried again. Never throws. */
  attempt<T>(call: AttemptedCall, send: () => Promise<T>): Promise<Attempted<T>>;
}

/** What an authority works with. */
export interface RetryAuthorityOptions {
  /** Milliseconds since the epoch. @default Date.now */
  readonly now?: () => number;
  /** From 0 (inclusive) to 1 (exclusive). @default Math.random */
  readonly random?: () => number;
  /** Waits, and rejects when the signal aborts. @default a timer */
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<unknown>;
}

/** Models that breakers are remembered of. */
const MOST_BREAKERS = 256;

/** The longest that Bedrock may ask a call to wait whose invocation has no deadline, in milliseconds. */
const LONGEST_WAIT_MS = 30_000;

/** Retries that the calls of an invocation have had. */
interface Spent {
  retries: number;
  paid: number;
}

/** An authority whose breakers are closed. */
export const createRetryAuthority = (options: RetryAuthorityOptions = {}): RetryAuthority => {
  const { now = Date.now, random = Math.random, sleep = (ms, signal) => sleepFor(ms, undefined, { signal }) } = options;
  const breakers = new Map<string, Breaker>();
  const spentBy = new WeakMap<InvocationScope, Spent>();

  const breakerOf = ({ breaker }: RetrySettings, modelId: string): Breaker | undefined => {
    if (breaker === false) return undefined;
    const known = breakers.get(modelId) ?? createBreaker({ ...breaker, now });
    if (breakers.get(modelId) === undefined || breakers.size >= MOST_BREAKERS)
      remember(breakers, modelId, known, MOST_BREAKERS);
    return known;
  };

  const spentIn = (scope: InvocationScope): Spent => {
    const spent = spentBy.get(scope) ?? { retries: 0, paid: 0 };
    spentBy.set(scope, spent);
    return spent;
  };

  /** Milliseconds until the next attempt, or `undefined` where there is none. */
  const waitAfter = (
    { scope, settings, signal }: AttemptedCall,
    attempt: number,
    { transient, billing, retryAfterMs = 0 }: UpstreamFailure,
  ): number | undefined => {
    const spent = spentIn(scope);
    if (!transient || signal.aborted) return undefined;
    if (attempt >= settings.maxAttempts || spent.retries >= settings.maxRetries) return undefined;
    if (billing !== 'free' && spent.paid >= settings.maxPaidRetries) return undefined;
    const wait = Math.max(fullJitterMs(attempt, settings, random()), retryAfterMs);
    const left = scope.deadline === undefined ? LONGEST_WAIT_MS : scope.deadline - now();
    return wait < left ? wait : undefined;
  };

  /** Whether another attempt is due, once it is paid for and waited for. */
  const goesOn = async (call: AttemptedCall, attempt: number, failure: UpstreamFailure): Promise<boolean> => {
    const wait = waitAfter(call, attempt, failure);
    if (wait === undefined) return false;
    const spent = spentIn(call.scope);
    spent.retries += 1;
    if (failure.billing !== 'free') spent.paid += 1;
    try {
      await sleep(wait, call.signal);
      if (failure.billing !== 'free') await call.payAgain();
    } catch {
      return false; // nobody waits, or nobody pays: what the client is told is the failure
    }
    return !call.signal.aborted;
  };

  return {
    assertClosed(settings, modelId) {
      const breaker = settings.breaker === false ? undefined : breakers.get(modelId);
      if (breaker?.state() === 'open') throw breakerOpen(breaker.openForMs());
    },
    async attempt(call, send) {
      const breaker = breakerOf(call.settings, call.modelId);
      let paid = false;
      for (let attempt = 1; ; attempt++) {
        const leave = breaker?.enter();
        if (leave?.granted === false) {
          call.scope.record.countFor(call.dimension, 'BreakerRefusals');
          return { error: breakerOpen(leave.retryAfterMs), attempts: attempt - 1, answered: false, sent: false, paid };
        }
        const sending: Sending = { signal: call.signal, answered: false };
        try {
          const output = await runSending(sending, send);
          leave?.succeeded();
          return { output, attempts: attempt };
        } catch (error) {
          const { answered, sent = false } = sending;
          const failed = { error, attempts: attempt, answered, sent, paid };
          if (isBulwarkError(error)) {
            leave?.left();
            return failed;
          }
          const failure = sent ? upstreamFailure(error, answered, now()) : unsentFailure(error);
          call.onFailure?.(failure);
          // Whoever asks can end its own call, wait too short a time for it, and make a model fail at it: none of that says
          // anything of the model for others.
          if (call.signal.aborted || !sent || failure.isOwnTimeout) leave?.left();
          else if (failure.transient) leave?.failed();
          else if (failure.billing === 'free') leave?.succeeded();
          else leave?.left();
          if (!(await goesOn(call, attempt, failure))) return failed;
          paid ||= failure.billing !== 'free';
          call.scope.record.countFor(call.dimension, 'Retries');
        }
      }
    },
  };
};
