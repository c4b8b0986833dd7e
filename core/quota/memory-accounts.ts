/** What the ledger in memory keeps of each principal, and when it may forget it. */

import type { Cost, Principal } from './types.ts';

/** A reservation in flight. Times in milliseconds since the epoch. */
export interface Hold {
  readonly expiresAt: number;
  readonly reservedAt: number;
  cost: Cost;
}

/** Counters by name and holds by lease id. */
export interface Account {
  readonly counters: Map<string, { readonly value: number; readonly endsAt: number }>;
  readonly holds: Map<string, Hold>;
}

/** The accounts of a ledger. */
export interface Accounts {
  /** @throws Error when there is no room for one more. */
  open(principal: Principal, at: number): Account;
  peek(principal: Principal): Account | undefined;
  /** Drops counters of windows that neither the present nor a hold needs. */
  forgetWindows(account: Account, at: number): void;
  /** Uses a one-time token up; `false` when it was used before. @throws Error when there is no room for one more. */
  consume(keeper: Principal, token: { readonly id: string; readonly expiresAt: number }, at: number): boolean;
}

/** Full maps are searched for what is past at most this often, in milliseconds: a search reads all of them. */
const SWEEP_MS = 1000;

const keyOf = ({ kind, id }: Principal): string => `${kind}\u0000${id}`;

/** Accounts of at most `most` principals, and `most` one-time tokens. */
export const createAccounts = (most: number): Accounts => {
  const accounts = new Map<string, Account>();
  const consumed = new Map<string, number>();
  let sweptAt = Number.NEGATIVE_INFINITY;

  const forgetWindows = ({ counters, holds }: Account, at: number): void => {
    let oldest = at;
    for (const { reservedAt } of holds.values()) oldest = Math.min(oldest, reservedAt);
    for (const [name, { endsAt }] of counters) if (endsAt <= oldest) counters.delete(name);
  };

  const isPast = ({ counters, holds }: Account, at: number): boolean =>
    [...holds.values()].every(({ expiresAt }) => expiresAt <= at) &&
    [...counters.values()].every(({ value, endsAt }) => value <= 0 || endsAt <= at);

  const makeRoom = (map: ReadonlyMap<string, unknown>, at: number): void => {
    if (map.size < most) return;
    if (at - sweptAt >= SWEEP_MS) {
      sweptAt = at;
      for (const [key, account] of accounts) if (isPast(account, at)) accounts.delete(key);
      for (const [key, expiresAt] of consumed) if (expiresAt <= at) consumed.delete(key);
    }
    if (map.size >= most) throw new Error('quota: too many principals for a ledger in memory');
  };

  return {
    open(principal, at) {
      const key = keyOf(principal);
      const known = accounts.get(key);
      if (known !== undefined) return known;
      makeRoom(accounts, at);
      const account: Account = { counters: new Map(), holds: new Map() };
      accounts.set(key, account);
      return account;
    },
    peek: (principal) => accounts.get(keyOf(principal)),
    forgetWindows,
    consume(keeper, { id, expiresAt }, at) {
      const key = `${keyOf(keeper)}\u0000${id}`;
      if ((consumed.get(key) ?? 0) > at) return false;
      makeRoom(consumed, at);
      consumed.set(key, expiresAt);
      return true;
    },
  };
};
