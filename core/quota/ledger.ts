/** The ledger over a store of items: the same decisions in DynamoDB and in memory. */

import type { ItemStore } from './item-store.ts';
import type { Budget, Principal, QuotaLedger } from './types.ts';

/** Options of {@link createQuotaLedger}. Times in milliseconds. */
export interface QuotaLedgerOptions {
  readonly store: ItemStore;
  /** Checked with `checkBudgets`. */
  readonly budgets: readonly Budget[];
  /** What stands for a principal in the store. */
  readonly keyOf: (principal: Principal) => string;
  /** What stands for the id of a lease or a one-time token in an item. */
  readonly nameOf: (id: string) => string;
  /** @default Date.now */
  readonly now?: () => number;
  /** @default Math.random */
  readonly random?: () => number;
  /** How far clocks may differ before a lease counts as dead. @default 2000 */
  readonly skewMs?: number;
}

export const createQuotaLedger = (_: QuotaLedgerOptions): QuotaLedger => {
  throw new Error('in the making');
};
