/**
 * What a reset writes to an item: what was spent is given back, what reservations in flight hold stays.
 *
 * A counter shows what was spent and what is held. Until the next reset what was spent only grows, whatever is reserved,
 * extended, settled or cleared away meanwhile: what it was when the item was read can be taken off at any time after,
 * once. The stamp of the last reset is what each reset replaces, so it is once, though a reply is lost and the same
 * write is sent again.
 */

import { amountFor } from '../amounts.ts';
import type { Budget } from '../types.ts';
import { counterName } from '../windows/counters.ts';
import { heldBy } from './held.ts';
import { lapsedLease, lapsedOf, leasesOf, STAMP } from './item.ts';
import type { Condition, ItemUpdate, QuotaItem } from './item-store.ts';
import { chargedTo, type LeaseRecord, readLease, writeLease } from './lease.ts';

/**
 * How long a lease must be over before its function counts as dead here, in milliseconds: as much as AWS lets the clock
 * of whoever signs a request be wrong (Signature Version 4).
 */
const OVERDUE_MS = 300_000;

/** Whether the function that holds a lease is dead for sure. */
export const isOverdue = ({ expiresAt }: LeaseRecord, at: number): boolean => expiresAt + OVERDUE_MS < at;

/** Most leases of dead functions that one write writes off: an expression has 4 KB. */
const MAX_WRITTEN_OFF = 20;

/** A lease that still has a say in counters, and how its attribute is written with another lease. */
interface Claim {
  readonly attribute: string;
  readonly text: string;
  readonly lease: LeaseRecord;
  readonly rewrite: (lease: LeaseRecord) => string;
}

/** Leases, and what lapsed ones still have charged: when they are settled after all, that is replaced. */
const claimsOf = (item: QuotaItem, budgets: readonly Budget[]): readonly Claim[] => {
  const released = budgets.filter(({ onExpiry }) => onExpiry === 'release').map(({ name }) => name);
  const standing = leasesOf(item).map(([attribute, text]) => ({
    attribute,
    text,
    lease: readLease(text),
    rewrite: writeLease,
  }));
  const lapsed = lapsedOf(item).map(([attribute, text]) => {
    const lease = readLease(lapsedLease(text));
    const until = text.slice(0, text.indexOf('|') + 1);
    const rewrite = (changed: LeaseRecord): string =>
      until + writeLease({ ...changed, except: changed.except.filter((name) => !released.includes(name)) });
    return { attribute, text, lease: { ...lease, except: [...lease.except, ...released] }, rewrite };
  });
  return [...standing, ...lapsed];
};

/** The claims of functions that are dead, on what `budgets` count at `at`. */
const overdue = (item: QuotaItem, budgets: readonly Budget[], at: number): readonly Claim[] =>
  claimsOf(item, budgets).filter(
    ({ lease }) =>
      isOverdue(lease, at) &&
      chargedTo(budgets, lease).some(
        (budget) =>
          amountFor(budget, lease.cost) > 0 && counterName(budget, lease.reservedAt) === counterName(budget, at),
      ),
  );

const heldByClaims = (claims: readonly Claim[], budgets: readonly Budget[]): ReadonlyMap<string, number> =>
  heldBy(
    claims.map(({ lease }) => lease),
    budgets,
  );

/** What a reset at `at` leaves of counters, by their names. */
export const heldIn = (item: QuotaItem, budgets: readonly Budget[], at: number): ReadonlyMap<string, number> =>
  heldByClaims(
    claimsOf(item, budgets).filter(({ lease }) => !isOverdue(lease, at)),
    budgets,
  );

/** What a reset does. */
export interface Reset {
  readonly update: ItemUpdate;
  /** What is given back, by budget name. */
  readonly givenBack: ReadonlyMap<string, number>;
  /** Whether there is more: of functions that died, one write can only give back so much. */
  readonly isPartial: boolean;
}

/**
 * The reset of `budgets` in an item; `undefined` when there is nothing to give back.
 *
 * @param at Milliseconds since the epoch, not before the item's clock.
 * @param stamp New for each write.
 */
export const resetUpdate = (
  item: QuotaItem,
  budgets: readonly Budget[],
  at: number,
  stamp: string,
): Reset | undefined => {
  const dead = overdue(item, budgets, at);
  const writtenOff = dead.slice(0, MAX_WRITTEN_OFF);
  const gone = new Set(writtenOff.map(({ attribute }) => attribute));
  const held = heldByClaims(
    claimsOf(item, budgets).filter(({ attribute }) => !gone.has(attribute)),
    budgets,
  );
  const spent = budgets
    .map((budget) => {
      const counter = counterName(budget, at);
      return { name: budget.name, counter, amount: Number(item[counter] ?? 0) - (held.get(counter) ?? 0) };
    })
    .filter(({ amount }) => amount > 0);
  if (spent.length === 0) return undefined;
  const before = item[STAMP];
  const conditions: Condition[] = [
    before === undefined ? { absent: STAMP } : { equals: STAMP, text: String(before) },
    ...writtenOff.map(({ attribute, text }) => ({ equals: attribute, text })),
  ];
  const names = budgets.map(({ name }) => name);
  const rewritten = writtenOff.map(({ attribute, lease, rewrite }) => [
    attribute,
    rewrite({ ...lease, except: [...new Set([...lease.except, ...names])] }),
  ]);
  return {
    update: {
      conditions,
      set: { [STAMP]: stamp, ...Object.fromEntries(rewritten) },
      add: Object.fromEntries(spent.map(({ counter, amount }) => [counter, -amount])),
      remove: [],
    },
    givenBack: new Map(spent.map(({ name, amount }) => [name, amount])),
    isPartial: dead.length > writtenOff.length,
  };
};
