/** Reservations in one item: each step is one conditional write, done again only where others were faster. */

import { sumOf } from './amounts.ts';
import { consumedDenial, crowdedDenial, denialFor, extendedBy } from './denials.ts';
import { createEndings, type Endings, type EndingsOptions } from './endings.ts';
import type { Account, Hold } from './hold.ts';
import {
  clockOf,
  consumedAttribute,
  deadLeases,
  expiryOf,
  includesWrite,
  leaseAttribute,
  leasesOf,
  nextStamp,
  readLease,
  sameReservation,
  usedIn,
  writeLease,
} from './item.ts';
import type { QuotaItem } from './item-store.ts';
import { type Reaped, roomFrom } from './reaping.ts';
import type { Budget, Cost, Denial, Lease } from './types.ts';
import { extendUpdate, reserveUpdate } from './updates.ts';

/** Most reservations in flight in one item: what is kept of a principal must not grow without bound. */
export const MAX_HOLDS = 200;

/** Makes, changes and ends holds. What the store throws passes as it is. */
export interface Holds extends Endings {
  reserve(account: Account, cost: Cost, lease: Lease): Promise<Hold | Denial>;
  /** Adds `extra` to a hold; a negative one is taken back. @throws Error when the hold has ended. */
  extend(hold: Hold, account: Account, extra: Cost): Promise<Hold | Denial>;
}

/** What holds are made with. Times in milliseconds. */
export interface HoldsOptions extends EndingsOptions {
  readonly nameOf: (id: string) => string;
  readonly random: () => number;
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
  const { settle, giveBack } = createEndings({ store, now, skewMs });

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
        replayed: standing !== undefined && !sameReservation(String(standing), value),
        item,
      };
      if (done) {
        if (leasesOf(item).length <= MAX_HOLDS) return hold;
        await giveBack(hold); // this clears dead leases away, too
        if (deadLeases(item, at, skewMs).length === 0) return crowdedDenial(terms[0]);
        consume = undefined; // used up by the write that was just taken back
        reaped = [];
        continue;
      }
      if (standing !== undefined) {
        const joined = hold.replayed ? await join(hold) : hold;
        if (joined !== undefined) return joined;
        continue;
      }
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

  /** `undefined` where the hold has ended. */
  const extendStanding = async (hold: Hold, account: Account, extra: Cost): Promise<Hold | Denial | undefined> => {
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
      if (done) return { ...hold, account, value: newValue, item };
      if (standing !== undefined && includesWrite(String(standing), newValue))
        return { ...hold, account, value: String(standing), item };
      if (standing === undefined || !sameReservation(String(standing), value)) return undefined;
      const at = Math.max(now(), reservedAt);
      const denial = standing === value ? denialFor(touched, extra, usedIn(item, reservedAt), at) : undefined;
      if (denial !== undefined) return denial;
      value = String(standing); // another extension was faster: add to what it wrote
    }
    return crowdedDenial(account.terms[0]);
  };

  const extend = async (hold: Hold, account: Account, extra: Cost): Promise<Hold | Denial> => {
    const outcome = await extendStanding(hold, account, extra);
    if (outcome === undefined) throw new Error('quota: the reservation has ended');
    return outcome;
  };

  /** Shows a run that made the hold that another one spends of it, too. `undefined` where it has ended. */
  const join = async (hold: Hold): Promise<Hold | undefined> => {
    const joined = await extendStanding(hold, hold.account, {});
    return joined === undefined || 'granted' in joined ? undefined : joined;
  };

  return { reserve, extend, settle, giveBack };
};
