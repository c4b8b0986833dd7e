/** Which budgets count for whom, and what they say to a cost. Shared by every ledger. */

import { checkOptions, integer, oneOf, text } from '../options.ts';
import type { Budget, BudgetUsage, Cost, Denial, Principal, PrincipalKind } from './types.ts';
import { windowAt, windowSeconds } from './windows.ts';

const KINDS: readonly PrincipalKind[] = ['user', 'apiKey', 'ip', 'tenant', 'session', 'account'];
const NAME = /^[a-z0-9][a-z0-9-]{0,31}$/; // day-tokens

/** Most budgets of one kind of principal: they share one item and one condition of 4 KB. */
const MAX_BUDGETS_PER_KIND = 8;

/** Most reservations of one principal in flight: what is kept for it must not grow without bound. */
export const MAX_HOLDS = 200;

const kindsOf = (budget: Budget): readonly PrincipalKind[] =>
  typeof budget.per === 'string' ? [budget.per] : budget.per;

/** The budgets that count for a principal of `kind`. */
export const budgetsOf = (budgets: readonly Budget[], kind: PrincipalKind): readonly Budget[] =>
  budgets.filter((budget) => kindsOf(budget).includes(kind));

const CHECKS = {
  name: text(),
  per: () => undefined,
  unit: oneOf('tokens', 'usd', 'requests', 'strikes'),
  window: oneOf('minute', 'hour', 'day', 'week', 'month', 'session'),
  limit: integer(1),
  onExpiry: oneOf('charge', 'release'),
};

const checkBudget = (budget: Budget): void => {
  checkOptions('budget', budget, CHECKS);
  for (const field of ['name', 'per', 'unit', 'window', 'limit'] as const)
    if (budget[field] === undefined) throw new TypeError(`budget: ${field} is needed`);
  if (!NAME.test(budget.name)) throw new TypeError('budget: name must be lower-case letters, digits and dashes');
  const kinds = kindsOf(budget);
  if (!Array.isArray(kinds) || kinds.length === 0 || !kinds.every((kind) => KINDS.includes(kind)))
    throw new TypeError(`budget: per must be one or more of ${KINDS.join(', ')}`);
};

/** @throws TypeError for a budget that is invalid, twice there, or one too many for a kind of principal. */
export const checkBudgets = (budgets: readonly Budget[]): void => {
  for (const budget of budgets) checkBudget(budget);
  if (new Set(budgets.map(({ name }) => name)).size < budgets.length)
    throw new TypeError('budgets: a name is there twice');
  for (const kind of KINDS)
    if (budgetsOf(budgets, kind).length > MAX_BUDGETS_PER_KIND)
      throw new TypeError(`budgets: at most ${MAX_BUDGETS_PER_KIND} for one kind of principal`);
};

/** What `cost` comes to in the unit of `budget`. */
export const amountFor = (budget: Budget, cost: Cost): number =>
  ({ tokens: cost.tokens, usd: cost.usdMicros, requests: cost.requests, strikes: cost.strikes })[budget.unit] ?? 0;

/** @throws RangeError for an amount that is no whole number of at least zero. */
export const checkCost = (cost: Cost): void => {
  for (const amount of Object.values(cost))
    if (amount !== undefined && !(Number.isSafeInteger(amount) && amount >= 0))
      throw new RangeError('quota: invalid cost');
};

/**
 * What a budget may have counted so far for `cost` still to fit, or `undefined` where the cost is none of its business.
 * A strikes budget refuses whoever has reached it, whatever the request costs.
 */
export const ceilingFor = (budget: Budget, cost: Cost): number | undefined => {
  if (budget.unit === 'strikes') return budget.limit - 1;
  const amount = amountFor(budget, cost);
  return amount === 0 ? undefined : budget.limit - amount;
};

/** How a counter of `budget` is called that counts at `at`. */
export const counterName = (budget: Budget, at: number): string => `${budget.name}@${windowAt(budget.window, at).key}`;

