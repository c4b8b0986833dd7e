/** The limits that hold this time: of one shard, for somebody within a fair share or beyond it. */

import { spread } from './spread.ts';
import type { Budget } from './types.ts';

/** The part of `limit` that shard number `shard` of `shards` keeps. The parts add up to the whole. */
export const shardLimit = (limit: number, shard: number, shards: number): number =>
  Math.floor(limit / shards) + (shard < limit % shards ? 1 : 0);

/** How many parts the budgets of a payer are kept in. */
export const shardsOf = (budgets: readonly Budget[]): number => budgets[0]?.shards ?? 1;

/** In which order a reservation asks the shards: the same for the same id, and all orders alike over many ids. */
export const shardOrder = (shards: number, id: string): readonly number[] =>
  Array.from({ length: shards }, (_, shard) => shard).sort((a, b) => spread(`${id}#${a}`) - spread(`${id}#${b}`));

/** The budgets whose fair shares decide about others: whoever has not shown to be within them is beyond. */
export const sharesIn = (budgets: readonly Budget[]): Set<string> =>
  new Set(budgets.flatMap(({ beyondShare }) => (beyondShare === undefined ? [] : [beyondShare.of])));

/** `budgets` with the limits that hold in a shard for somebody who is beyond the shares named. */
export const termsOf = (
  budgets: readonly Budget[],
  shard: number,
  beyond: ReadonlySet<string> = new Set(),
): readonly Budget[] =>
  budgets.map((budget) => {
    const { beyondShare, shards = 1 } = budget;
    const isBeyond = beyondShare !== undefined && beyond.has(beyondShare.of);
    // An operator may have set a limit below what is open to everybody.
    const limit = isBeyond ? Math.min(beyondShare.limit, budget.limit) : budget.limit;
    return shards === 1 && limit === budget.limit ? budget : { ...budget, limit: shardLimit(limit, shard, shards) };
  });

/** `budgets` with the limits that an operator has set for one principal, by budget name. */
export const withLimits = (budgets: readonly Budget[], limits: ReadonlyMap<string, number>): readonly Budget[] =>
  limits.size === 0
    ? budgets
    : budgets.map((budget) => ({ ...budget, limit: limits.get(budget.name) ?? budget.limit }));
