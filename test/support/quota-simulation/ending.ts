/** What must be true when all is over. */

import type { Budget, Principal, QuotaLedger } from '../../../core/quota/types.ts';
import { type Account, accountsOf, amountOf } from './accounts.ts';
import { countersIn, recordedIn } from './audit.ts';
import { counterOf, type Spending } from './books.ts';
import type { World } from './world.ts';

const isExact = (spending: Spending): boolean =>
  !spending.isUnsure &&
  !spending.isBlurred &&
  !spending.mayHaveLapsed &&
  !spending.isLoose &&
  spending.reserving + spending.settling === 0;

/** I3: where nothing failed and all was settled in time, the table counts exactly what was used. */
export const checkNoLeak = (world: World): void => {
  const { books } = world;
  for (const counted of countersIn(world)) {
    const { account, budget, counter } = counted;
    const within = books.all.filter(({ accounts }) => accounts.some(({ key }) => key === account.key));
    const isPlain = within.every(
      (spending) =>
        isExact(spending) &&
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

/** The least that a part of a budget holds. */
const leastPart = ({ limit, shards = 1, beyondShare }: Budget): number =>
  Math.floor(Math.min(limit, beyondShare?.limit ?? limit) / shards);

const largestFor = (accounts: readonly Account[]): number =>
  Math.min(
    ...accounts
      .flatMap(({ budgets }) => budgets)
      .filter(({ soft }) => soft !== true)
      .map((budget) => Math.floor(leastPart(budget) / (amountOf(budget, ONE) || 1))),
  );

/** Units for one token, in the largest ratio that requests have. */
const ONE = { tokens: 1, usdMicros: 9, quotaTokens: 2 };

const DAY_MS = 86_400_000;

/** Longer than any window but a session's, and any lease. */
const LONG_MS = 70 * DAY_MS;

/** Everybody whom budgets count for: whoever it is, the next window is theirs. */
const CALLERS: readonly (readonly Principal[])[] = [
  [
    { kind: 'user', id: 'u0' },
    { kind: 'tenant', id: 't0' },
    { kind: 'account', id: 'a' },
  ],
  [
    { kind: 'user', id: 'u0' },
    { kind: 'tenant', id: 't0' },
    { kind: 'account', id: 'a' },
    { kind: 'model', id: 'm0' },
  ],
];

/** I7: when all leases have expired and a window has passed, as much as the limit is granted at once. */
export const checkLiveness = async (
  world: World,
  inspector: QuotaLedger,
  pass: (ms: number) => void,
  deal: <T>(work: Promise<T>) => Promise<T>,
): Promise<void> => {
  pass(LONG_MS);
  for (const [index, principals] of CALLERS.entries()) {
    const accounts = accountsOf(world.history.budgets, principals).filter(({ budgets }) => budgets.length > 0);
    const hard = accounts.flatMap(({ budgets }) => budgets).filter(({ soft }) => soft !== true);
    if (hard.length === 0 || hard.some(({ window }) => window === 'session')) continue;
    const tokens = largestFor(accounts);
    const cost = { tokens, usdMicros: tokens * ONE.usdMicros, quotaTokens: tokens * ONE.quotaTokens };
    const outcome = await deal(inspector.reserve(principals, cost, { id: `inspection${index}`, ttlMs: 60_000 }));
    if (!outcome.granted) world.violate('I7', `${tokens} tokens of a new window: ${JSON.stringify(outcome)}`);
    else {
      world.count('granted after all');
      await deal(inspector.settle(outcome, {}));
      checkSize(world);
    }
  }
};

/** Windows of a budget that an item keeps when nothing is in flight: what has been left of the past, and a margin. */
const MOST_ATTRIBUTES = 40;

/** Bytes of an item of that many attributes, names included. */
const MOST_BYTES = 4096;

/** I7: items stay small. */
const checkSize = (world: World): void => {
  for (const [key, item] of world.table.items) {
    const attributes = Object.keys(item).length;
    const bytes = JSON.stringify(item).length;
    if (attributes > MOST_ATTRIBUTES || bytes > MOST_BYTES)
      world.violate('I7', `${key} has ${attributes} attributes, ${bytes} bytes`);
  }
};
