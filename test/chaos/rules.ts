/** The policy that a run is held to, and by which the books are checked. */

import type { Budget } from '../../core/quota/index.ts';
import type { RetryPolicy } from '../../core/retry/options.ts';
import type { Policy } from '../../middleware/index.ts';
import { type ChaosOptions, MODELS } from './plan.ts';

/** The name under which the books find a call of a request, in its metadata. */
export const CALL_METADATA = 'chaos_call';

/** Name of the quota table. */
export const TABLE = 'chaos';

/** How attempts are made: waits are short, so that a run is. */
export const RETRY: RetryPolicy & Required<Pick<RetryPolicy, 'maxAttempts' | 'maxRetries' | 'maxPaidRetries'>> = {
  maxAttempts: 3,
  maxRetries: 5,
  maxPaidRetries: 1,
  baseMs: 20,
  maxWaitMs: 200,
  breaker: { failures: 12, spanMs: 50, openMs: 100, maxOpenMs: 500 },
};

/** Tokens that a call may write. */
const MAX_TOKENS = 120;

/** Tokens of budgets for each request of the run: few enough that the eager ones end theirs. */
const TOKENS_A_REQUEST = 20;
const MICROS_A_TOKEN = 0.12;

/** The budgets: all hard, closed when the table is out of reach, and charged when a lease ends. */
export const budgetsOf = ({ requests }: ChaosOptions): readonly Budget[] => {
  const tokens = Math.max(30_000, TOKENS_A_REQUEST * requests);
  const usd = Math.ceil(tokens * MICROS_A_TOKEN);
  return [
    { name: 'user-month-tokens', per: 'user', unit: 'tokens', window: 'month', limit: tokens },
    { name: 'user-day-usd', per: 'user', unit: 'usd', window: 'day', limit: usd },
    { name: 'user-minute-tokens', per: 'user', unit: 'tokens', window: 'minute', limit: 60_000 },
    { name: 'tenant-month-usd', per: 'tenant', unit: 'usd', window: 'month', limit: 2 * usd },
    { name: 'tenant-day-tokens', per: 'tenant', unit: 'tokens', window: 'day', limit: 2 * tokens },
  ];
};

/** The policy of all handlers. */
export const policyOf = (options: ChaosOptions): Policy => ({
  service: 'chaos',
  caller: { require: 'user', tenantClaim: 'tenant' },
  quota: { budgets: budgetsOf(options), overheadTokens: 200 },
  model: {
    models: MODELS,
    maxTokens: MAX_TOKENS,
    retry: RETRY,
    fallbacks: { [MODELS[0]]: [MODELS[1]] },
  },
});
