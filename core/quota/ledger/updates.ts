/** The conditional writes of the ledger, as plain data: one item each, no I/O. */

import { amountFor } from '../amounts.ts';
import { ceilingFor } from '../denials.ts';
import type { Budget, Cost } from '../types.ts';
import { counterName } from '../windows/counters.ts';
import { CLOCK, TTL_ATTRIBUTE } from './item.ts';
import type { Condition, ItemUpdate } from './item-store.ts';
import type { Reaped } from './reaping.ts';

/** Collects the parts of an update. Amounts for one counter add up. */
const createBuilder = () => {
  const conditions: Condition[] = [];
  const set: Record<string, number | string> = {};
  const remove = new Set<string>();
  const add = new Map<string, number>();
  return {
    set: (attribute: string, value: number | string) => {
      set[attribute] = value;
    },
    add: (attribute: string, amount: number) => add.set(attribute, (add.get(attribute) ?? 0) + amount),
    remove: (attribute: string) => remove.add(attribute),
    equals: (attribute: string, text: string) => conditions.push({ equals: attribute, text }),
    absent: (attribute: string) => conditions.push({ absent: attribute }),
    atMost: (attribute: string, number: number) => conditions.push({ atMost: attribute, number }),
    /** A store takes each attribute once: what is written or counted on is not cleared away. */
    build: (): ItemUpdate => {
      const counted = [...add].filter(([, amount]) => amount !== 0);
      for (const attribute of [...add.keys(), ...Object.keys(set)]) remove.delete(attribute);
      return { conditions, set, add: Object.fromEntries(counted), remove: [...remove] };
    },
  };
};

type Builder = ReturnType<typeof createBuilder>;

/** Clears dead leases away: what their budgets release is given back, and noted for a holder that is only late. */
const reap = (builder: Builder, reaped: readonly Reaped[]): void => {
  for (const { attribute, value, refunds, lapsed } of reaped) {
    builder.equals(attribute, value);
    builder.remove(attribute);
    if (lapsed !== undefined) builder.set(lapsed.attribute, lapsed.text);
    for (const [counter, amount] of refunds) builder.add(counter, -amount);
  }
};

/** What dead leases give back to a counter. */
const refundTo = (reaped: readonly Reaped[], counter: string): number =>
  reaped.reduce((sum, { refunds }) => sum + (refunds.get(counter) ?? 0), 0);

/** What a reservation writes. Times in milliseconds since the epoch. */
export interface ReserveWrite {
  readonly budgets: readonly Budget[];
  readonly cost: Cost;
  readonly at: number;
  /** The latest time that the item's clock may show. */
  readonly clockAtMost: number;
  readonly lease: { readonly attribute: string; readonly value: string };
  /** Seconds since the epoch. */
  readonly itemExpiry: number;
  readonly consume?: { readonly attribute: string; readonly expiresAt: number } | undefined;
  /** Dead leases whose amounts this reservation may use. */
  readonly reaped: readonly Reaped[];
}

/** Adds `cost` to every counter if it fits into each, and writes the lease. */
export const reserveUpdate = (write: ReserveWrite): ItemUpdate => {
  const builder = createBuilder();
  builder.absent(write.lease.attribute);
  builder.set(write.lease.attribute, write.lease.value);
  builder.atMost(CLOCK, write.clockAtMost);
  builder.set(CLOCK, write.at);
  builder.set(TTL_ATTRIBUTE, write.itemExpiry);
  if (write.consume !== undefined) {
    builder.absent(write.consume.attribute);
    builder.set(write.consume.attribute, write.consume.expiresAt);
  }
  reap(builder, write.reaped);
  for (const budget of write.budgets) {
    const counter = counterName(budget, write.at);
    const ceiling = ceilingFor(budget, write.cost);
    if (ceiling !== undefined) builder.atMost(counter, ceiling + refundTo(write.reaped, counter));
    builder.add(counter, amountFor(budget, write.cost));
  }
  return builder.build();
};

/** What an extension writes. */
export interface ExtendWrite {
  /** The budgets that count it. */
  readonly budgets: readonly Budget[];
  readonly extra: Cost;
  readonly reservedAt: number;
  readonly lease: { readonly attribute: string; readonly value: string; readonly newValue: string };
  /** Dead leases whose amounts this extension may use. */
  readonly reaped: readonly Reaped[];
}

/** Adds `extra` to the counters of the reservation if it fits into each, and to its lease. Taking back always fits. */
export const extendUpdate = ({ budgets, extra, reservedAt, lease, reaped }: ExtendWrite): ItemUpdate => {
  const builder = createBuilder();
  builder.equals(lease.attribute, lease.value);
  builder.set(lease.attribute, lease.newValue);
  reap(builder, reaped);
  for (const budget of budgets) {
    const amount = amountFor(budget, extra);
    const counter = counterName(budget, reservedAt);
    const ceiling = amount > 0 ? ceilingFor(budget, extra) : undefined;
    if (ceiling !== undefined) builder.atMost(counter, ceiling + refundTo(reaped, counter));
    builder.add(counter, amount);
  }
  return builder.build();
};

/** What a settlement writes. */
export interface SettleWrite {
  readonly budgets: readonly Budget[];
  readonly reserved: Cost;
  readonly actual: Cost;
  readonly reservedAt: number;
  readonly lease: { readonly attribute: string; readonly value: string };
  /** Attributes of the past to clear away. */
  readonly stale: readonly string[];
  /** Dead leases to clear away. */
  readonly reaped: readonly Reaped[];
}

/** Replaces what was reserved by what was used, and removes the lease: a lease settles once. */
export const settleUpdate = (write: SettleWrite): ItemUpdate => {
  const builder = createBuilder();
  builder.equals(write.lease.attribute, write.lease.value);
  builder.remove(write.lease.attribute);
  reap(builder, write.reaped);
  for (const attribute of write.stale) builder.remove(attribute);
  for (const budget of write.budgets)
    builder.add(
      counterName(budget, write.reservedAt),
      amountFor(budget, write.actual) - amountFor(budget, write.reserved),
    );
  return builder.build();
};

/** What the settlement of a lease writes that was taken for dead: what is still charged is replaced by what was used. */
export const lateSettleUpdate = (
  write: Omit<SettleWrite, 'stale' | 'reaped' | 'lease'> & {
    readonly lapsed: { readonly attribute: string; readonly text: string };
  },
): ItemUpdate => {
  const builder = createBuilder();
  builder.equals(write.lapsed.attribute, write.lapsed.text);
  builder.remove(write.lapsed.attribute);
  for (const budget of write.budgets) {
    const charged = budget.onExpiry === 'release' ? 0 : amountFor(budget, write.reserved);
    builder.add(counterName(budget, write.reservedAt), amountFor(budget, write.actual) - charged);
  }
  return builder.build();
};
