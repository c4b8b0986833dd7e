/** What a caller may know of its budgets. */

import { atomsOf, payersOf } from './principals.ts';
import { OWN_ATOMS } from './rate-limit-fields.ts';
import type { Budget, BudgetUsage, Principal, QuotaLedger } from './types.ts';

/** What those among `principals` have used that are the caller's own, of the budgets that count for its requests. */
export const ownUsage = async (
  ledger: Pick<QuotaLedger, 'usage'>,
  budgets: readonly Budget[],
  principals: readonly Principal[],
): Promise<readonly BudgetUsage[]> => {
  const own = principals.filter(({ kind }) => atomsOf(kind).every((atom) => OWN_ATOMS.includes(atom)));
  const usages = await Promise.all(
    payersOf(budgets, own).map(async ({ principal, own: counted }) => {
      const used = await ledger.usage(principal);
      return used.filter(({ budget }) => counted.some(({ name }) => name === budget));
    }),
  );
  return usages.flat();
};