const denialBy = (budget: Budget, reason: Denial['reason'], used: number, at: number): Denial => ({
  granted: false,
  reason,
  budget: budget.name,
  unit: budget.unit,
  limit: budget.limit,
  windowSeconds: windowSeconds(budget.window, at),
  remaining: Math.max(0, budget.limit - used),
  retryAfterSeconds: Math.max(1, Math.ceil((windowAt(budget.window, at).endsAt - at) / 1000)),
});

/** The denial of a cost that is larger than a whole budget: no time to wait helps. */
export const neverFits = (budgets: readonly Budget[], cost: Cost, at: number): Denial | undefined => {
  const budget = budgets.find((candidate) => amountFor(candidate, cost) > candidate.limit);
  return budget === undefined ? undefined : denialBy(budget, 'never_fits', 0, at);
};

/** Why `cost` does not fit at `at`, by the budget that takes longest to let it pass; `undefined` when it fits. */
export const denialFor = (
  budgets: readonly Budget[],
  cost: Cost,
  used: (budget: Budget) => number,
  at: number,
): Denial | undefined =>
  budgets
    .filter((budget) => used(budget) > (ceilingFor(budget, cost) ?? Number.POSITIVE_INFINITY))
    .map((budget) => denialBy(budget, budget.unit === 'strikes' ? 'suspended' : 'budget', used(budget), at))
    .reduce<Denial | undefined>(
      (worst, denial) => (worst === undefined || denial.retryAfterSeconds > worst.retryAfterSeconds ? denial : worst),
      undefined,
    );

/** The denial of a one-time token that was used before. */
export const consumedDenial: Denial = {
  granted: false,
  reason: 'consumed',
  budget: '',
  unit: 'requests',
  limit: 0,
  windowSeconds: 0,
  remaining: 0,
  retryAfterSeconds: 1,
};

/** The denial of a principal with too many reservations at once: the next one ends soon. */
export const crowdedDenial = (budget: Budget | undefined): Denial => ({
  ...consumedDenial,
  reason: 'budget',
  budget: budget?.name ?? '',
  unit: budget?.unit ?? 'requests',
});

/** What a principal has used, as a client may read it. */
export const usageOf = (
  budgets: readonly Budget[],
  used: (budget: Budget) => number,
  at: number,
): readonly BudgetUsage[] =>
  budgets.map((budget) => ({
    budget: budget.name,
    unit: budget.unit,
    limit: budget.limit,
    used: used(budget),
    remaining: Math.max(0, budget.limit - used(budget)),
    resetsAt: new Date(windowAt(budget.window, at).endsAt).toISOString(),
  }));

/** The sum of two costs. */
export const sumOf = (a: Cost, b: Cost): Required<Cost> => ({
  tokens: (a.tokens ?? 0) + (b.tokens ?? 0),
  usdMicros: (a.usdMicros ?? 0) + (b.usdMicros ?? 0),
  requests: (a.requests ?? 0) + (b.requests ?? 0),
  strikes: (a.strikes ?? 0) + (b.strikes ?? 0),
});

/** The principals that a budget counts for, each once, in their order. */
export const payersOf = (budgets: readonly Budget[], principals: readonly Principal[]): readonly Principal[] =>
  principals.filter(
    ({ kind, id }, index) =>
      budgetsOf(budgets, kind).length > 0 &&
      principals.findIndex((other) => other.kind === kind && other.id === id) === index,
  );

/**
 * With whom it is kept that a one-time token was used: the narrowest principal, but for a session. A caller may have
 * many sessions, or none, and would use the token once with each.
 *
 * @throws TypeError without any principal: nobody could tell the second use from the first.
 */
export const tokenKeeper = (principals: readonly Principal[]): Principal => {
  const keeper = principals.find(({ kind }) => kind !== 'session') ?? principals[0];
  if (keeper === undefined) throw new TypeError('quota: a one-time token needs a principal');
  return keeper;
};

/** The budgets that an extension adds to. A strikes budget that is used up stops the next request, not this one. */
export const extendedBy = (budgets: readonly Budget[], extra: Cost): readonly Budget[] =>
  budgets.filter((budget) => amountFor(budget, extra) > 0);
