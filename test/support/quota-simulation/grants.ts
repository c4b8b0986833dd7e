/** Whether what was granted could be granted. */

import type { Budget, Cost, Reservation } from '../../../core/quota/types.ts';
import { type Account, amountOf } from './accounts.ts';
import { counterOf, heldOf, type Spending } from './books.ts';
import type { Process } from './processes.ts';
import type { World } from './world.ts';

/** Whether a budget keeps its limit whatever happens: hard, closed, charged on expiry, and reserved beforehand. */
export const isStrict = (account: Account, { soft, onExpiry, unit }: Budget): boolean =>
  account.isClosed && soft !== true && onExpiry !== 'release' && unit !== 'strikes';

/** Whether a budget never grants what its limit has no room for, expired reservations aside. */
const isHard = ({ soft, unit }: Budget): boolean => soft !== true && unit !== 'strikes';

const isKnownToCount = (spending: Spending, account: Account, budget: Budget): boolean =>
  (account.isClosed || !spending.isLoose) && !(budget.onExpiry === 'release' && spending.mayHaveLapsed);

/**
 * I1, I5: what callers hold and what was used, of one window, stays within the limit. For budgets that release on
 * expiry, without what may have expired: its holder may still spend it, and somebody else the same again.
 */
export const checkLimits = (world: World, spending: Spending): void => {
  for (const account of spending.accounts)
    for (const budget of account.budgets.filter(isHard)) {
      const counter = counterOf(spending, account, budget);
      if (counter === undefined) continue;
      const sum = world.books.sum(account.key, budget, counter, (each) =>
        isKnownToCount(each, account, budget) ? heldOf(each, budget) : 0,
      );
      if (sum > budget.limit)
        world.violate(isStrict(account, budget) ? 'I1' : 'I5', `${account.key} ${counter}: ${sum} of ${budget.limit}`);
    }
};

/** I6: what is granted is counted, unless the table gave no answer and the budgets can do without. */
export const checkCounted = (world: World, spending: Spending, cost: Cost, process: Process): void => {
  for (const account of spending.accounts)
    for (const budget of account.budgets) {
      if (amountOf(budget, cost) === 0 || spending.counters.has(account.key + budget.name)) continue;
      if (account.isClosed || process.failures === 0)
        world.violate('I6', `${account.key} ${budget.name} does not count ${spending.lease}`);
      else world.count(`passed uncounted`);
    }
};

/** I8: a one-time token works once per keeper, in whatever process. `used` is by keeper and token. */
export const checkToken = (world: World, spending: Spending, used: Map<string, Spending>, key: string): void => {
  const before = used.get(key);
  if (before !== undefined && before !== spending)
    world.violate('I8', `${key} used by ${before.lease} and ${spending.lease}`);
  used.set(key, spending);
  world.count('token used');
};

/** I11: beyond its fair share, a caller fills a budget, or a part of it, only up to the limit that it has for those. */
export const checkShares = (world: World, spending: Spending, known: ReadonlySet<Spending>, cost: Cost): void => {
  for (const account of spending.accounts)
    for (const budget of account.budgets) {
      const { beyondShare } = budget;
      const counter = counterOf(spending, account, budget);
      const payer = spending.accounts.find(({ budgets }) => budgets.some(({ name }) => name === beyondShare?.of));
      const share = payer?.budgets.find(({ name }) => name === beyondShare?.of);
      if (beyondShare === undefined || counter === undefined || payer === undefined || share === undefined) continue;
      // of a budget in parts callers within their shares may have filled others
      if (!payer.isClosed || !account.isClosed || (budget.shards ?? 1) > 1) continue;
      const sum = (of: Account, by: Budget): number =>
        world.books.sum(of.key, by, by.name + counter.slice(budget.name.length), (each) =>
          known.has(each) && each !== spending && isKnownToCount(each, of, by) ? heldOf(each, by) : 0,
        );
      const amount = amountOf(budget, cost);
      if (amount === 0 || sum(payer, share) < share.limit) continue;
      world.count('beyond the fair share');
      const total = sum(account, budget) + amount;
      if (total > beyondShare.limit)
        world.violate('I11', `${account.key} ${counter}: ${total} of ${beyondShare.limit}`);
    }
};

/** What a grant says of the budgets. */
export const checkLevels = (world: World, { levels }: Reservation, spending: Spending): void => {
  const names = new Set(spending.accounts.flatMap(({ budgets }) => budgets.map(({ name }) => name)));
  for (const level of levels) {
    if (!names.has(level.budget)) world.violate('I9', `a level of ${level.budget}, which does not count`);
    const isWithin =
      level.resetSeconds >= 1 && (level.windowSeconds === 0 || level.resetSeconds <= level.windowSeconds);
    if (!isWithin) world.violate('I9', `${level.budget} ends in ${level.resetSeconds} of ${level.windowSeconds} s`);
  }
};
