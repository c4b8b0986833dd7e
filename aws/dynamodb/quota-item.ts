/**
 * One item a principal: a counter for each budget and window (`day-tokens@20415`), a lease for each reservation in
 * flight (`r#…`), one-time tokens that were used (`k#…`), and the time after which nobody needs it (`x`).
 */

import { createHash } from 'node:crypto';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { budgetsOf, counterName } from '../../core/quota/budgets.ts';
import type { Budget, Cost, PrincipalKind } from '../../core/quota/types.ts';
import { windowAt } from '../../core/quota/windows.ts';

/** An item, or what is known of it. */
export type QuotaItem = Readonly<Record<string, AttributeValue>>;

/** Attribute by which DynamoDB deletes items that nobody needs any more (seconds since the epoch). */
export const TTL_ATTRIBUTE = 'x';

/** Items are kept for this long after their last window, in milliseconds. */
const KEEP_MS = 86_400_000;

/** Sessions without an end are kept for this long after their last use, in milliseconds. */
const KEEP_SESSION_MS = 90 * 86_400_000;

const LEASE = 'r#';
const CONSUMED = 'k#';

const shortHash = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 16);

/** Attribute of the lease with this id. */
export const leaseAttribute = (id: string): string => LEASE + shortHash(id);

/** Attribute that says that a one-time token was used. */
export const consumedAttribute = (id: string): string => CONSUMED + shortHash(id);

/** A reservation in flight. Times in milliseconds since the epoch. */
export interface LeaseRecord {
  readonly expiresAt: number;
  readonly reservedAt: number;
  readonly cost: Cost;
  /**
   * `<reservation>.<write>`, random: tells a write whose reply was lost from the same write of somebody else, and a
   * reservation from a later one with its id.
   */
  readonly stamp?: string;
}

const UNITS = ['tokens', 'usdMicros', 'requests', 'strikes'] as const;

/** A lease as text, `expiry|start|tokens|usd|requests|strikes|stamp`: its value is also the token that settles it. */
export const writeLease = ({ expiresAt, reservedAt, cost, stamp }: LeaseRecord): string =>
  [expiresAt, reservedAt, ...UNITS.map((unit) => cost[unit] ?? 0), ...(stamp === undefined ? [] : [stamp])].join('|');

/** Reads what {@link writeLease} wrote. */
export const readLease = (text: string): LeaseRecord => {
  const fields = text.split('|');
  const [expiresAt = 0, reservedAt = 0, tokens = 0, usdMicros = 0, requests = 0, strikes = 0] = fields.map(Number);
  const stamp = fields[6];
  const cost = { tokens, usdMicros, requests, strikes };
  return { expiresAt, reservedAt, cost, ...(stamp === undefined ? {} : { stamp }) };
};

/** The stamp of the next write to a reservation; a new reservation has none before. */
export const nextStamp = (random: () => number, before?: string): string => {
  const part = (): string => Math.floor(random() * 36 ** 5).toString(36);
  return `${before?.split('.')[0] ?? part()}.${part()}`;
};

/** Whether two values of a lease are of one reservation, extended or not. */
export const sameReservation = (a: string, b: string): boolean => {
  const [one, other] = [readLease(a), readLease(b)];
  return one.reservedAt === other.reservedAt && one.stamp?.split('.')[0] === other.stamp?.split('.')[0];
};

/** The leases of an item, by attribute. */
export const leasesOf = (item: QuotaItem): readonly (readonly [attribute: string, value: string])[] =>
  Object.entries(item).flatMap(([name, value]) =>
    name.startsWith(LEASE) && value.S !== undefined ? [[name, value.S] as const] : [],
  );

/** Leases whose time has passed by more than `skewMs`, which clocks may differ by. */
export const deadLeases = (item: QuotaItem, at: number, skewMs: number): readonly (readonly [string, string])[] =>
  leasesOf(item).filter(([, value]) => readLease(value).expiresAt + skewMs < at);

/** What an item has counted for a budget at a moment. */
export const usedIn =
  (item: QuotaItem, at: number) =>
  (budget: Budget): number =>
    Number(item[counterName(budget, at)]?.N ?? 0);

/** Most attributes of the past that one write clears away: an expression has 4 KB. */
const MAX_STALE = 50;

/**
 * Attributes that no window needs any more, the first {@link MAX_STALE} of them. The window before the current one
 * stays, as clocks may differ; so do the windows of leases in flight, which their extensions have to fit into.
 */
export const staleAttributes = (
  item: QuotaItem,
  budgets: readonly Budget[],
  kind: PrincipalKind,
  at: number,
): readonly string[] => {
  const reservedAt = leasesOf(item)
    .map(([, value]) => readLease(value))
    .filter(({ expiresAt }) => expiresAt >= at)
    .map((lease) => lease.reservedAt);
  const live = new Set(
    budgetsOf(budgets, kind).flatMap((budget) =>
      [at, windowAt(budget.window, at).startsAt - 1, ...reservedAt].map((moment) => counterName(budget, moment)),
    ),
  );
  const isStale = ([name, value]: readonly [string, AttributeValue]): boolean =>
    name.startsWith(CONSUMED) ? Number(value.N) < at : name.includes('@') && !live.has(name);
  return Object.entries(item)
    .filter(isStale)
    .slice(0, MAX_STALE)
    .map(([name]) => name);
};

/** When an item is of no more use, in seconds since the epoch; not before `keepUntil`, in milliseconds. */
export const expiryOf = (
  budgets: readonly Budget[],
  kind: PrincipalKind,
  at: number,
  keepUntil: number = at,
): number => {
  const ends = budgetsOf(budgets, kind).map(({ window }) =>
    window === 'session' ? at + KEEP_SESSION_MS : windowAt(window, at).endsAt,
  );
  return Math.ceil((Math.max(at, keepUntil, ...ends) + KEEP_MS) / 1000);
};
