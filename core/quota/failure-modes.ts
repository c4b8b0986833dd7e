/** What a request without an answer of the ledger's table leads to. */

import type { ItemStore } from './item-store.ts';
import type { Budget, Denial, LedgerFailureMode } from './types.ts';

/** Strictest first. */
const MODES: readonly LedgerFailureMode[] = ['closed', 'degraded', 'open'];

/** The strictest mode among budgets. */
export const failureModeOf = (budgets: readonly Budget[]): LedgerFailureMode =>
  MODES.find((mode) => budgets.some(({ onFailure = 'closed' }) => onFailure === mode)) ?? 'closed';

/** Part of every limit that each process may let pass by itself, for each principal and window, without the table. */
export const DEGRADED_SHARE = 0.1;

/** How long the table is not asked again for budgets that can do without, after it gave no answer, in milliseconds. */
const OUTAGE_MS = 2000;

/** What is known of a store's failures. */
export interface Outages {
  /** The store, watched. */
  readonly store: ItemStore;
  /** Whether the store gave no answer just now. */
  isOut(): boolean;
  /** Whether `error` is one that the store threw, and not a refusal of the ledger's own. */
  isOutage(error: unknown): boolean;
}

/** Watches `store`: what it throws passes as it is, and is remembered for what it is. */
export const createOutages = (store: ItemStore, now: () => number): Outages => {
  const thrown = new WeakSet<object>();
  let outUntil = Number.NEGATIVE_INFINITY;
  const watched = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      outUntil = now() + OUTAGE_MS;
      if (typeof error === 'object' && error !== null) thrown.add(error);
      throw error;
    }
  };
  return {
    store: {
      write: (...args) => watched(store.write(...args)),
      read: (...args) => watched(store.read(...args)),
    },
    isOut: () => now() < outUntil,
    isOutage: (error) => typeof error === 'object' && error !== null && thrown.has(error),
  };
};

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
