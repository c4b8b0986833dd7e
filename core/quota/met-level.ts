/** How full a budget was as a request met it: what warnings are made of, and the alarm on the account's own limits. */

import { atomsOf, kindsOf } from './principals.ts';
import type { Budget, BudgetLevel, Denial } from './types.ts';

/** A level, or what a denial says of one. */
export interface MetLevel extends Pick<BudgetLevel, 'budget' | 'limit' | 'used'>, Pick<Budget, 'per'> {
  /** The budget refused: the record says so already. */
  readonly refused?: true;
}

/** What a denial says of the budget that refused, if one did: whatever was left of it, for this request it was used up. */
export const metBy = ({ reason, budget, per, limit }: Denial): MetLevel | undefined =>
  reason === 'budget' && budget !== '' ? { budget, per, limit, used: limit, refused: true } : undefined;

/** How full a budget is, in percent. A limit of 0 is full. */
export const percentOf = ({ used, limit }: Pick<MetLevel, 'used' | 'limit'>): number =>
  limit === 0 ? 100 : (100 * used) / limit;

/** Whether a budget counts everybody together: the account, a model, or both. */
export const isAccountWide = (budget: Pick<Budget, 'per'>): boolean =>
  kindsOf(budget).every((kind) => atomsOf(kind).every((atom) => atom === 'account' || atom === 'model'));
