/** What must be true when all is over. */

import { amountOf } from './accounts.ts';
import { countersIn, recordedIn } from './audit.ts';
import { counterOf, type Spending } from './books.ts';
import type { World } from './world.ts';

const isExact = (spending: Spending): boolean =>
  !spending.isUnsure &&
  !spending.isBlurred &&
  !spending.isContested &&
  !spending.isUnknown &&
  !spending.mayHaveLapsed &&
  !spending.isLoose &&
  spending.reserving + spending.settling === 0;

/** I3: where nothing failed and all was settled in time, the table counts exactly what was used. */
export const checkNoLeak = (world: World): void => {
  const { books, history } = world;
  // a version of the service that does not know a budget leaves what another one has reserved of it
  if (history.deployed !== undefined) return;
  for (const counted of countersIn(world)) {
    const { account, budget, counter } = counted;
    const within = books.all.filter(({ accounts }) => accounts.some(({ key }) => key === account.key));
    const isPlain = within.every(
      (spending) =>
        isExact(spending) &&
        // a run may find room in one shard, and the one that repeats it in another
        ((budget.shards ?? 1) === 1 || spending.runs === 1) &&
        (spending.granted === undefined || spending.isSettled) &&
        ((spending.counters.get(account.key + budget.name)?.size ?? 0) === 0 ||
          counterOf(spending, account, budget) !== undefined),
    );
    const recorded = recordedIn(world, counted);
    if (!isPlain || recorded === undefined) continue;
    world.count('exact');
    const used = books.sum(account.key, budget, counter, ({ isSettled, actual }) =>
      isSettled ? amountOf(budget, actual ?? {}) : 0,
    );
    if (recorded !== used) world.violate('I3', `${account.key} ${counter}: ${recorded} recorded, ${used} used`);
  }
};
