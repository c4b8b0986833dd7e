/** Leases of functions that died: what a write gets from them. */

import { amountFor } from '../amounts.ts';
import { denialFor } from '../denials.ts';
import type { Budget, Cost } from '../types.ts';
import { counterName } from '../windows/counters.ts';
import { deadLeases, lapsedAttribute, lapsedCount, usedIn, writeLapsed } from './item.ts';
import type { QuotaItem } from './item-store.ts';
import { chargedTo, isOfVersion, type LeaseRecord, readLease } from './lease.ts';

/** Most dead leases that one write clears away: an expression has 4 KB. */
const MAX_REAPED = 20;

/** How long a holder that was taken for dead may still be heard of, in milliseconds. A frozen function may thaw. */
const LAPSED_MS = 900_000;

/**
 * Most lapsed leases that are kept of one principal. When there are more at once, leases of dead functions stay
 * charged, also where budgets would release them: what is kept must not grow without bound.
 */
const MAX_LAPSED = 100;

/** A lease that is cleared away: its attribute, its value, and what each counter gets back. */
export interface Reaped {
  readonly attribute: string;
  readonly value: string;
  readonly refunds: ReadonlyMap<string, number>;
  /** What stays of it for a holder that is only late, where that may still matter. */
  readonly lapsed: { readonly attribute: string; readonly text: string } | undefined;
}

/** What a reaper has to know. Times in milliseconds. */
export interface ReapOptions {
  /** All budgets of the item's kind of principal. */
  readonly kin: readonly Budget[];
  readonly at: number;
  readonly skewMs: number;
  /** Attribute of a lease that is not to be taken for dead. @default none */
  readonly except?: string;
}

/**
 * The budgets that a lease is charged to in windows that still count; none where a version of the service wrote it whose
 * budgets differ: then it stays charged.
 */
const countingFor = (kin: readonly Budget[], lease: LeaseRecord, at: number): readonly Budget[] =>
  isOfVersion(kin, lease)
    ? chargedTo(kin, lease).filter((budget) => counterName(budget, lease.reservedAt) === counterName(budget, at))
    : [];

/** What counters get back of a lease that ends. */
const refundsOf = (counting: readonly Budget[], { cost, reservedAt }: LeaseRecord): ReadonlyMap<string, number> =>
  new Map(
    counting
      .filter((budget) => budget.onExpiry === 'release' && amountFor(budget, cost) > 0)
      .map((budget) => [counterName(budget, reservedAt), amountFor(budget, cost)]),
  );

const NOTHING: ReadonlyMap<string, number> = new Map();

/** Dead leases of an item, ready to be cleared away. */
export const reapable = (item: QuotaItem, { kin, at, skewMs, except }: ReapOptions): readonly Reaped[] => {
  let room = MAX_LAPSED - lapsedCount(item);
  return deadLeases(item, at, skewMs)
    .filter(([attribute]) => attribute !== except)
    .slice(0, MAX_REAPED)
    .map(([attribute, value]) => {
      const lease = readLease(value);
      const counting = countingFor(kin, lease, at);
      const refunds = refundsOf(counting, lease);
      // What was given back has to be charged, and a strike to be counted, should the holder only be late.
      const matters = refunds.size > 0 || counting.some(({ unit }) => unit === 'strikes');
      if (!matters || room <= 0) return { attribute, value, refunds: NOTHING, lapsed: undefined };
      room -= 1;
      const lapsed = { attribute: lapsedAttribute(attribute), text: writeLapsed(value, at + LAPSED_MS) };
      return { attribute, value, refunds, lapsed };
    });
};

const shuffled = <T>(items: readonly T[], random: () => number): readonly T[] =>
  items
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);

/**
 * The fewest dead leases, chosen at random, whose amounts make room for `cost`; `undefined` where they do not. Callers
 * who reap at once seldom want the same ones.
 *
 * @param budgets The budgets that `cost` has to fit into.
 */
export const roomFrom = (
  item: QuotaItem,
  budgets: readonly Budget[],
  cost: Cost,
  options: ReapOptions,
  random: () => number,
): readonly Reaped[] | undefined => {
  const dead = shuffled(reapable(item, options), random).filter(({ refunds }) => refunds.size > 0);
  const after: Record<string, number | string> = { ...item };
  for (const [index, { refunds }] of dead.entries()) {
    for (const [counter, amount] of refunds) after[counter] = Number(after[counter] ?? 0) - amount;
    if (denialFor(budgets, cost, usedIn(after, options.at), options.at) === undefined) return dead.slice(0, index + 1);
  }
  return undefined;
};
