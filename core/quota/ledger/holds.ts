/** Reservations in one item: each step is one conditional write, done again only where others were faster. */

import { negative, positivePart, sumOf } from '../amounts.ts';
import { consumedDenial, crowdedDenial, denialFor, extendedBy, isDenial } from '../denials.ts';
import type { Budget, Cost, Denial, Lease } from '../types.ts';
import { counterName } from '../windows/counters.ts';
import { withTimeToWait } from './again.ts';
import { createEndings, type Endings, type EndingsOptions } from './endings.ts';
import type { Account, Hold } from './hold.ts';
import {
  clockOf,
  consumedAttribute,
  deadLeases,
  expiryOf,
  isClockWrong,
  leaseAttribute,
  leasesOf,
  usedIn,
} from './item.ts';
import type { QuotaItem } from './item-store.ts';
import { includesWrite, leaseTimes, nextStamp, readLease, sameReservation, versionOf, writeLease } from './lease.ts';
import { type Reaped, roomFrom } from './reaping.ts';
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
  readonly onDenied: (account: Account, item: QuotaItem, denial: Denial) => void;
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

  /** The denial of `cost` by an account as it is, if there is one; told to whoever remembers. */
  const refusal = (account: Account, cost: Cost, item: QuotaItem, at: number): Denial | undefined => {
    const denial = denialFor(account.terms, cost, usedIn(item, at), at);
    return denial && withTimeToWait(denial, account, cost, item, { at, now: now() });
  };

  const reserve = async (account: Account, cost: Cost, lease: Lease): Promise<Hold | Denial> => {
    const { key, terms, kin, hurry } = account;
    const consume = lease.consume && {
      attribute: consumedAttribute(nameOf(lease.consume.id)),
      expiresAt: lease.consume.expiresAt,
    };
    const marks = { version: versionOf(terms), except: namesNot(kin, terms) };
    // Versions of a service whose budgets differ do not share a lease: neither could charge for both.
    const attribute = leaseAttribute(nameOf(`${lease.id}/${marks.version}`));
    let reaped: readonly Reaped[] = [];
    let adopted = 0;
    let mended = 0;
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const at = Math.max(now(), adopted);
      // What the item's clock calls expired may be forgotten already.
      if (consume !== undefined && consume.expiresAt < at) return consumedDenial;
      const expiresAt = at + lease.ttlMs;
      const value = writeLease({ expiresAt, reservedAt: at, cost, stamp: nextStamp(random), ...marks });
      const clockAtMost = Math.max(at + skewMs, mended);
      const { done, item } = await store.write(
        key,
        reserveUpdate({
          budgets: terms,
          cost,
          at,
          clockAtMost,
          lease: { attribute, value },
          itemExpiry: expiryOf(kin, at, Math.max(expiresAt, consume?.expiresAt ?? 0), keepMs),
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
        replayed: standing !== undefined && standing !== value,
        item,
      };
      reaped = [];
      if (done) {
        if (leasesOf(item).length <= MAX_HOLDS) return hold;
        await giveBack(hold, consume?.attribute); // this clears dead leases away, too
        if (deadLeases(item, at, skewMs).length === 0) return crowdedDenial(terms[0]);
        continue;
      }
      if (standing !== undefined) {
        const joined = hold.replayed ? await join(hold, cost) : hold;
        if (joined !== undefined) return joined;
        continue;
      }
      if (consume !== undefined && item[consume.attribute] !== undefined) return consumedDenial;
      if (clockOf(item) > clockAtMost) {
        if (isClockWrong(item, now())) mended = clockOf(item);
        else adopted = clockOf(item); // this clock is slow: the item's own counts
        continue;
      }
      const denial = refusal(account, cost, item, at);
      const room = denial && roomFrom(item, terms, cost, { kin, at, skewMs }, random);
      if (denial !== undefined && room === undefined) {
        onDenied(account, item, denial);
        return denial;
      }
      reaped = room ?? [];
    }
    return crowdedDenial(terms[0]);
  };

  /** What dead leases give to an extension, as long as the window of its reservation has not ended. */
  const roomToExtend = ({ attribute, account, item, value }: Hold, extra: Cost) => {
    const at = now();
    const { terms, kin } = account;
    const { reservedAt } = leaseTimes(value);
    if (terms.some((budget) => counterName(budget, at) !== counterName(budget, reservedAt))) return undefined;
    return roomFrom(item, terms, extra, { kin, at, skewMs, except: attribute }, random);
  };

  /** `undefined` where the hold has ended. */
  const extendStanding = async (hold: Hold, account: Account, extra: Cost): Promise<Hold | Denial | undefined> => {
    const isTakingBack = Object.values(extra).some((amount) => amount < 0);
    const touched = { ...account, terms: isTakingBack ? account.terms : extendedBy(account.terms, extra) };
    let { value } = hold;
    let reaped: readonly Reaped[] = [];
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const record = readLease(value);
      const { reservedAt } = record;
      const newValue = writeLease({
        ...record,
        cost: sumOf(record.cost, extra),
        stamp: nextStamp(random, record.stamp),
      });
      const lease = { attribute: hold.attribute, value, newValue };
      const update = extendUpdate({ budgets: touched.terms, extra, reservedAt, lease, reaped });
      const { done, item } = await store.write(account.key, update, { hurry: account.hurry });
      const standing = item[hold.attribute];
      reaped = [];
      if (done) return { ...hold, account, value: newValue, item };
      if (standing !== undefined && includesWrite(String(standing), newValue))
        return { ...hold, account, value: String(standing), item };
      if (standing === undefined || !sameReservation(String(standing), value)) return undefined;
      const denial = standing === value && !isTakingBack ? refusal(touched, extra, item, reservedAt) : undefined;
      const room = denial && roomToExtend({ ...hold, account: touched, item, value }, extra);
      if (denial !== undefined && room === undefined) return denial;
      reaped = room ?? [];
      value = String(standing); // another extension was faster: add to what it wrote
    }
    return crowdedDenial(account.terms[0]);
  };

  const extend = async (hold: Hold, account: Account, extra: Cost): Promise<Hold | Denial> => {
    const outcome = await extendStanding(hold, account, extra);
    if (outcome === undefined) throw new Error('quota: the reservation has ended');
    return outcome;
  };

  /**
   * Shows a run that made the hold that another one spends of it, too, and makes it as large as that one asks. `undefined`
   * where it has ended, or where others are faster.
   */
  const join = async (hold: Hold, cost: Cost): Promise<Hold | Denial | undefined> => {
    const missing = positivePart(sumOf(cost, negative(readLease(hold.value).cost)));
    const joined = await extendStanding(hold, hold.account, missing);
    const asksForMore = Object.values(missing).some((amount) => amount > 0);
    return joined !== undefined && isDenial(joined) && !asksForMore ? undefined : joined;
  };

  return { reserve, extend, settle, giveBack };
};
