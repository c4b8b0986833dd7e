/** Whether denials tell the truth (I9), and soft budgets refuse nobody (I4). */

import { MAX_AHEAD_MS } from '../../../core/quota/ledger/item.ts';
import type { Budget, Cost, Denial } from '../../../core/quota/types.ts';
import { type Account, amountOf } from './accounts.ts';
import type { Process } from './processes.ts';
import type { World } from './world.ts';

/** A question to the ledger. */
export interface Asked {
  readonly accounts: readonly Account[];
  readonly cost: Cost;
  readonly process: Process;
  /** The true time at which it was asked. */
  readonly since: number;
}

/** For how long a process may repeat what an account has said, in milliseconds (`REMEMBER_MS`). */
const STALE_MS = 10_000;

/** Limits that may count: of the whole or a part, for those within and beyond a fair share. */
const limitsOf = ({ limit, shards = 1, beyondShare }: Budget): readonly number[] =>
  [limit, beyondShare?.limit ?? limit].flatMap((whole) => [
    whole,
    Math.floor(whole / shards),
    Math.ceil(whole / shards),
  ]);

const isCrowded = ({ reason, limit, remaining, retryAfterSeconds }: Denial): boolean =>
  reason === 'budget' && limit === 0 && remaining === 0 && retryAfterSeconds === 1;

/** Whether at some time the account was as full as the denial says, so full that it had no room. */
const wasSo = (world: World, asked: Asked, account: Account, budget: Budget, denial: Denial): boolean => {
  const amount = amountOf(budget, asked.cost);
  const isFull = (used: number, limit: number): boolean =>
    Math.max(0, limit - used) === denial.remaining &&
    (denial.reason === 'suspended' ? used >= limit : used + amount > limit);
  return world.versions.of(account.key, asked.since - STALE_MS).some((item) => {
    const counts = Object.keys(item).filter((name) => name.startsWith(`${budget.name}@`));
    return [0, ...counts.map((name) => Number(item[name]))].some((used) =>
      limitsOf(budget).some((limit) => isFull(used, limit)),
    );
  });
};

/** What is not true of a denial by `budget`, or `undefined`. */
const lieOf = (world: World, asked: Asked, account: Account, budget: Budget, denial: Denial): string | undefined => {
  const { windowSeconds, retryAfterSeconds, remaining } = denial;
  // An item whose clock is ahead ends its windows later, by the clock of whoever waits.
  const longest = windowSeconds + MAX_AHEAD_MS / 1000;
  if (!(retryAfterSeconds >= 1 && (windowSeconds === 0 || retryAfterSeconds <= longest))) return 'not in the window';
  if (!account.isClosed && asked.process.failures > 0) {
    world.count('denied: by the small allowance, perhaps');
    return undefined;
  }
  if (!limitsOf(budget).includes(denial.limit)) return 'a limit of no budget';
  const amount = amountOf(budget, asked.cost);
  if (denial.reason === 'never_fits') return amount <= denial.limit ? 'it does fit' : undefined;
  if (denial.reason === 'budget' && remaining >= amount) return `room for ${amount}`;
  return wasSo(world, asked, account, budget, denial) ? undefined : `never so full that ${amount} did not fit`;
};

/** Checks what the ledger said. */
export const checkDenial = (world: World, asked: Asked, denial: Denial): void => {
  world.count(`denied: ${denial.reason}`);
  if (denial.reason === 'consumed') return;
  const account = asked.accounts.find(({ budgets }) => budgets.some(({ name }) => name === denial.budget));
  const budget = account?.budgets.find(({ name }) => name === denial.budget);
  if (isCrowded(denial)) {
    world.count('denied: crowded');
    return;
  }
  if (denial.reason === 'budget' && (budget?.shards ?? 1) > 1) world.count('shards used up');
  if (budget?.soft === true) world.violate('I4', `${budget.name} is soft and refuses`);
  const lie = account && budget ? lieOf(world, asked, account, budget, denial) : 'a budget that does not count';
  if (lie !== undefined) world.violate('I9', `${lie}: ${JSON.stringify(denial)}`);
};
