/** What costs come to, unit by unit. */

import type { Budget, BudgetUnit, Cost } from './types.ts';

/** The field of a cost that a budget of each unit counts. */
export const COST_FIELDS: Readonly<Record<BudgetUnit, keyof Cost>> = {
  tokens: 'tokens',
  usd: 'usdMicros',
  requests: 'requests',
  strikes: 'strikes',
  quotaTokens: 'quotaTokens',
};

const FIELDS = Object.values(COST_FIELDS);

const each = (amountOf: (field: keyof Cost) => number): Required<Cost> =>
  Object.fromEntries(FIELDS.map((field) => [field, amountOf(field)])) as unknown as Required<Cost>;

/** What `cost` comes to in the unit of `budget`. */
export const amountFor = (budget: Budget, cost: Cost): number => cost[COST_FIELDS[budget.unit]] ?? 0;

/** The sum of two costs. */
export const sumOf = (a: Cost, b: Cost): Required<Cost> => each((field) => (a[field] ?? 0) + (b[field] ?? 0));

/** The least of costs, unit by unit. */
export const leastOf = (costs: readonly Cost[]): Required<Cost> =>
  each((field) => Math.min(...costs.map((cost) => cost[field] ?? 0)));

/** `cost` with nothing below zero. */
export const positivePart = (cost: Cost): Required<Cost> => each((field) => Math.max(0, cost[field] ?? 0));

/** What takes `cost` back. */
export const negative = (cost: Cost): Required<Cost> => each((field) => 0 - (cost[field] ?? 0));

/** @throws RangeError for an amount that is no whole number of at least zero. */
export const checkCost = (cost: Cost): void => {
  for (const amount of Object.values(cost))
    if (amount !== undefined && !(Number.isSafeInteger(amount) && amount >= 0))
      throw new RangeError('quota: invalid cost');
};
