/** Leases of functions that died: what a write gets from them. */

import { denialFor } from '../../core/quota/budgets.ts';
import type { Budget, Cost } from '../../core/quota/types.ts';
import { type Reaped, refundsOf } from './quota-expressions.ts';
import { deadLeases, type QuotaItem, readLease, usedIn } from './quota-item.ts';

/** Most dead leases that one write clears away: an expression has 4 KB. */
const MAX_REAPED = 20;

/** What a reaper has to know. Times in milliseconds. */
export interface ReapOptions {
  /** The budgets of the item's principal. */
  readonly own: readonly Budget[];
  readonly at: number;
  readonly skewMs: number;
}

/** Dead leases of an item, ready to be cleared away, but for the one named `except`. */
export const reapable = (item: QuotaItem, { own, at, skewMs }: ReapOptions, except?: string): readonly Reaped[] =>
  deadLeases(item, at, skewMs)
    .filter(([attribute]) => attribute !== except)
    .slice(0, MAX_REAPED)
    .map(([attribute, value]) => {
      const { cost, reservedAt } = readLease(value);
      return { attribute, value, refunds: refundsOf(own, cost, reservedAt) };
    });

const shuffled = <T>(items: readonly T[], random: () => number): readonly T[] =>
  items
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);

/**
 * The fewest dead leases, chosen at random, whose amounts make room for `cost`; `undefined` where they do not. Callers
 * who reap at once seldom want the same ones.
 */
export const roomFrom = (
  item: QuotaItem,
  cost: Cost,
  options: ReapOptions,
  random: () => number,
): readonly Reaped[] | undefined => {
  const dead = shuffled(reapable(item, options), random);
  const freed = new Map<string, number>();
  for (const [index, { refunds }] of dead.entries()) {
    for (const [counter, amount] of refunds) freed.set(counter, (freed.get(counter) ?? 0) + amount);
    const after: Record<string, QuotaItem[string]> = { ...item };
    for (const [counter, amount] of freed) after[counter] = { N: String(Number(item[counter]?.N ?? 0) - amount) };
    if (denialFor(options.own, cost, usedIn(after, options.at), options.at) === undefined)
      return dead.slice(0, index + 1);
  }
  return undefined;
};
