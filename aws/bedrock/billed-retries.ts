/** Retries of the SDK, when the attempt before may have been billed: each is paid for before it is made. */

import { AsyncLocalStorage } from 'node:async_hooks';
import { upstreamFailure } from './upstream-error.ts';
import { withMethod } from './with-method.ts';

/** Holds the cost of one more attempt, or throws when it does not fit. */
export type ChargeAttempt = () => Promise<void>;

const charges = new AsyncLocalStorage<ChargeAttempt>();

/** Runs a call so that each retry of it after a failure that may have been billed is charged by `charge` first. */
export const chargingRetries = <T>(charge: ChargeAttempt, call: () => Promise<T>): Promise<T> =>
  charges.run(charge, call);

/** The part of the SDK's retry strategy that decides about one more attempt. */
interface RetryStrategy {
  refreshRetryTokenForRetry(token: unknown, info: { readonly error?: unknown }): Promise<unknown>;
}

/**
 * A retry strategy that charges what it retries. The SDK stays the one that retries: throttling and refusals, which
 * cost nothing, as ever; time-outs, lost connections and server errors only as far as the budget pays for them.
 */
export const payForRetries = <Strategy extends object>(strategy: Strategy): Strategy =>
  withMethod(
    strategy,
    'refreshRetryTokenForRetry',
    async (...[token, info]: Parameters<RetryStrategy['refreshRetryTokenForRetry']>) => {
      const next = await (strategy as RetryStrategy).refreshRetryTokenForRetry(token, info);
      if (upstreamFailure(info.error).billable) await charges.getStore()?.();
      return next;
    },
  );
