/** Reservations of a single principal: each step is one conditional write, done again only where others were faster. */

import {
  budgetsOf,
  consumedDenial,
  crowdedDenial,
  denialFor,
  extendedBy,
  MAX_HOLDS,
  neverFits,
  sumOf,
} from '../../core/quota/budgets.ts';
import type { Budget, Cost, Denial, Lease, Principal } from '../../core/quota/types.ts';
import type { ConditionalWriter } from './conditional-write.ts';
import { extendExpression, type Reaped, reserveExpression, settleExpression } from './quota-expressions.ts';
import {
  consumedAttribute,
  deadLeases,
  expiryOf,
  leaseAttribute,
  leasesOf,
  nextStamp,
  type QuotaItem,
  readLease,
  sameReservation,
  staleAttributes,
  usedIn,
  writeLease,
} from './quota-item.ts';
import { reapable, roomFrom } from './reaping.ts';

/** What a reservation holds with one principal. */
export interface Hold {
  readonly principal: Principal;
  readonly key: string;
  /** Attribute of the lease, and its value when it was last written. */
  readonly attribute: string;
  readonly value: string;
  /** Whether the lease stood before: another run of the same invocation made it. */
  readonly replayed: boolean;
  /** The item as it was then. */
  readonly item: QuotaItem;
}

/** Makes, changes and ends holds. What DynamoDB throws passes as it is. */
export interface PrincipalHolds {
  reserve(principal: Principal, cost: Cost, lease: Lease): Promise<Hold | Denial>;
  /** Adds `extra` to a hold; a negative one is taken back. @throws Error when the hold has ended. */
  extend(hold: Hold, extra: Cost): Promise<Hold | Denial>;
  /** Ends a hold, once. A hold that has ended stays as it is. */
  settle(hold: Hold, actual: Cost): Promise<void>;
}

/** What holds are made with. */
export interface PrincipalHoldsOptions {
  readonly writer: ConditionalWriter;
  readonly keyOf: (principal: Principal) => string;
  readonly budgets: readonly Budget[];
  readonly now: () => number;
  readonly skewMs: number;
  readonly random: () => number;
}

/** Tries of one step: only writes of others to the same lease or to dead ones make a second one necessary. */
const MAX_TRIES = 8;

/** Holds of principals in the quota table. */
export const createPrincipalHolds = (options: PrincipalHoldsOptions): PrincipalHolds => {
  const { keyOf, budgets, now, skewMs, random } = options;
  const { write } = options.writer;

  const reserve = async (principal: Principal, cost: Cost, lease: Lease): Promise<Hold | Denial> => {
    const own = budgetsOf(budgets, principal.kind);
    const key = keyOf(principal);
    const attribute = leaseAttribute(lease.id);
    let consume = lease.consume && {
      attribute: consumedAttribute(lease.consume.id),
      expiresAt: lease.consume.expiresAt,
    };
    let reaped: readonly Reaped[] = [];
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const at = now();
      const impossible = neverFits(own, cost, at);
      if (impossible !== undefined) return impossible;
      const record = { expiresAt: at + lease.ttlMs, reservedAt: at, cost, stamp: nextStamp(random) };
      const value = writeLease(record);
      const itemExpiry = expiryOf(own, principal.kind, at, Math.max(record.expiresAt, lease.consume?.expiresAt ?? 0));
      const { done, item } = await write(
        key,
        reserveExpression({ budgets: own, cost, at, lease: { attribute, value }, itemExpiry, consume, reaped }),
      );
      const standing = item[attribute]?.S;
      const hold = { principal, key, attribute, value: standing ?? value, replayed: standing !== value, item };
      if (done) {
        if (leasesOf(item).length <= MAX_HOLDS) return hold;
        await settle(hold, {}); // this clears dead leases away, too
        if (deadLeases(item, at, skewMs).length === 0) return crowdedDenial(own[0]);
        consume = undefined; // used up by the write that was just taken back
        reaped = [];
        continue;
      }
      if (standing !== undefined) return hold;
      if (consume !== undefined && item[consume.attribute] !== undefined) return consumedDenial;
      const denial = denialFor(own, cost, usedIn(item, at), at);
      const room = denial === undefined ? [] : roomFrom(item, cost, { own, at, skewMs }, random);
      if (denial !== undefined && room === undefined) return denial;
      reaped = room ?? [];
    }
    return crowdedDenial(own[0]);
  };

  const extend = async (hold: Hold, extra: Cost): Promise<Hold | Denial> => {
    const own = budgetsOf(budgets, hold.principal.kind);
    const touched = extendedBy(own, extra);
    let { value } = hold;
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const record = readLease(value);
      const { reservedAt } = record;
      const impossible = neverFits(touched, extra, now());
      if (impossible !== undefined) return impossible;
      const newValue = writeLease({
        ...record,
        cost: sumOf(record.cost, extra),
        stamp: nextStamp(random, record.stamp),
      });
      const lease = { attribute: hold.attribute, value, newValue };
      const { done, item } = await write(hold.key, extendExpression({ budgets: own, extra, reservedAt, lease }));
      const standing = item[hold.attribute]?.S;
      if (done || standing === newValue) return { ...hold, value: newValue };
      if (standing === undefined || !sameReservation(standing, value))
        throw new Error('quota: the reservation has ended');
      const denial = standing === value ? denialFor(touched, extra, usedIn(item, reservedAt), now()) : undefined;
      if (denial !== undefined) return denial;
      value = standing; // another extension was faster: add to what it wrote
    }
    return crowdedDenial(own[0]);
  };

  const settle = async (hold: Hold, actual: Cost): Promise<void> => {
    const own = budgetsOf(budgets, hold.principal.kind);
    const at = now();
    let { value } = hold;
    let past = {
      stale: staleAttributes(hold.item, budgets, hold.principal.kind, at),
      reaped: reapable(hold.item, { own, at, skewMs }, hold.attribute),
    };
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const { cost: reserved, reservedAt } = readLease(value);
      const lease = { attribute: hold.attribute, value };
      const { done, item } = await write(
        hold.key,
        settleExpression({ budgets: own, reserved, actual, reservedAt, lease, ...past }),
      );
      const standing = item[hold.attribute]?.S;
      if (done || standing === undefined || !sameReservation(standing, value)) return;
      value = standing; // extended since, or somebody else has cleared the past away
      past = { stale: [], reaped: [] };
    }
    throw new Error('quota: the reservation could not be settled');
  };

  return { reserve, extend, settle };
};
