/** Whether what was granted could be granted. */

import type { Budget, Cost, Reservation } from '../../../core/quota/types.ts';
import { counterName } from '../../../core/quota/windows/counters.ts';
import { type Account, amountOf } from './accounts.ts';
import { counterOf, heldOf, isUnclear, type Spending } from './books.ts';
import type { Process } from './processes.ts';
import type { World } from './world.ts';

/** Whether a budget keeps its limit whatever happens: hard, closed, charged on expiry, and reserved beforehand. */
export const isStrict = (account: Account, { soft, onExpiry, unit }: Budget): boolean =>
  account.isClosed && soft !== true && onExpiry !== 'release' && unit !== 'strikes';

/** Whether a budget never grants what its limit has no room for, expired reservations aside. */
const isHard = ({ soft, unit }: Budget): boolean => soft !== true && unit !== 'strikes';

const isKnownToStand = (spending: Spending, budget: Budget): boolean =>
  !(budget.onExpiry === 'release' && spending.mayHaveLapsed);

const isKnownToCount = (spending: Spending, account: Account, budget: Budget): boolean =>
  (account.isClosed || !spending.isLoose) && isKnownToStand(spending, budget);

/**
 * I1, I5: what callers hold and what was used, of one window, stays within the limit. For budgets that release on
 * expiry, without what may have expired: its holder may still spend it, and somebody else the same again.
 */
export const checkLimits = (world: World, spending: Spending): void => {
  for (const account of spending.accounts)
    for (const budget of account.budgets.filter(isHard)) {
      const counter = counterOf(spending, account, budget);
      if (counter === undefined) continue;
      const sum = world.books.sum(account.key, budget, counter, (each, own) =>
        isKnownToCount(each, own, budget) ? heldOf(each, budget) : 0,
      );
      if (sum > budget.limit)
        world.violate(isStrict(account, budget) ? 'I1' : 'I5', `${account.key} ${counter}: ${sum} of ${budget.limit}`);
    }
};

/** What a process may let pass by itself of a budget, without the table (`DEGRADED_SHARE`). */
const allowanceOf = ({ limit, shards = 1 }: Budget): number => Math.max(1, Math.floor((limit / shards) * 0.1));

/** I6: within the allowance of this process for the window. */
const checkAllowance = (world: World, spending: Spending, account: Account, budget: Budget, where: string): void => {
  if (account.isDegraded) world.count('passed within the allowance');
  if (!account.isDegraded || !isHard(budget)) return;
  spending.local.set(account.key + budget.name, where);
  const passed = world.books.all.filter(
    (each) => each.local.get(account.key + budget.name) === where && isKnownToStand(each, budget),
  );
  const sum = passed.reduce((total, each) => total + heldOf(each, budget), 0);
  if (sum > allowanceOf(budget))
    world.violate('I6', `${account.key} ${where}: ${sum} of an allowance of ${allowanceOf(budget)}`);
};

/** I6: what is granted is counted, unless the table gave no answer and the budgets can do without. */
export const checkCounted = (world: World, spending: Spending, cost: Cost, process: Process): void => {
  for (const account of spending.accounts)
    for (const budget of account.budgets) {
      if (amountOf(budget, cost) === 0 || spending.counters.has(account.key + budget.name)) continue;
      if (account.isClosed || process.failures === 0)
        world.violate('I6', `${account.key} ${budget.name} does not count ${spending.lease}`);
      else {
        const window = counterName(budget, world.now() + process.offset);
        world.count('passed uncounted');
        checkAllowance(world, spending, account, budget, `process ${process.number}, ${window}`);
      }
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

/**
 * I11: beyond its fair share, a caller fills a budget only up to the limit that it has for those. `known` is what callers
 * had been granted when this was asked.
 */
export const checkShares = (world: World, spending: Spending, known: ReadonlyMap<Spending, Cost>, cost: Cost): void => {
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
        world.books.sum(of.key, by, by.name + counter.slice(budget.name.length), (each, own) =>
          each !== spending && isKnownToCount(each, own, by)
            ? Math.min(heldOf(each, by), amountOf(by, known.get(each) ?? {}))
            : 0,
        );
      const amount = amountOf(budget, cost);
      if (amount === 0 || sum(payer, share) < share.limit) continue;
      world.count('beyond the fair share');
      const total = sum(account, budget) + amount;
      if (total > beyondShare.limit)
        world.violate('I11', `${account.key} ${counter}: ${total} of ${beyondShare.limit}`);
    }
};

/** I10: whoever has reached a limit of strikes is granted nothing. `known` was settled before this was asked, at `clock`. */
export const checkStrikes = (world: World, spending: Spending, known: ReadonlySet<Spending>, clock: number): void => {
  for (const account of spending.accounts.filter(({ isClosed }) => isClosed))
    for (const budget of account.budgets.filter(({ unit }) => unit === 'strikes')) {
      const counter = counterName(budget, clock);
      if (counter !== counterName(budget, world.processes.latest())) continue;
      const strikes = world.books.sum(account.key, budget, counter, (each) =>
        known.has(each) && each !== spending && !each.isForgotten ? heldOf(each, budget) : 0,
      );
      if (strikes >= budget.limit) world.violate('I10', `${account.key} ${counter}: granted after ${strikes} strikes`);
    }
};

/** I2: a strike is counted, unless its request is settled too late, or a window of its budget ended meanwhile. */
export const checkStruck = (world: World, spending: Spending): void => {
  if (spending.isForgotten || isUnclear(spending)) return;
  // what one version of the service has reserved, another one clears away without a trace
  if (spending.mayHaveLapsed && world.history.deployed !== undefined) return;
  for (const account of spending.accounts)
    for (const budget of account.budgets) {
      if (budget.unit !== 'strikes' || amountOf(budget, spending.actual ?? {}) === 0) continue;
      const isCounted = spending.counters.has(account.key + budget.name);
      world.count('struck');
      if (counterName(budget, spending.beganAt) !== counterName(budget, world.processes.latest())) continue;
      if (!isCounted && (account.isClosed || !spending.isLoose))
        world.violate('I2', `${account.key} ${budget.name}: the strike of ${spending.lease} is not counted`);
    }
};

/** What a grant says of the budgets. */
export const checkLevels = (world: World, { levels }: Reservation, accounts: readonly Account[]): void => {
  const names = new Set(accounts.flatMap(({ budgets }) => budgets.map(({ name }) => name)));
  for (const level of levels) {
    if (!names.has(level.budget)) world.violate('I9', `a level of ${level.budget}, which does not count`);
    const isWithin =
      level.resetSeconds >= 1 && (level.windowSeconds === 0 || level.resetSeconds <= level.windowSeconds);
    if (!isWithin) world.violate('I9', `${level.budget} ends in ${level.resetSeconds} of ${level.windowSeconds} s`);
  }
};
