/** Random histories of a ledger, and a ledger so simple that it is easily seen to be right: it keeps everything. */

import fc from 'fast-check';
import { COST_FIELDS } from '../../core/quota/amounts.ts';
import type { Budget, Cost, Principal, QuotaLedger, Reservation } from '../../core/quota/index.ts';
import type { TestClock } from './quota-contract.ts';

/** A step of a history. `pick` chooses among the reservations in flight, `wait` is in milliseconds. */
export type Step =
  | { readonly do: 'reserve'; readonly user: number; readonly cost: Cost }
  | { readonly do: 'extend'; readonly pick: number; readonly cost: Cost }
  | { readonly do: 'settle'; readonly pick: number; readonly cost: Cost }
  | { readonly do: 'wait'; readonly wait: number };

export const LEASE_MS = 120_000;

export const BUDGETS: readonly Budget[] = [
  { name: 'minute', per: 'user', unit: 'tokens', window: 'minute', limit: 200 },
  { name: 'day', per: 'user', unit: 'tokens', window: 'day', limit: 500 },
  { name: 'requests', per: 'user', unit: 'requests', window: 'hour', limit: 12 },
  { name: 'strikes', per: 'user', unit: 'strikes', window: 'hour', limit: 3 },
  { name: 'tenant', per: 'tenant', unit: 'tokens', window: 'week', limit: 900 },
  { name: 'spare', per: 'tenant', unit: 'requests', window: 'month', limit: 25, onExpiry: 'release' },
];

const amount = fc.integer({ min: 0, max: 120 });
const cost = fc.record({ tokens: amount, requests: fc.constantFrom(0, 1) });
const pick = fc.nat(20);

/** Histories of three users of one tenant. */
export const histories = (maxLength: number): fc.Arbitrary<readonly Step[]> =>
  fc.array(
    fc.oneof(
      { weight: 5, arbitrary: fc.record({ do: fc.constant('reserve' as const), user: fc.nat(2), cost }) },
      { weight: 2, arbitrary: fc.record({ do: fc.constant('extend' as const), pick, cost }) },
      {
        weight: 3,
        arbitrary: fc.record({
          do: fc.constant('settle' as const),
          pick,
          cost: fc.record({ tokens: amount, requests: fc.constant(1), strikes: fc.constantFrom(0, 0, 0, 1) }),
        }),
      },
      {
        weight: 2,
        arbitrary: fc.record({
          do: fc.constant('wait' as const),
          wait: fc.constantFrom(1, 999, 20_000, 59_999, 60_001, 200_000, 3_600_000, 86_400_000, 604_800_000),
        }),
      },
    ),
    { maxLength },
  );

/** What somebody did at a time: nothing is ever taken out of the list. */
interface Entry {
  readonly who: readonly Principal[];
  readonly at: number;
  cost: Cost;
  settled: boolean;
}

/** Start of the window, by the calendar of `Date`: the ledgers count windows with arithmetic of their own. */
const startOf = (window: Budget['window'], at: number): number => {
  const date = new Date(at);
  date.setUTCMilliseconds(0);
  date.setUTCSeconds(0);
  if (window !== 'minute') date.setUTCMinutes(0);
  if (window !== 'minute' && window !== 'hour') date.setUTCHours(0);
  if (window === 'week') while (date.getUTCDay() !== 1) date.setUTCDate(date.getUTCDate() - 1);
  if (window === 'month') date.setUTCDate(1);
  return window === 'session' ? 0 : date.getTime();
};

/** What `budget` must count for `who` at `at`. */
const expected = (entries: readonly Entry[], budget: Budget, who: Principal, at: number, now: number): number =>
  entries
    .filter((entry) => entry.who.some(({ kind, id }) => kind === who.kind && id === who.id))
    .filter((entry) => startOf(budget.window, entry.at) === startOf(budget.window, at))
    .filter((entry) => entry.settled || budget.onExpiry !== 'release' || entry.at + LEASE_MS >= now)
    .reduce((sum, entry) => sum + (entry.cost[COST_FIELDS[budget.unit]] ?? 0), 0);

const fits = (
  entries: readonly Entry[],
  who: readonly Principal[],
  extra: Cost,
  at: number,
  now: number,
  extending: boolean,
) =>
  who.every((principal) =>
    BUDGETS.filter(({ per }) => per === principal.kind).every((budget) => {
      const more = extra[COST_FIELDS[budget.unit]] ?? 0;
      const used = expected(entries, budget, principal, at, now);
      if (budget.unit === 'strikes') return extending || used < budget.limit;
      return more === 0 || used + more <= budget.limit;
    }),
  );

/**
 * Lets `ledger` live through `steps` and compares every decision and every counter with the list of all that happened.
 *
 * @throws Error that says at which step they differ.
 */
export const liveThrough = async (ledger: QuotaLedger, steps: readonly Step[], clock: TestClock, name: string) => {
  const users = [0, 1, 2].map((index): Principal => ({ kind: 'user', id: `${name}-${index}` }));
  const tenant: Principal = { kind: 'tenant', id: name };
  const entries: Entry[] = [];
  let flying: { entry: Entry; reservation: Reservation }[] = [];
  for (const [index, step] of steps.entries()) {
    const say = (what: string) => new Error(`step ${index} (${step.do}): ${what}`);
    const now = clock.at;
    flying = flying.filter(({ entry }) => entry.at + LEASE_MS >= now); // the functions of the others have died
    if (step.do === 'wait') clock.at += step.wait;
    if (step.do === 'reserve') {
      const who = [users[step.user] as Principal, tenant];
      const should = fits(entries, who, step.cost, now, now, false);
      const outcome = await ledger.reserve(who, step.cost, { id: `${name}-${index}`, ttlMs: LEASE_MS });
      if (outcome.granted !== should) throw say(`granted ${outcome.granted}, not ${should}`);
      if (outcome.granted) {
        const entry = { who, at: now, cost: step.cost, settled: false };
        entries.push(entry);
        flying.push({ entry, reservation: outcome });
      }
    }
    const chosen = step.do === 'extend' || step.do === 'settle' ? flying[step.pick % flying.length] : undefined;
    if (chosen !== undefined && step.do === 'extend') {
      const { entry } = chosen;
      const should = fits(entries, entry.who, step.cost, entry.at, now, true);
      const outcome = await ledger.extend(chosen.reservation, step.cost);
      if (outcome.granted !== should) throw say(`granted ${outcome.granted}, not ${should}`);
      if (outcome.granted) {
        const sum = (unit: 'tokens' | 'requests') => (entry.cost[unit] ?? 0) + (step.cost[unit] ?? 0);
        entry.cost = { tokens: sum('tokens'), requests: sum('requests') };
        if (step.pick % 2 === 0) chosen.reservation = outcome; // else goes on with the older version
      }
    }
    if (chosen !== undefined && step.do === 'settle') {
      await ledger.settle(chosen.reservation, step.cost);
      chosen.entry.cost = step.cost;
      chosen.entry.settled = true;
      flying = flying.filter((other) => other !== chosen);
    }
    for (const who of [...users, tenant])
      for (const usage of await ledger.usage(who)) {
        const budget = BUDGETS.find(({ name: own }) => own === usage.budget) as Budget;
        const used = expected(entries, budget, who, clock.at, clock.at);
        // what dead functions held is given back when somebody needs it, not before
        const wrong = budget.onExpiry === 'release' ? usage.used < used : usage.used !== used;
        if (wrong) throw say(`${usage.budget} counts ${usage.used}, not ${used}`);
      }
  }
};
