/** A reservation in flight, as text in its item. */

import { spread } from '../spread.ts';
import type { Budget, Cost } from '../types.ts';

/** A reservation in flight. Times in milliseconds since the epoch. */
export interface LeaseRecord {
  readonly expiresAt: number;
  readonly reservedAt: number;
  readonly cost: Cost;
  /**
   * `<reservation>.<write>…`, random, with the last few writes: tells a write whose reply was lost from the same write of
   * somebody else, and a reservation from a later one with its id.
   */
  readonly stamp: string;
  /** What the budgets were that it is charged to, as {@link versionOf} says it: another version's may differ. */
  readonly version: string;
  /** Names of budgets of its kind that do not count it. */
  readonly except: readonly string[];
}

/** A short mark of budgets and of what becomes of their leases: versions of a service that differ in it do not mix. */
export const versionOf = (budgets: readonly Budget[]): string => {
  const marks = budgets.map(({ name, unit, window, zone = 'UTC', onExpiry = 'charge' }) =>
    [name, unit, window, zone, onExpiry].join('/'),
  );
  return (spread(marks.toSorted().join()) % 36 ** 4).toString(36);
};

/** A letter a unit, for amounts in a lease. */
const UNIT_LETTERS = { tokens: 't', usdMicros: 'u', requests: 'r', strikes: 's', quotaTokens: 'q' } as const satisfies {
  [Field in keyof Cost]-?: string;
};

const AMOUNT = /([a-z])(\d{1,16})/g; // t1200u18000r1

const writeCost = (cost: Cost): string =>
  Object.entries(UNIT_LETTERS)
    .map(([field, letter]) => [letter, cost[field as keyof Cost] ?? 0] as const)
    .filter(([, amount]) => amount > 0)
    .map(([letter, amount]) => letter + amount)
    .join('');

const readCost = (text: string): Cost => {
  const amounts = new Map([...text.matchAll(AMOUNT)].map(([, letter, amount]) => [letter, Number(amount)]));
  return Object.fromEntries(Object.entries(UNIT_LETTERS).map(([field, letter]) => [field, amounts.get(letter) ?? 0]));
};

/** A lease as text, `start|duration|amounts|stamp|version|except`: its value is also the token that settles it. */
export const writeLease = ({ expiresAt, reservedAt, cost, stamp, version, except }: LeaseRecord): string =>
  [reservedAt.toString(36), (expiresAt - reservedAt).toString(36), writeCost(cost), stamp, version, ...except].join(
    '|',
  );

/** The times of a lease, without the rest: an item may have hundreds to look through. */
export const leaseTimes = (text: string): Pick<LeaseRecord, 'reservedAt' | 'expiresAt'> => {
  const border = text.indexOf('|');
  const reservedAt = Number.parseInt(text.slice(0, border), 36);
  const duration = text.slice(border + 1, text.indexOf('|', border + 1));
  return { reservedAt, expiresAt: reservedAt + Number.parseInt(duration, 36) };
};

/** Reads what {@link writeLease} wrote. */
export const readLease = (text: string): LeaseRecord => {
  const [, , amounts = '', stamp = '', version = '', ...except] = text.split('|');
  return { ...leaseTimes(text), cost: readCost(amounts), stamp, version, except };
};

/** Writes that a lease remembers: as many may come between a write and the same one sent again, whose reply was lost. */
const MAX_WRITES = 4;

/** The stamp of the next write to a reservation; a new reservation has none before. */
export const nextStamp = (random: () => number, before?: string): string => {
  const part = (): string => Math.floor(random() * 36 ** 5).toString(36);
  const [reservation = part(), ...writes] = before?.split('.') ?? [];
  return [reservation, ...writes.slice(1 - MAX_WRITES), part()].join('.');
};

/** Whether two values of a lease are of one reservation, extended or not. */
export const sameReservation = (a: string, b: string): boolean => {
  const [one, other] = [readLease(a), readLease(b)];
  return one.reservedAt === other.reservedAt && one.stamp.split('.')[0] === other.stamp.split('.')[0];
};

/** Whether the write that `value` is of was done before `standing` was written, or is that write. */
export const includesWrite = (standing: string, value: string): boolean => {
  const write = readLease(value).stamp.split('.').at(-1) ?? '';
  return sameReservation(standing, value) && readLease(standing).stamp.split('.').slice(1).includes(write);
};

/** The budgets among `kin` that a lease is charged to, as far as its names go. */
export const chargedTo = (kin: readonly Budget[], { except }: LeaseRecord): readonly Budget[] =>
  except.length === 0 ? kin : kin.filter(({ name }) => !except.includes(name));

/** Whether the budgets that a lease is charged to are what they were when it was written. */
export const isOfVersion = (kin: readonly Budget[], lease: LeaseRecord): boolean =>
  versionOf(chargedTo(kin, lease)) === lease.version;
