/** What reservations hold of the counters of an item. */

import { amountFor } from '../amounts.ts';
import type { Budget } from '../types.ts';
import { counterName } from '../windows/counters.ts';
import { leasesOf } from './item.ts';
import type { QuotaItem } from './item-store.ts';
import { chargedTo, type LeaseRecord, readLease } from './lease.ts';

/** What `leases` hold together, by counter, of those budgets among `budgets` that they are charged to. */
export const heldBy = (leases: readonly LeaseRecord[], budgets: readonly Budget[]): ReadonlyMap<string, number> => {
  const held = new Map<string, number>();
  for (const lease of leases)
    for (const budget of chargedTo(budgets, lease)) {
      const counter = counterName(budget, lease.reservedAt);
      held.set(counter, (held.get(counter) ?? 0) + amountFor(budget, lease.cost));
    }
  return held;
};

/** The counters of an item. */
export const countersOf = (item: QuotaItem): QuotaItem =>
  Object.fromEntries(Object.entries(item).filter(([name]) => name.includes('@')));

/**
 * The counters of an item without what reservations in flight may still give back.
 *
 * @param from Milliseconds since the epoch: leases that ended before are not in flight. @default all are
 */
export const spentIn = (item: QuotaItem, kin: readonly Budget[], from = 0): QuotaItem => {
  const leases = leasesOf(item)
    .map(([, value]) => readLease(value))
    .filter(({ expiresAt }) => expiresAt > from);
  const held = heldBy(leases, kin);
  return Object.fromEntries(
    Object.entries(countersOf(item)).map(([name, value]) => [name, Number(value) - (held.get(name) ?? 0)]),
  );
};
