/** How full budgets will be when a reservation is settled. */

import { COST_FIELDS } from '../../core/quota/amounts.ts';
import type { BudgetLevel, Cost, Reservation } from '../../core/quota/types.ts';

/** The levels of `reservation` as they will be when `actual` takes the place of what it holds. */
export const levelsAfter = ({ levels, cost }: Reservation, actual: Cost): readonly BudgetLevel[] =>
  levels.map((level) => {
    const field = COST_FIELDS[level.unit];
    return { ...level, used: Math.max(0, level.used - (cost[field] ?? 0) + (actual[field] ?? 0)) };
  });
