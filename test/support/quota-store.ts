/** A ledger over a store in memory that is watched, and fails on demand. */

import type { Budget, Cost, Denial, Principal, QuotaLedger, Reservation } from '../../core/quota/index.ts';
import type { ItemStore } from '../../core/quota/ledger/item-store.ts';
import { createQuotaLedger, type QuotaLedgerOptions } from '../../core/quota/ledger/ledger.ts';
import { createMemoryStore } from '../../core/quota/ledger/memory-store.ts';
import type { TestClock } from './quota-contract.ts';

/** A store in memory, with what a test may see of it and do to it. */
export interface WatchedStore extends ItemStore {
  /** Thrown by every read and write, while it is set. */
  failure: Error | undefined;
  /** Which items it is thrown for. */
  failing: (key: string) => boolean;
  readonly counts: { reads: number; writes: number };
}

/** A watched store. */
export const watchedStore = (clock: TestClock): WatchedStore => {
  const store = createMemoryStore(1000, () => clock.at);
  const watched: WatchedStore = {
    failure: undefined,
    failing: () => true,
    placeOf: (key) => key.split('#')[1] ?? '',
    failureOf: (error) =>
      (['throttled', 'invalid'] as const).find((name) => name === (error as Error).message) ?? 'unreachable',
    counts: { reads: 0, writes: 0 },
    async write(...args) {
      watched.counts.writes += 1;
      if (watched.failure !== undefined && watched.failing(args[0])) throw watched.failure;
      return store.write(...args);
    },
    async read(...args) {
      watched.counts.reads += 1;
      if (watched.failure !== undefined && watched.failing(args[0])) throw watched.failure;
      return store.read(...args);
    },
  };
  return watched;
};

/** What stands for principals in the stores of tests. */
export const keyOf = ({ kind, id }: Principal): string => `${kind}#${id}`;

/** A ledger of one process over `store`. */
export const ledgerOver = (
  store: ItemStore,
  clock: TestClock,
  budgets: readonly Budget[],
  more: Partial<QuotaLedgerOptions> = {},
): QuotaLedger => createQuotaLedger({ store, budgets, keyOf, now: () => clock.at, ...more });

let leases = 0;

/** A lease of its own, for a minute. */
export const someLease = (ttlMs = 60_000): { id: string; ttlMs: number } => {
  leases += 1;
  return { id: `some-lease-${leases}`, ttlMs };
};

/** The reservation that a ledger must have granted. */
export const granted = (outcome: Reservation | Denial): Reservation => {
  if (!outcome.granted) throw new Error(`denied by ${outcome.budget}`);
  return outcome;
};

/** Reserves and settles at once. @returns Whether it was granted. */
export const spend = async (ledger: QuotaLedger, who: readonly Principal[], cost: Cost): Promise<boolean> => {
  const outcome = await ledger.reserve(who, cost, someLease());
  if (outcome.granted) await ledger.settle(outcome, cost);
  return outcome.granted;
};
