/** Retries of the SDK, when the attempt before may have been billed: each is paid for before it is made. */

import { currentSending } from './sending.ts';
import { upstreamFailure } from './upstream-error.ts';
import { withMethod } from './with-method.ts';

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
      if (upstreamFailure(info.error).billable) await currentSending()?.payAgain();
      return next;
    },
  );
