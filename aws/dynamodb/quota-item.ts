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
}

const UNITS = ['tokens', 'usdMicros', 'requests', 'strikes'] as const;

/** A lease as text, `expiry|start|tokens|usd|requests|strikes`: its value is also the token that settles it. */
export const writeLease = ({ expiresAt, reservedAt, cost }: LeaseRecord): string =>
  [expiresAt, reservedAt, ...UNITS.map((unit) => cost[unit] ?? 0)].join('|');

/** Reads what {@link writeLease} wrote. */
export const readLease = (text: string): LeaseRecord => {
  const [expiresAt = 0, reservedAt = 0, tokens = 0, usdMicros = 0, requests = 0, strikes = 0] = text
    .split('|')
    .map(Number);
  return { expiresAt, reservedAt, cost: { tokens, usdMicros, requests, strikes } };
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

/** Attributes that no window needs any more. The window before the current one stays: clocks may differ. */
export const staleAttributes = (
  item: QuotaItem,
  budgets: readonly Budget[],
  kind: PrincipalKind,
  at: number,
): readonly string[] => {
  const live = new Set(
    budgetsOf(budgets, kind).flatMap((budget) => [
      counterName(budget, at),
      counterName(budget, windowAt(budget.window, at).startsAt - 1),
    ]),
  );
  return Object.entries(item).flatMap(([name, value]) => {
    if (name.startsWith(CONSUMED)) return Number(value.N) < at ? [name] : [];
    return name.includes('@') && !live.has(name) ? [name] : [];
  });
};

/** When an item is of no more use, in seconds since the epoch. */
export const expiryOf = (budgets: readonly Budget[], kind: PrincipalKind, at: number): number => {
  const ends = budgetsOf(budgets, kind).map(({ window }) =>
    window === 'session' ? at + KEEP_SESSION_MS : windowAt(window, at).endsAt,
  );
  return Math.ceil((Math.max(at, ...ends) + KEEP_MS) / 1000);
};
