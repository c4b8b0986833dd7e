/** A ledger for one process: for tests and for the first hour. */

import { callable, checkOptions, integer, object } from '../options.ts';
import {
  amountFor,
  budgetsOf,
  checkBudgets,
  checkCost,
  consumedDenial,
  counterName,
  crowdedDenial,
  denialFor,
  extendedBy,
  MAX_HOLDS,
  neverFits,
  payersOf,
  sumOf,
  tokenKeeper,
  usageOf,
} from './budgets.ts';
import { type Account, createAccounts, type Hold } from './memory-accounts.ts';
import type { Budget, Cost, Denial, Lease, Principal, QuotaLedger, Reservation } from './types.ts';
import { windowAt } from './windows.ts';

/** Options of {@link createMemoryQuotaLedger}. */
export interface MemoryQuotaLedgerOptions {
  readonly budgets: readonly Budget[];
  /** @default Date.now */
  readonly now?: () => number;
  /** Principals with a live window, and one-time tokens, that are kept at most; one more is an error. @default 100_000 */
  readonly maxPrincipals?: number;
}

/** A principal's share of a reservation. */
interface Share {
  readonly own: readonly Budget[];
  readonly account: Account;
  readonly hold: Hold;
}

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
  const accounts = createAccounts(maxPrincipals);
  const sharesOf = new WeakMap<Reservation, readonly Share[]>();

  const usedOf =
    (account: Account | undefined, at: number) =>
    (budget: Budget): number =>
      account?.counters.get(counterName(budget, at))?.value ?? 0;

  const add = ({ counters }: Account, own: readonly Budget[], cost: Cost, sign: 1 | -1, at: number): void => {
    for (const budget of own) {
      const name = counterName(budget, at);
      const value = (counters.get(name)?.value ?? 0) + sign * amountFor(budget, cost);
      counters.set(name, { value, endsAt: windowAt(budget.window, at).endsAt });
    }
  };

  /** Ends holds whose time is over: budgets that release on expiry get them back, the others keep them charged. */
  const reap = (account: Account, own: readonly Budget[], at: number): void => {
    const released = own.filter(({ onExpiry }) => onExpiry === 'release');
    for (const [id, hold] of account.holds)
      if (hold.expiresAt < at) {
        add(account, released, hold.cost, -1, hold.reservedAt);
        account.holds.delete(id);
      }
  };

  const grant = (id: string, cost: Cost, shares: readonly Share[]): Reservation => {
    const reservation: Reservation = { granted: true, id, cost };
    sharesOf.set(reservation, shares);
    return reservation;
  };

  /** The shares of a reservation that still stand: the others were settled, or their time was over. */
  const standing = (reservation: Reservation): readonly Share[] => {
    const shares = sharesOf.get(reservation);
    if (shares === undefined) throw new TypeError('quota: a reservation of another ledger');
    return shares.filter(({ account, hold }) => account.holds.get(reservation.id) === hold);
  };

  const reserveShare = (principal: Principal, cost: Cost, lease: Lease, at: number): Share | Denial => {
    const own = budgetsOf(budgets, principal.kind);
    const impossible = neverFits(own, cost, at);
    if (impossible !== undefined) return impossible;
    const account = accounts.open(principal, at);
    const replayed = account.holds.get(lease.id);
    if (replayed !== undefined) return { own, account, hold: replayed };
    reap(account, own, at);
    accounts.forgetWindows(account, at);
    const denial = denialFor(own, cost, usedOf(account, at), at);
    if (denial !== undefined) return denial;
    if (account.holds.size >= MAX_HOLDS) return crowdedDenial(own[0]);
    return { own, account, hold: { expiresAt: at + lease.ttlMs, reservedAt: at, cost } };
  };

  const reserve = async (principals: readonly Principal[], cost: Cost, lease: Lease): Promise<Reservation | Denial> => {
    checkCost(cost);
    const at = now();
    const shares: Share[] = [];
    for (const principal of payersOf(budgets, principals)) {
      const outcome = reserveShare(principal, cost, lease, at);
      if ('granted' in outcome) return outcome;
      shares.push(outcome);
    }
    const fresh = shares.filter(({ account }) => !account.holds.has(lease.id));
    const replayed = shares.length > fresh.length;
    if (lease.consume !== undefined && !replayed && !accounts.consume(tokenKeeper(principals), lease.consume, at))
      return consumedDenial;
    for (const { account, own, hold } of fresh) {
      add(account, own, cost, 1, at);
      account.holds.set(lease.id, hold);
    }
    return grant(lease.id, shares[0]?.hold.cost ?? cost, shares);
  };

  const extend = async (reservation: Reservation, extra: Cost): Promise<Reservation | Denial> => {
    checkCost(extra);
    const shares = standing(reservation);
    if (shares.length < (sharesOf.get(reservation)?.length ?? 0)) throw new Error('quota: the reservation has ended');
    for (const { own, account, hold } of shares) {
      const touched = extendedBy(own, extra);
      const used = usedOf(account, hold.reservedAt);
      const denial = neverFits(touched, extra, now()) ?? denialFor(touched, extra, used, now());
      if (denial !== undefined) return denial;
    }
    for (const { own, account, hold } of shares) {
      add(account, own, extra, 1, hold.reservedAt);
      hold.cost = sumOf(hold.cost, extra);
    }
    return grant(reservation.id, shares[0]?.hold.cost ?? sumOf(reservation.cost, extra), shares);
  };

  const settle = async (reservation: Reservation, actual: Cost): Promise<void> => {
    checkCost(actual);
    for (const { own, account, hold } of standing(reservation)) {
      account.holds.delete(reservation.id);
      add(account, own, hold.cost, -1, hold.reservedAt);
      add(account, own, actual, 1, hold.reservedAt);
    }
  };

  return {
    reserve,
    extend,
    settle,
    usage: async (principal) =>
      usageOf(budgetsOf(budgets, principal.kind), usedOf(accounts.peek(principal), now()), now()),
  };
};
