/** Whether there is anybody whom a request can be charged to. */

import { isPerModel, payersOf } from './principals.ts';
import type { Budget, Principal } from './types.ts';

/** Stands for a model that no budget names. */
const ANY_MODEL = 'any';

/**
 * Whether some budget counts for a request of `principals`; where all count by model, for a call of some model. Without
 * budgets everybody may ask.
 */
export const isCharged = (budgets: readonly Budget[], principals: readonly Principal[]): boolean => {
  if (budgets.length === 0) return true;
  if (!budgets.every(isPerModel)) return payersOf(budgets, principals).length > 0;
  const models = new Set(budgets.flatMap((budget) => budget.models ?? [ANY_MODEL]));
  return [...models].some((id) => payersOf(budgets, [...principals, { kind: 'model', id }]).length > 0);
};
