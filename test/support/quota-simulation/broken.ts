/** Ledgers and stores with a fault in them: the oracle must see each. */

import { applyUpdate, type Condition, type ItemUpdate, type QuotaItem } from '../../../core/quota/ledger/item-store.ts';
import { createQuotaLedger, type QuotaLedgerOptions } from '../../../core/quota/ledger/ledger.ts';
import type { Budget, QuotaLedger } from '../../../core/quota/types.ts';
import type { Parts } from './live.ts';

type Mend = (update: ItemUpdate, item: QuotaItem) => ItemUpdate;

const store = (change: Mend): Parts => ({ apply: (item, update) => applyUpdate(item, change(update, item)) });

const without = (isLeftOut: (condition: Condition) => boolean): Parts =>
  store((update) => ({ ...update, conditions: update.conditions.filter((condition) => !isLeftOut(condition)) }));

const ledger = (change: (options: QuotaLedgerOptions) => QuotaLedgerOptions): Parts => ({
  makeLedger: (options) => createQuotaLedger(change(options)),
});

const budgets = (change: (budget: Budget) => Budget): Parts =>
  ledger((options) => ({ ...options, budgets: options.budgets.map(change) }));

const wrapped = (change: (inner: QuotaLedger) => Partial<QuotaLedger>): Parts => ({
  makeLedger(options) {
    const inner = createQuotaLedger(options);
    return { ...inner, ...change(inner) };
  },
});

const isLease = (name: string): boolean => name.startsWith('r#');

const scaled = (add: ItemUpdate['add'], factor: number): ItemUpdate['add'] =>
  Object.fromEntries(Object.entries(add).map(([name, amount]) => [name, amount * factor]));

/** What is broken, by what it is. */
export const BROKEN: Readonly<Record<string, Parts>> = {
  'a store that ignores limits': without((condition) => 'atMost' in condition),
  'a store that takes a limit for one more': store((update) => ({
    ...update,
    conditions: update.conditions.map((condition) =>
      'atMost' in condition ? { ...condition, number: condition.number + 1 } : condition,
    ),
  })),
  'a store that settles whatever stands': without((condition) => 'equals' in condition),
  'a store that reserves over a standing lease': without(
    (condition) => 'absent' in condition && isLease(condition.absent),
  ),
  'a store that takes a used token': without((condition) => 'absent' in condition && !isLease(condition.absent)),
  'a store that keeps leases': store((update) => ({
    ...update,
    remove: update.remove.filter((name) => !isLease(name)),
  })),
  'a store that settles twice': store((update) =>
    update.remove.some(isLease) ? { ...update, add: scaled(update.add, 2) } : update,
  ),
  'a store that gives nothing back': store((update) => (update.remove.some(isLease) ? { ...update, add: {} } : update)),
  'a ledger that takes leases for dead at once': ledger((options) => ({ ...options, skewMs: -3_600_000 })),
  'a ledger without soft budgets': budgets(({ soft: _, ...budget }) => budget),
  'a ledger with soft budgets only': budgets(({ beyondShare: _, ...budget }) =>
    budget.unit === 'strikes' ? budget : { ...budget, soft: true },
  ),
  'a ledger without fair shares': budgets(({ beyondShare: _, ...budget }) => budget),
  'a ledger that is never closed': budgets((budget) => ({ ...budget, onFailure: 'open' })),
  'a ledger without a small allowance': budgets((budget) =>
    budget.onFailure === 'degraded' ? { ...budget, onFailure: 'open' } : budget,
  ),
  'a ledger that releases what it should charge': budgets((budget) => ({ ...budget, onExpiry: 'release' })),
  'a ledger that charges what it should release': budgets((budget) => ({ ...budget, onExpiry: 'charge' })),
  'a ledger with a whole limit in each shard': budgets((budget) => ({
    ...budget,
    limit: budget.limit * (budget.shards ?? 1),
  })),
  'a ledger without strikes': budgets((budget) => (budget.unit === 'strikes' ? { ...budget, limit: 1000 } : budget)),
  'a ledger that settles for half': wrapped((inner) => ({
    settle: (reservation, actual) =>
      inner.settle(reservation, { ...actual, tokens: Math.floor((actual.tokens ?? 0) / 2) }),
  })),
  'a ledger that forgets to settle': wrapped(() => ({ settle: async () => {} })),
  'a ledger that extends for nothing': wrapped((inner) => ({
    extend: async (reservation, extra) => {
      await inner.extend(reservation, {});
      return { ...reservation, cost: { tokens: (reservation.cost.tokens ?? 0) + (extra.tokens ?? 0) } };
    },
  })),
  'a ledger that says less than is left': wrapped((inner) => ({
    reserve: async (...asked) => {
      const outcome = await inner.reserve(...asked);
      return outcome.granted ? outcome : { ...outcome, remaining: Math.max(0, outcome.remaining - 1) };
    },
  })),
};
