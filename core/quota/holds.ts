/** Reservations in one item: each step is one conditional write, done again only where others were faster. */

import { sumOf } from './amounts.ts';
import { consumedDenial, crowdedDenial, denialFor, extendedBy } from './denials.ts';
import {
  chargedTo,
  clockOf,
  consumedAttribute,
  deadLeases,
  expiryOf,
  lapsedAttribute,
  lapsedLease,
  leaseAttribute,
  leasesOf,
  nextStamp,
  readLease,
  sameReservation,
  staleAttributes,
  usedIn,
  writeLease,
} from './item.ts';
import type { ItemStore, QuotaItem } from './item-store.ts';
import { type Reaped, reapable, roomFrom } from './reaping.ts';
import type { Budget, Cost, Denial, Lease } from './types.ts';
import { extendUpdate, lateSettleUpdate, reserveUpdate, settleUpdate } from './updates.ts';

/** Most reservations in flight in one item: what is kept of a principal must not grow without bound. */
export const MAX_HOLDS = 200;

/** An item, and the budgets that count in it. */
export interface Account {
  readonly key: string;
  /** The budgets that count this time, with the limits that hold this time. */
  readonly terms: readonly Budget[];
  /** All budgets that may count in the item. */
  readonly kin: readonly Budget[];
  /** Whether its budgets can do without the store. */
  readonly hurry: boolean;
}

/** What a reservation holds in one item. */
export interface Hold {
  readonly account: Account;
  /** Attribute of the lease, and its value when it was last written. */
  readonly attribute: string;
  readonly value: string;
  /** Whether the lease stood before: another run of the same invocation made it. */
  readonly replayed: boolean;
  /** The item as it was then. */
  readonly item: QuotaItem;
}

/** Makes, changes and ends holds. What the store throws passes as it is. */
export interface Holds {
  reserve(account: Account, cost: Cost, lease: Lease): Promise<Hold | Denial>;
  /** Adds `extra` to a hold; a negative one is taken back. @throws Error when the hold has ended. */
  extend(hold: Hold, account: Account, extra: Cost): Promise<Hold | Denial>;
  /** Ends a hold, once. A hold that has ended stays as it is. */
  settle(hold: Hold, actual: Cost): Promise<void>;
}

/** What holds are made with. Times in milliseconds. */
export interface HoldsOptions {
  readonly store: ItemStore;
  readonly nameOf: (id: string) => string;
  readonly now: () => number;
  readonly random: () => number;
  readonly skewMs: number;
  /** How long an item is kept after its last window. */
  readonly keepMs: number;
  /** Told of an account that refused, as it was then. */
  readonly onDenied: (account: Account, item: QuotaItem) => void;
}

/** Tries of one step: only writes of others to the same lease or to dead ones make a second one necessary. */
const MAX_TRIES = 8;

const namesNot = (kin: readonly Budget[], terms: readonly Budget[]): readonly string[] =>
  kin.length === terms.length
    ? []
    : kin.map(({ name }) => name).filter((name) => !terms.some((own) => own.name === name));

