/** How holds end: settled to what was used, late or in time, or given back. */

import type { Cost } from '../types.ts';
import type { Hold } from './hold.ts';
import { lapsedAttribute, lapsedLease, staleAttributes } from './item.ts';
import type { ItemStore, ItemUpdate } from './item-store.ts';
import { chargedTo, readLease, sameReservation } from './lease.ts';
import { type Reaped, reapable } from './reaping.ts';
import { lateSettleUpdate, settleUpdate } from './updates.ts';

/** Tries to end a hold: only writes of others to the same lease make another one necessary. */
const MAX_TRIES = 8;

/** What a settlement clears away beside. */
interface Past {
  readonly stale: readonly string[];
  readonly reaped: readonly Reaped[];
}

const NO_PAST: Past = { stale: [], reaped: [] };

const settlement = ({ account, attribute }: Hold, value: string, actual: Cost, past: Past): ItemUpdate => {
  const record = readLease(value);
  return settleUpdate({
    budgets: chargedTo(account.kin, record),
    reserved: record.cost,
    actual,
    reservedAt: record.reservedAt,
    lease: { attribute, value },
    ...past,
  });
};

/** The settlement of a lease that was taken for dead. */
const lateSettlement = ({ account, attribute }: Hold, text: string, actual: Cost): ItemUpdate => {
  const record = readLease(lapsedLease(text));
  return lateSettleUpdate({
    budgets: chargedTo(account.kin, record),
    reserved: record.cost,
    actual,
    reservedAt: record.reservedAt,
    lapsed: { attribute: lapsedAttribute(attribute), text },
  });
};

/** What endings are made with. Times in milliseconds. */
export interface EndingsOptions {
  readonly store: ItemStore;
  readonly now: () => number;
  readonly skewMs: number;
}

/** Ends holds in the items of `store`. What the store throws passes as it is. */
export interface Endings {
  /** Ends a hold, once. A hold that has ended stays as it is. */
  settle(hold: Hold, actual: Cost): Promise<void>;
  /**
   * Ends a hold that came to nothing, unless another run of the same invocation made or joined it.
   *
   * @param unused An attribute that was written with it, and goes with it.
   */
  giveBack(hold: Hold, unused?: string): Promise<void>;
}

/** Endings in the items of `store`. */
export const createEndings = ({ store, now, skewMs }: EndingsOptions): Endings => {
  const pastOf = ({ account, item, attribute }: Hold): Past => ({
    stale: staleAttributes(item, now(), skewMs),
    reaped: reapable(item, { kin: account.kin, at: now(), skewMs, except: attribute }),
  });

  const settle = async (hold: Hold, actual: Cost): Promise<void> => {
    const { key } = hold.account;
    let { value } = hold;
    let past = pastOf(hold);
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const { done, item } = await store.write(key, settlement(hold, value, actual, past));
      if (done) return;
      const standing = item[hold.attribute];
      past = NO_PAST;
      if (standing !== undefined && sameReservation(String(standing), value)) {
        value = String(standing); // extended since, or somebody else has cleared the past away
        continue;
      }
      const text = item[lapsedAttribute(hold.attribute)];
      if (text === undefined || !sameReservation(lapsedLease(String(text)), value)) return;
      const late = await store.write(key, lateSettlement(hold, String(text), actual));
      if (late.done) return; // who comes second finds it gone, or written off by a reset
    }
    throw new Error('quota: the reservation could not be settled');
  };

  /** With the past of the item, else alone: somebody else may have cleared that away. */
  const giveBack: Endings['giveBack'] = async (hold, unused) => {
    if (hold.replayed) return;
    for (const { stale, reaped } of [pastOf(hold), NO_PAST]) {
      const past = { stale: unused === undefined ? stale : [...stale, unused], reaped };
      const { done, item } = await store.write(hold.account.key, settlement(hold, hold.value, {}, past));
      if (done || item[hold.attribute] !== hold.value) return;
    }
  };

  return { settle, giveBack };
};
