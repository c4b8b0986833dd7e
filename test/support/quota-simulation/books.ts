/** What callers know of their reservations, and what was truly billed. It knows nothing of how a ledger works. */

import type { Budget, Cost } from '../../../core/quota/types.ts';
import { type Account, accountKeyOf, amountOf } from './accounts.ts';
import type { Invocation } from './history.ts';
import type { Written } from './table.ts';

/** A use of a lease, by one run or by several that share it: they bill together, and settle what all of them billed. */
export interface Spending {
  readonly lease: string;
  readonly accounts: readonly Account[];
  /** The time of its first request, by that caller's clock. */
  readonly beganAt: number;
  /** What callers were told that they may spend; nothing until then. */
  granted: Cost | undefined;
  /** The largest cost that one of its runs asked for and was granted. */
  asked: Cost;
  billed: Cost;
  /** What it settles to, once a settlement has begun. */
  actual: Cost | undefined;
  /** The earliest time, by a caller's clock, at which it may have expired. */
  expiresAt: number;
  /** Whether it may have been taken for dead before it was settled. */
  mayHaveLapsed: boolean;
  isSettled: boolean;
  /** Whether it was settled so late that nobody remembers what was given back of it. */
  isForgotten: boolean;
  /** Runs that have asked for it. */
  runs: number;
  /** Runs that hold it and have not settled it, dead ones too. */
  holders: number;
  reserving: number;
  settling: number;
  /** Settlements that were begun so far. */
  settlements: number;
  /** Whether a caller got no answer, so that nobody knows what stands. */
  isUnsure: boolean;
  /** Whether budgets that can do without the table may not have counted all of it. */
  isLoose: boolean;
  /** Whether more than one reservation may stand behind it: a run reserved while or after another one's ended. */
  isBlurred: boolean;
  /** Whether a run shares it that was granted less than what others used, or is of another version of the service. */
  isUnknown: boolean;
  /** Whether two runs reserved at once: where both are refused, neither knows that it may give back what both hold. */
  isContested: boolean;
  /** Where it was counted, by account and budget: names of counters, `?` where that is not known. */
  readonly counters: Map<string, Set<string>>;
  /** Where it passed without the table, by account and budget: the process and the window. */
  readonly local: Map<string, string>;
}

const UNITS = ['tokens', 'usdMicros', 'requests', 'strikes', 'quotaTokens'] as const;

/** Costs, unit by unit. */
export const combine = (a: Cost, b: Cost, how: (a: number, b: number) => number): Cost =>
  Object.fromEntries(UNITS.map((unit) => [unit, how(a[unit] ?? 0, b[unit] ?? 0)]));

/** Whether two costs are the same. */
export const isSame = (a: Cost, b: Cost): boolean => UNITS.every((unit) => (a[unit] ?? 0) === (b[unit] ?? 0));

export const add = (a: number, b: number): number => a + b;

/** Where a spending is counted for a budget, if that is known for sure. */
export const counterOf = (spending: Spending, account: Account, budget: Budget): string | undefined => {
  const counters = spending.counters.get(`${account.key}${budget.name}`);
  const [only] = counters ?? [];
  return counters?.size === 1 && only !== '?' ? only : undefined;
};

/** Whether runs of one lease may hold different reservations and not know it: nothing can be said of what they owe. */
export const isUnclear = ({ isBlurred, mayHaveLapsed, isUnknown }: Spending): boolean =>
  isUnknown || (isBlurred && mayHaveLapsed);

/** What its runs may spend together, at least. */
export const grantedOf = ({ granted = {}, asked }: Spending): Cost => combine(granted, asked, Math.max);

/** What a spending must at least be charged with, as far as its callers know. */
export const heldOf = (spending: Spending, budget: Budget): number =>
  isUnclear(spending) ? 0 : amountOf(budget, spending.actual ?? grantedOf(spending));