/** Holds in the items of `store`. */
export const createHolds = ({ store, nameOf, now, random, skewMs, keepMs, onDenied }: HoldsOptions): Holds => {
  const reserve = async (account: Account, cost: Cost, lease: Lease): Promise<Hold | Denial> => {
    const { key, terms, kin, hurry } = account;
    const attribute = leaseAttribute(nameOf(lease.id));
    let consume = lease.consume && {
      attribute: consumedAttribute(nameOf(lease.consume.id)),
      expiresAt: lease.consume.expiresAt,
    };
    const except = namesNot(kin, terms);
    let reaped: readonly Reaped[] = [];
    let clock = 0;
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const at = Math.max(now(), clock);
      // What the item's clock calls expired may be forgotten already.
      if (consume !== undefined && consume.expiresAt < at) return consumedDenial;
      const expiresAt = at + lease.ttlMs;
      const value = writeLease({ expiresAt, reservedAt: at, cost, stamp: nextStamp(random), except });
      const itemExpiry = expiryOf(kin, at, Math.max(expiresAt, lease.consume?.expiresAt ?? 0), keepMs);
      const { done, item } = await store.write(
        key,
        reserveUpdate({
          budgets: terms,
          cost,
          at,
          clockAtMost: at + skewMs,
          lease: { attribute, value },
          itemExpiry,
          consume,
          reaped,
        }),
        { hurry },
      );
      const standing = item[attribute];
      const hold = {
        account,
        attribute,
        value: standing === undefined ? value : String(standing),
        replayed: standing !== value,
        item,
      };
      if (done) {
        if (leasesOf(item).length <= MAX_HOLDS) return hold;
        await settle(hold, {}); // this clears dead leases away, too
        if (deadLeases(item, at, skewMs).length === 0) return crowdedDenial(terms[0]);
        consume = undefined; // used up by the write that was just taken back
        reaped = [];
        continue;
      }
      if (standing !== undefined) return hold;
      if (consume !== undefined && item[consume.attribute] !== undefined) return consumedDenial;
      reaped = [];
      if (clockOf(item) > at + skewMs) {
        clock = clockOf(item); // this clock is slow: the item's own counts
        continue;
      }
      const denial = denialFor(terms, cost, usedIn(item, at), at);
      const room = denial && roomFrom(item, terms, cost, { kin, at, skewMs }, random);
      if (denial !== undefined && room === undefined) {
        onDenied(account, item);
        return denial;
      }
      reaped = room ?? [];
    }
    return crowdedDenial(terms[0]);
  };

  const extend = async (hold: Hold, account: Account, extra: Cost): Promise<Hold | Denial> => {
    const touched = extendedBy(account.terms, extra);
    const isTakingBack = Object.values(extra).some((amount) => amount < 0);
    let { value } = hold;
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const record = readLease(value);
      const { reservedAt } = record;
      const newValue = writeLease({
        ...record,
        cost: sumOf(record.cost, extra),
        stamp: nextStamp(random, record.stamp),
      });
      const lease = { attribute: hold.attribute, value, newValue };
      const budgets = isTakingBack ? account.terms : touched;
      const update = extendUpdate({ budgets, extra, reservedAt, lease });
      const { done, item } = await store.write(account.key, update, { hurry: account.hurry });
      const standing = item[hold.attribute];
      if (done || standing === newValue) return { ...hold, account, value: newValue, item };
      if (standing === undefined || !sameReservation(String(standing), value))
        throw new Error('quota: the reservation has ended');
      const at = Math.max(now(), reservedAt);
      const denial = standing === value ? denialFor(touched, extra, usedIn(item, reservedAt), at) : undefined;
      if (denial !== undefined) return denial;
      value = String(standing); // another extension was faster: add to what it wrote
    }
    return crowdedDenial(account.terms[0]);
  };

  const settle = async (hold: Hold, actual: Cost): Promise<void> => {
    const { key, kin } = hold.account;
    const lapsed = lapsedAttribute(hold.attribute);
    const at = now();
    let { value } = hold;
    let past = {
      stale: staleAttributes(hold.item, at, skewMs),
      reaped: reapable(hold.item, { kin, at, skewMs }, hold.attribute),
    };
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const record = readLease(value);
      const common = { budgets: chargedTo(kin, record), reserved: record.cost, actual, reservedAt: record.reservedAt };
      const lease = { attribute: hold.attribute, value };
      const { done, item } = await store.write(key, settleUpdate({ ...common, lease, ...past }));
      if (done) return;
      const standing = item[hold.attribute];
      past = { stale: [], reaped: [] };
      if (standing !== undefined && sameReservation(String(standing), value)) {
        value = String(standing); // extended since, or somebody else has cleared the past away
        continue;
      }
      const text = item[lapsed];
      if (text === undefined || !sameReservation(lapsedLease(String(text)), value)) return;
      const reserved = readLease(lapsedLease(String(text))).cost;
      const late = { ...common, reserved, lapsed: { attribute: lapsed, text: String(text) } };
      await store.write(key, lateSettleUpdate(late)); // who comes second finds it gone
      return;
    }
    throw new Error('quota: the reservation could not be settled');
  };

  return { reserve, extend, settle };
};
