/** What a request without an answer of the ledger's table leads to. */

import type { Budget, Denial, LedgerFailureMode } from '../types.ts';
import { OUTAGE_MS } from './outages.ts';

/** Strictest first. */
const MODES: readonly LedgerFailureMode[] = ['closed', 'degraded', 'open'];

/** The strictest mode among budgets. */
export const failureModeOf = (budgets: readonly Budget[]): LedgerFailureMode =>
  MODES.find((mode) => budgets.some(({ onFailure = 'closed' }) => onFailure === mode)) ?? 'closed';

/** Part of every limit that each process may let pass by itself, for each principal and window, without the table. */
export const DEGRADED_SHARE = 0.1;

/** Budgets with the limits of one process without the table. */
export const degraded = (budgets: readonly Budget[]): readonly Budget[] =>
  budgets.map(({ shards = 1, ...budget }) => ({
    ...budget,
    limit: Math.max(1, Math.floor((budget.limit / shards) * DEGRADED_SHARE)),
  }));

/** A denial by the allowance of one process: the table may be back any time. */
export const passing = (denial: Denial): Denial => ({
  ...denial,
  reason: denial.reason === 'never_fits' ? 'budget' : denial.reason,
  retryAfterSeconds: Math.min(denial.retryAfterSeconds, Math.ceil(OUTAGE_MS / 1000)),
});
