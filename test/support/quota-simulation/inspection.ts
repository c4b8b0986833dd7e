/** Whether budgets are usable again when all is over (I7), asked by a process with a right clock that comes then. */

import type { Budget, Principal, QuotaLedger } from '../../../core/quota/types.ts';
import { type Account, accountsOf, amountOf } from './accounts.ts';
import type { World } from './world.ts';

/** What an inspection needs. */
export interface Inspection {
  readonly ledger: QuotaLedger;
  /** Lets time pass, in milliseconds. */
  readonly pass: (ms: number) => void;
  /** Answers requests to the table until the work is done. */
  readonly deal: <T>(work: Promise<T>) => Promise<T>;
}

const MINUTE_MS = 60_000;

/** Longer than any lease, by whatever clock. */
const LEASES_MS = 30 * MINUTE_MS;

/** Longer than any window but a session's. */
const WINDOWS_MS = 70 * 24 * 60 * MINUTE_MS;

const CALLER: readonly Principal[] = [
  { kind: 'session', id: 's0' },
  { kind: 'user', id: 'u0' },
  { kind: 'tenant', id: 't0' },
  { kind: 'account', id: 'a' },
];

const CALLERS: readonly (readonly Principal[])[] = [CALLER, [...CALLER, { kind: 'model', id: 'm0' }]];

/** Units for one token, in a ratio that requests have. */
const ONE = { tokens: 1, usdMicros: 9, quotaTokens: 2 };

const isHard = ({ soft, unit }: Budget): boolean => soft !== true && unit !== 'strikes';

/** What every part of a budget holds at least. */
const leastPart = ({ limit, shards = 1, beyondShare }: Budget): number =>
  Math.floor(Math.min(limit, beyondShare?.limit ?? limit) / shards);

const tokensWithin = (budget: Budget, room: number): number => {
  const each = amountOf(budget, ONE);
  return each === 0 ? Number.POSITIVE_INFINITY : Math.floor(room / each);
};

/** What settlements may have counted for a budget, at most. */
const settledFor = (world: World, account: Account, budget: Budget): number =>
  world.books.all
    .filter(({ accounts }) => accounts.some(({ key }) => key === account.key))
    .reduce((sum, { actual = {}, settlements }) => sum + settlements * amountOf(budget, actual), 0);

/** More items than these keep when nothing is in flight, or larger ones, show that something is never cleared away. */
const MOST_ATTRIBUTES = 40;
const MOST_BYTES = 4096;

const checkSize = (world: World): void => {
  for (const [key, item] of world.table.items) {
    const attributes = Object.keys(item).length;
    const bytes = JSON.stringify(item).length;
    if (attributes > MOST_ATTRIBUTES || bytes > MOST_BYTES)
      world.violate('I7', `${key} has ${attributes} attributes, ${bytes} bytes`);
  }
};

/**
 * When all leases have expired, what budgets release is there again, within the window; when all windows have passed,
 * the whole limit is.
 */
export const inspect = async (world: World, { ledger, pass, deal }: Inspection): Promise<void> => {
  const ask = async (principals: readonly Principal[], tokens: number, when: string): Promise<void> => {
    if (tokens <= 0 || tokens === Number.POSITIVE_INFINITY) return;
    const cost = { tokens, usdMicros: tokens * ONE.usdMicros, quotaTokens: tokens * ONE.quotaTokens };
    const id = `${when} ${principals.length}`;
    const outcome = await deal(ledger.reserve(principals, cost, { id, ttlMs: MINUTE_MS }));
    world.count(`granted ${when}`);
    if (outcome.granted) await deal(ledger.settle(outcome, {}));
    else world.violate('I7', `${tokens} tokens ${when}: ${JSON.stringify(outcome)}`);
  };

  const boundsOf = (principals: readonly Principal[]): readonly { account: Account; budget: Budget }[] =>
    accountsOf(world.history.budgets, principals).flatMap((account) =>
      account.budgets.filter(isHard).map((budget) => ({ account, budget })),
    );

  const mayBeStruck = (principals: readonly Principal[], isLasting: (budget: Budget) => boolean): boolean =>
    accountsOf(world.history.budgets, principals).some(({ budgets }) =>
      budgets.some((budget) => budget.unit === 'strikes' && isLasting(budget)),
    );

  pass(LEASES_MS);
  for (const principals of CALLERS) {
    const bounds = boundsOf(principals);
    const isPlain = ({ budget }: { budget: Budget }): boolean =>
      budget.onExpiry === 'release' && (budget.shards ?? 1) === 1;
    // what one version of the service reserved, another one does not release
    if (world.history.deployed || !bounds.every(isPlain) || mayBeStruck(principals, () => true)) continue;
    const room = bounds.map(({ account, budget }) =>
      tokensWithin(budget, leastPart(budget) - settledFor(world, account, budget)),
    );
    await ask(principals, Math.min(...room), 'after all leases');
  }
  pass(WINDOWS_MS);
  for (const principals of CALLERS) {
    const bounds = boundsOf(principals);
    const isLasting = ({ window }: Budget): boolean => window === 'session';
    if (bounds.some(({ budget }) => isLasting(budget)) || mayBeStruck(principals, isLasting)) continue;
    const room = bounds.map(({ budget }) => tokensWithin(budget, leastPart(budget)));
    await ask(principals, Math.min(...room), 'after all windows');
    checkSize(world);
  }
};
