/** Whether the table counts what was used, and keeps no more than it has to. */

import type { Budget } from '../../../core/quota/types.ts';
import { counterEndsAt, counterName } from '../../../core/quota/windows/counters.ts';
import { type Account, accountKeyOf, amountOf } from './accounts.ts';
import { counterOf, isUnclear, type Spending } from './books.ts';
import { isStrict } from './grants.ts';
import type { World } from './world.ts';

/** A counter that spendings are counted in. */
export interface Counted {
  readonly account: Account;
  readonly budget: Budget;
  readonly counter: string;
}

/** Every counter of the books, once. */
export const countersIn = (world: World): readonly Counted[] => {
  const found = new Map<string, Counted>();
  for (const spending of world.books.all)
    for (const account of spending.accounts)
      for (const budget of account.budgets) {
        const counter = counterOf(spending, account, budget);
        if (counter !== undefined) found.set(account.key + counter, { account, budget, counter });
      }
  return [...found.values()];
};

/** What the table counts, all shards together; `undefined` where some of them may have forgotten the window. */
export const recordedIn = (world: World, { account, budget, counter }: Counted): number | undefined => {
  const latest = world.processes.latest();
  if ((counterEndsAt(counter) ?? 0) <= latest) return undefined;
  const wasDeleted = [...world.table.deleted].some((key) => accountKeyOf(key) === account.key);
  // a session is forgotten when it was not used for long, every other window when it is over
  if (wasDeleted && budget.window === 'session') return undefined;
  if (wasDeleted && counterName(budget, latest) !== counter) return undefined;
  let sum = 0;
  for (const [key, item] of world.table.items) if (accountKeyOf(key) === account.key) sum += Number(item[counter] ?? 0);
  return sum;
};

/** What was billed for a spending and has to be counted by now. */
const owedFor = (spending: Spending, account: Account, budget: Budget): number => {
  if (!account.isClosed && spending.isLoose) return 0;
  if (isUnclear(spending)) return 0;
  const isHeard = spending.isSettled && !spending.isForgotten;
  if (budget.unit === 'strikes') return isHeard ? amountOf(budget, spending.actual ?? {}) : 0;
  // given back while its holder may still have been spending it, and not counted before that one settles
  if (budget.onExpiry === 'release' && spending.mayHaveLapsed && !isHeard) return 0;
  return amountOf(budget, spending.billed);
};

/** I2: what is recorded is never less than what was billed. I1: nor more than a strict limit. */
export const audit = (world: World): void => {
  world.count('audit');
  for (const counted of countersIn(world)) {
    const { account, budget, counter } = counted;
    const recorded = recordedIn(world, counted);
    if (recorded === undefined) {
      world.count('window over');
      continue;
    }
    const owed = world.books.sum(account.key, budget, counter, (spending, own) => owedFor(spending, own, budget));
    if (recorded < owed) world.violate('I2', `${account.key} ${counter}: ${recorded} recorded, ${owed} billed`);
    if (isStrict(account, budget) && recorded > budget.limit)
      world.violate('I1', `${account.key} ${counter}: ${recorded} recorded of ${budget.limit}`);
  }
};
