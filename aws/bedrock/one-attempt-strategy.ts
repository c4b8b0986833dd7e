/** The SDK's retries, switched off: attempts are decided in one place (`retry-authority.ts`). */

/** What the SDK hands from one attempt to the next. */
const TOKEN = { getRetryCount: () => 0, getRetryDelay: () => 0 };

/** A strategy of the SDK (`RetryStrategyV2`) that makes one attempt. */
export const ONE_ATTEMPT = {
  acquireInitialRetryToken: async (): Promise<typeof TOKEN> => TOKEN,
  refreshRetryTokenForRetry: async (): Promise<typeof TOKEN> => {
    throw new Error('one attempt');
  },
  recordSuccess: (): void => {},
};
