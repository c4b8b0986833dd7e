/** A ledger for one process: for tests and for the first hour. */

import { callable, checkOptions, integer, object } from '../options.ts';
import {
  amountFor,
  budgetsOf,
  checkBudgets,
  checkCost,
  consumedDenial,
  counterName,
  denialFor,
  neverFits,
  payersOf,
  sumOf,
  usageOf,
} from './budgets.ts';
import type { Budget, Cost, Denial, Lease, Principal, QuotaLedger, Reservation } from './types.ts';
import { windowAt } from './windows.ts';

/** Options of {@link createMemoryQuotaLedger}. */
export interface MemoryQuotaLedgerOptions {
  readonly budgets: readonly Budget[];
  /** @default Date.now */
  readonly now?: () => number;
  /** Principals with a live window that are kept at most; one more is an error. @default 100_000 */
  readonly maxPrincipals?: number;
}

interface Hold {
  readonly expiresAt: number;
  readonly reservedAt: number;
  cost: Cost;
}

interface Account {
  readonly counters: Map<string, { value: number; endsAt: number }>;
  readonly holds: Map<string, Hold>;
}

const keyOf = ({ kind, id }: Principal): string => `${kind}\u0000${id}`;

/**
 * A quota ledger in memory, with the semantics of the DynamoDB one. Its budgets end with the process, and count in each
 * process apart.
 *
 * @throws TypeError for invalid options or budgets.
 *
 * @example
 * createMemoryQuotaLedger({ budgets: [{ name: 'minute', per: 'user', unit: 'tokens', window: 'minute', limit: 10_000 }] });
 */
export const createMemoryQuotaLedger = (options: MemoryQuotaLedgerOptions): QuotaLedger => {
  checkOptions('createMemoryQuotaLedger', options, { budgets: object, now: callable, maxPrincipals: integer(1) });
  checkBudgets(options.budgets);
  const { budgets, now = Date.now, maxPrincipals = 100_000 } = options;
  const accounts = new Map<string, Account>();
  const consumed = new Map<string, number>();
  const payers = new WeakMap<Reservation, readonly Principal[]>();

  const forgetThePast = (at: number): void => {
    for (const [key, { counters, holds }] of accounts) {
      for (const [name, { endsAt }] of counters) if (endsAt <= at) counters.delete(name);
      if (counters.size === 0 && [...holds.values()].every(({ expiresAt }) => expiresAt <= at)) accounts.delete(key);
    }
    for (const [id, expiresAt] of consumed) if (expiresAt <= at) consumed.delete(id);
  };

  const accountOf = (principal: Principal): Account => {
    const key = keyOf(principal);
    const known = accounts.get(key);
    if (known !== undefined) return known;
    if (accounts.size >= maxPrincipals) forgetThePast(now());
    if (accounts.size >= maxPrincipals) throw new Error('quota: too many principals for a ledger in memory');
    const account: Account = { counters: new Map(), holds: new Map() };
    accounts.set(key, account);
    return account;
  };

  const usedOf =
    (account: Account | undefined, at: number) =>
    (budget: Budget): number =>
      account?.counters.get(counterName(budget, at))?.value ?? 0;

  /** Adds to the counters of the windows in which the reservation was made. */
  const add = (
    principal: Principal,
    cost: Cost,
    sign: 1 | -1,
    at: number,
    only = (_: Budget): boolean => true,
  ): void => {
    const { counters } = accountOf(principal);
    for (const budget of budgetsOf(budgets, principal.kind).filter(only)) {
      const name = counterName(budget, at);
      const value = (counters.get(name)?.value ?? 0) + sign * amountFor(budget, cost);
      counters.set(name, { value, endsAt: windowAt(budget.window, at).endsAt });
    }
  };

  /** Ends holds whose time is over: budgets that release on expiry get them back, the others keep them charged. */
  const reap = (principal: Principal, at: number): void => {
    const { holds } = accountOf(principal);
    for (const [id, hold] of holds)
      if (hold.expiresAt <= at) {
        add(principal, hold.cost, -1, hold.reservedAt, ({ onExpiry }) => onExpiry === 'release');
        holds.delete(id);
      }
  };

  const denialOf = (who: readonly Principal[], cost: Cost, at: number): Denial | undefined => {
    for (const principal of who) {
      const own = budgetsOf(budgets, principal.kind);
      const denial = neverFits(own, cost, at) ?? denialFor(own, cost, usedOf(accountOf(principal), at), at);
      if (denial !== undefined) return denial;
    }
    return undefined;
  };

  const grant = (who: readonly Principal[], id: string, cost: Cost): Reservation => {
    const reservation: Reservation = { granted: true, id, cost };
    payers.set(reservation, who);
    return reservation;
  };

  const reserve = async (principals: readonly Principal[], cost: Cost, lease: Lease): Promise<Reservation | Denial> => {
    checkCost(cost);
    const at = now();
    const who = payersOf(budgets, principals);
    for (const principal of who) reap(principal, at);
    const [first] = who;
    const standing = first === undefined ? undefined : accountOf(first).holds.get(lease.id);
    if (standing !== undefined) return grant(who, lease.id, standing.cost);
    const { consume } = lease;
    if (consume !== undefined && (consumed.get(consume.id) ?? 0) > at) return consumedDenial;
    const denial = denialOf(who, cost, at);
    if (denial !== undefined) return denial;
    if (consume !== undefined) {
      if (consumed.size >= maxPrincipals) forgetThePast(at);
      consumed.set(consume.id, consume.expiresAt);
    }
    for (const principal of who) {
      add(principal, cost, 1, at);
      accountOf(principal).holds.set(lease.id, { expiresAt: at + lease.ttlMs, reservedAt: at, cost });
    }
    return grant(who, lease.id, cost);
  };

  const extend = async (reservation: Reservation, extra: Cost): Promise<Reservation | Denial> => {
    checkCost(extra);
    const who = payers.get(reservation) ?? [];
    const holds = who.map((principal) => accountOf(principal).holds.get(reservation.id));
    if (holds.some((hold) => hold === undefined)) throw new Error('quota: the reservation has ended');
    const reservedAt = holds[0]?.reservedAt ?? now();
    const denial = denialOf(who, extra, reservedAt);
    if (denial !== undefined) return denial;
    const cost = sumOf(reservation.cost, extra);
    for (const [index, principal] of who.entries()) {
      add(principal, extra, 1, reservedAt);
      const hold = holds[index];
      if (hold !== undefined) hold.cost = cost;
    }
    return grant(who, reservation.id, cost);
  };

  const settle = async (reservation: Reservation, actual: Cost): Promise<void> => {
    checkCost(actual);
    for (const principal of payers.get(reservation) ?? []) {
      const { holds } = accountOf(principal);
      const hold = holds.get(reservation.id);
      if (hold === undefined) continue;
      holds.delete(reservation.id);
      add(principal, hold.cost, -1, hold.reservedAt);
      add(principal, actual, 1, hold.reservedAt);
    }
  };

  return {
    reserve,
    extend,
    settle,
    usage: async (principal) =>
      usageOf(budgetsOf(budgets, principal.kind), usedOf(accounts.get(keyOf(principal)), now()), now()),
  };
};
