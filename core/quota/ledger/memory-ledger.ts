/** A ledger for one process: for tests and for the first hour. */

import { callable, checkOptions, integer, object } from '../../options.ts';
import { checkBudgets } from '../budgets.ts';
import type { Budget, QuotaLedger } from '../types.ts';
import { createQuotaLedger } from './ledger.ts';
import { createMemoryStore } from './memory-store.ts';

/** Options of {@link createMemoryQuotaLedger}. */
export interface MemoryQuotaLedgerOptions {
  readonly budgets: readonly Budget[];
  /** @default Date.now */
  readonly now?: () => number;
  /** Principals with a live window that are kept at most; one more is an error. @default 100_000 */
  readonly maxPrincipals?: number;
}

/**
 * A quota ledger in memory, with the semantics of the DynamoDB one. Its budgets end with the process, and count in each
 * process apart.
 *
 * @throws TypeError for invalid options or budgets.
 *
 * @example
 * createMemoryQuotaLedger({ budgets: [{ name: 'minute', per: 'user', unit: 'tokens', window: 'minute', limit: 10_000 }] });
 */
export const createMemoryQuotaLedger = (options: MemoryQuotaLedgerOptions): QuotaLedger => {
  checkOptions('createMemoryQuotaLedger', options, { budgets: object, now: callable, maxPrincipals: integer(1) });
  checkBudgets(options.budgets);
  const { budgets, now = Date.now, maxPrincipals = 100_000 } = options;
  return createQuotaLedger({
    store: createMemoryStore(maxPrincipals, now),
    budgets,
    keyOf: ({ kind, id }) => `${kind}#${id}`,
    now,
    skewMs: 0, // one clock
    keepMs: 0,
  });
};
