/**
 * What an item holds: a counter for each budget and window (`day-tokens@d20261127`), a lease for each reservation in
 * flight (`r#…`), what was given back of leases whose function seemed dead (`z#…`), one-time tokens that were used
 * (`k#…`), the item's clock (`t`), the stamp of the last reset (`w#`), and the time after which nobody needs it (`x`).
 */

import type { Used } from '../denials.ts';
import type { Budget } from '../types.ts';
import { counterEndsAt, counterName } from '../windows/counters.ts';
import { windowAt } from '../windows/windows.ts';
import type { QuotaItem } from './item-store.ts';
import { leaseTimes } from './lease.ts';

/** When nobody needs the item any more, in seconds since the epoch: DynamoDB deletes it some time after. */
export const TTL_ATTRIBUTE = 'x';

/**
 * The item's clock: the latest time of a write, in milliseconds since the epoch. Nobody counts at an earlier time than
 * this, less what clocks may differ by, so a clock that is slow re-opens no window whose counter is gone.
 */
export const CLOCK = 't';

/**
 * The stamp of an operator's last write, random: a reset, or in the item with somebody's own limits a change of them. Who
 * writes next replaces it, and so knows that nobody else came between. No budget and no counter has this name.
 */
export const STAMP = 'w#';

const LEASE = 'r#';
const LAPSED = 'z#';
const CONSUMED = 'k#';

/** Attribute of the lease of this name. */
export const leaseAttribute = (name: string): string => LEASE + name;

/** Attribute that says what was given back of a lease. */
export const lapsedAttribute = (lease: string): string => LAPSED + lease.slice(LEASE.length);

/** Attribute that says that a one-time token was used. */
export const consumedAttribute = (name: string): string => CONSUMED + name;

const entriesOf = (item: QuotaItem, prefix: string): readonly (readonly [attribute: string, value: string])[] =>
  Object.entries(item).flatMap(([name, value]) =>
    name.startsWith(prefix) && typeof value === 'string' ? [[name, value] as const] : [],
  );

/** The leases of an item, by attribute. */
export const leasesOf = (item: QuotaItem): readonly (readonly [attribute: string, value: string])[] =>
  entriesOf(item, LEASE);

/** What lapsed of leases whose functions may still be heard of, by attribute. */
export const lapsedOf = (item: QuotaItem): readonly (readonly [attribute: string, value: string])[] =>
  entriesOf(item, LAPSED);

/** How many leases lapsed whose functions may still be heard of. */
export const lapsedCount = (item: QuotaItem): number => lapsedOf(item).length;

/** What stays of a lease that was given back, and until when, in milliseconds since the epoch. */
export const writeLapsed = (lease: string, keepUntil: number): string => `${keepUntil.toString(36)}|${lease}`;

/** The lease in what {@link writeLapsed} wrote. */
export const lapsedLease = (text: string): string => text.slice(text.indexOf('|') + 1);

/** Leases whose time has passed by more than `skewMs`, which clocks may differ by. */
export const deadLeases = (item: QuotaItem, at: number, skewMs: number): readonly (readonly [string, string])[] =>
  leasesOf(item).filter(([, value]) => leaseTimes(value).expiresAt + skewMs < at);

/** What an item has counted at a moment. */
export const usedIn =
  (item: QuotaItem, at: number): Used =>
  (budget) =>
    Number(item[counterName(budget, at)] ?? 0);

/** The item's clock; 0 for a new item. */
export const clockOf = (item: QuotaItem): number => Number(item[CLOCK] ?? 0);

/**
 * How far an item's clock may be ahead and is still believed, in milliseconds. AWS refuses requests that are signed with
 * a clock more than five minutes wrong: what is further ahead is an error, and is put right by the next write.
 */
export const MAX_AHEAD_MS = 900_000;

/** Whether an item's clock is so far ahead of `now` that it must be wrong. */
export const isClockWrong = (item: QuotaItem, now: number): boolean => clockOf(item) - now > MAX_AHEAD_MS;

/** The time that counts in an item: its clock's where that is ahead. */
export const timeIn = (item: QuotaItem, now: number): number =>
  isClockWrong(item, now) ? now : Math.max(now, clockOf(item));

/**
 * Most attributes of the past that one write clears away: an expression has 4 KB. As many as twenty reservations bring,
 * though nobody settles: an item that only full ones clear away must not grow all the same.
 */
const MAX_STALE = 180;

/**
 * Attributes of the past, the first {@link MAX_STALE} of them, by the item's own clock. The windows of leases in flight
 * stay: their extensions have to fit into them.
 */
export const staleAttributes = (item: QuotaItem, at: number, skewMs: number): readonly string[] => {
  const clock = Math.min(at, clockOf(item));
  const oldest = Math.min(clock, ...leasesOf(item).map(([, value]) => leaseTimes(value).reservedAt));
  const isStale = ([name, value]: readonly [string, number | string]): boolean => {
    if (name.startsWith(CONSUMED)) return Number(value) + skewMs < clock;
    if (name.startsWith(LAPSED)) return Number.parseInt(String(value), 36) < clock;
    return (counterEndsAt(name) ?? Number.POSITIVE_INFINITY) <= oldest;
  };
  return Object.entries(item)
    .filter(isStale)
    .slice(0, MAX_STALE)
    .map(([name]) => name);
};

/** Whether an item says nothing that a new one would not: all was given back, and nobody holds anything. */
export const isBlank = (item: QuotaItem): boolean =>
  Object.entries(item).every(
    ([name, value]) =>
      name === CLOCK || name === TTL_ATTRIBUTE || (typeof value === 'number' && name.includes('@') && value <= 0),
  );

/** Sessions without an end are kept for this long after their last use, in milliseconds. */
const KEEP_SESSION_MS = 90 * 86_400_000;

/** When an item is of no more use, in seconds since the epoch; not before `keepUntil`, in milliseconds. */
export const expiryOf = (kin: readonly Budget[], at: number, keepUntil: number, keepMs: number): number => {
  const ends = kin.map((budget) => (budget.window === 'session' ? at + KEEP_SESSION_MS : windowAt(budget, at).endsAt));
  return Math.ceil((Math.max(at, keepUntil, ...ends) + keepMs) / 1000);
};
