/** What reservations hold of the counters of an item. */

import { amountFor } from './amounts.ts';
import { counterName } from './counters.ts';
import { chargedTo, type LeaseRecord } from './item.ts';
import type { Budget } from './types.ts';

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