/** The books. */
export interface Books {
  readonly all: readonly Spending[];
  /** The spending that a run of `invocation` takes part in when it reserves now. */
  join(invocation: Invocation, accounts: readonly Account[], clock: number): Spending;
  /** Notes where a write counted what a lease holds. */
  note(written: Written): void;
  /** What spendings that are counted in `counter` come to. */
  sum(account: string, budget: Budget, counter: string, amount: (spending: Spending, own: Account) => number): number;
}

const fresh = ({ lease, ttlMs }: Invocation, accounts: readonly Account[], clock: number): Spending => ({
  lease,
  accounts,
  beganAt: clock,
  granted: undefined,
  asked: {},
  billed: {},
  actual: undefined,
  expiresAt: clock + ttlMs,
  mayHaveLapsed: false,
  isSettled: false,
  isForgotten: false,
  runs: 1,
  holders: 0,
  reserving: 0,
  settling: 0,
  settlements: 0,
  isUnsure: false,
  isLoose: false,
  isBlurred: false,
  isUnknown: false,
  isContested: false,
  counters: new Map(),
  local: new Map(),
});

const LEASE = 'r#';
const ENDED = /^[rz]#/; // r#lease1/b7x0, or z#lease1/b7x0 where it was given back before

/** The lease in an attribute: a version of the budgets follows it. */
const leaseIn = (attribute: string): string => attribute.slice(LEASE.length).split('/')[0] ?? '';

const ofBudget = (counters: readonly string[], name: string): readonly string[] =>
  counters.filter((counter) => counter.startsWith(`${name}@`));

/** Notes that a spending is counted in `counters`; a new one that is in none is counted nobody knows where. */
const place = (spending: Spending, key: string, counters: readonly string[], isNew: boolean): void => {
  if (counters.length === 0 && !isNew) return;
  const where = spending.counters.get(key) ?? new Set();
  for (const counter of counters.length === 0 ? ['?'] : counters) where.add(counter);
  spending.counters.set(key, where);
};

/** Empty books. */
export const createBooks = (): Books => {
  const all: Spending[] = [];
  const current = new Map<string, Spending>();

  return {
    all,
    join(invocation, accounts, clock) {
      const { lease } = invocation;
      const known = current.get(lease);
      const isOver = known?.isSettled && !known.isUnsure && known.holders + known.reserving + known.settling === 0;
      if (known !== undefined && !isOver) {
        known.runs += 1;
        if (known.reserving > 0) known.isContested = true;
        if (known.actual !== undefined || known.mayHaveLapsed) known.isBlurred = true;
        return known;
      }
      const spending = fresh(invocation, accounts, clock);
      all.push(spending);
      current.set(lease, spending);
      return spending;
    },
    note({ key, update, before }) {
      const find = (attribute: string): { spending: Spending; account: Account } | undefined => {
        const spending = current.get(leaseIn(attribute));
        const account = spending?.accounts.find((candidate) => candidate.key === accountKeyOf(key));
        return spending && account && { spending, account };
      };
      const counters = Object.keys(update.add);
      for (const attribute of Object.keys(update.set)) {
        const held = attribute.startsWith(LEASE) ? find(attribute) : undefined;
        const isNew = before[attribute] === undefined;
        for (const { name, unit } of held?.account.budgets ?? [])
          if (held !== undefined && unit !== 'strikes')
            place(held.spending, held.account.key + name, ofBudget(counters, name), isNew);
      }
      // a settlement may clear dead leases away, too
      const ended = update.remove.filter((attribute) => ENDED.test(attribute)).map(find);
      const settling = ended.filter((held) => held?.spending.actual !== undefined);
      for (const held of settling)
        for (const { name, unit } of held?.account.budgets ?? []) {
          const where = ofBudget(counters, name);
          if (held === undefined || unit !== 'strikes' || where.length === 0) continue;
          place(held.spending, held.account.key + name, settling.length === 1 ? where : ['?'], false);
        }
    },
    sum(key, budget, counter, amount) {
      let total = 0;
      for (const spending of all) {
        const account = spending.accounts.find((candidate) => candidate.key === key);
        if (account !== undefined && counterOf(spending, account, budget) === counter)
          total += amount(spending, account);
      }
      return total;
    },
  };
};
