/** What budgets say to a cost, and how full they are. */

import { amountFor } from './amounts.ts';
import type { Budget, BudgetLevel, BudgetUsage, Cost, Denial, PrincipalKind } from './types.ts';
import { windowAt, windowSeconds } from './windows/windows.ts';

/** Whether an outcome of the ledger is a refusal. */
export const isDenial = (outcome: object): outcome is Denial => 'granted' in outcome && outcome.granted === false;

/** What a budget has counted in the window in question. */
export type Used = (budget: Budget) => number;

/**
 * What a budget may have counted so far for `cost` still to fit, or `undefined` where it never refuses it. A strikes
 * budget refuses whoever has reached it, whatever the request costs.
 */
export const ceilingFor = (budget: Budget, cost: Cost): number | undefined => {
  if (budget.soft === true) return undefined;
  if (budget.unit === 'strikes') return budget.limit - 1;
  const amount = amountFor(budget, cost);
  return amount === 0 ? undefined : budget.limit - amount;
};

/** The budgets that an extension adds to. A strikes budget that is used up stops the next request, not this one. */
export const extendedBy = (budgets: readonly Budget[], extra: Cost): readonly Budget[] =>
  budgets.filter((budget) => amountFor(budget, extra) > 0);

const secondsLeft = (budget: Budget, at: number): number =>
  Math.max(1, Math.ceil((windowAt(budget, at).endsAt - at) / 1000));

const denialBy = (budget: Budget, reason: Denial['reason'], used: number, at: number): Denial => ({
  granted: false,
  reason,
  budget: budget.name,
  per: budget.per,
  unit: budget.unit,
  limit: budget.limit,
  windowSeconds: windowSeconds(budget, at),
  remaining: Math.max(0, budget.limit - used),
  retryAfterSeconds: secondsLeft(budget, at),
});

/** The denial of a cost that is larger than a whole budget: no time to wait helps. */
export const neverFits = (budgets: readonly Budget[], cost: Cost, at: number): Denial | undefined => {
  const budget = budgets.find((candidate) => candidate.soft !== true && amountFor(candidate, cost) > candidate.limit);
  return budget === undefined ? undefined : denialBy(budget, 'never_fits', 0, at);
};

/** Why `cost` does not fit at `at`, by the budget that takes longest to let it pass; `undefined` when it fits. */
export const denialFor = (budgets: readonly Budget[], cost: Cost, used: Used, at: number): Denial | undefined =>
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
  per: [],
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
  per: budget?.per ?? [],
  unit: budget?.unit ?? 'requests',
  limit: budget?.limit ?? 0,
});

/** How full budgets are at `at`. */
export const levelsOf = (
  per: PrincipalKind,
  budgets: readonly Budget[],
  used: Used,
  at: number,
): readonly BudgetLevel[] =>
  budgets.map((budget) => ({
    budget: budget.name,
    per,
    unit: budget.unit,
    soft: budget.soft ?? false,
    limit: budget.limit,
    used: used(budget),
    windowSeconds: windowSeconds(budget, at),
    resetSeconds: secondsLeft(budget, at),
  }));

/** What a principal has used, as a client may read it. */
export const usageOf = (budgets: readonly Budget[], used: Used, at: number): readonly BudgetUsage[] =>
  budgets.map((budget) => ({
    budget: budget.name,
    unit: budget.unit,
    limit: budget.limit,
    used: used(budget),
    remaining: Math.max(0, budget.limit - used(budget)),
    resetsAt: new Date(windowAt(budget, at).endsAt).toISOString(),
  }));
