/** How full a budget was as a request met it: what warnings are made of, and the alarm on the account's own limits. */

import { atomsOf, kindsOf } from './principals.ts';
import type { Budget, BudgetLevel, Denial, PrincipalAtom } from './types.ts';

/** A level, or what a denial says of one. */
export interface MetLevel
  extends Pick<BudgetLevel, 'budget' | 'unit' | 'limit' | 'used' | 'windowSeconds' | 'resetSeconds'>,
    Pick<Budget, 'per'> {
  /** The budget refused: the record says so already. */
  readonly refused?: true;
}

/** What a denial says of the budget that refused, if one did: whatever was left of it, for this request it was used up. */
export const metBy = (denial: Denial): MetLevel | undefined => {
  const { reason, budget, per, unit, limit, windowSeconds, retryAfterSeconds: resetSeconds } = denial;
  if (reason !== 'budget' || budget === '') return undefined;
  return { budget, per, unit, limit, used: limit, windowSeconds, resetSeconds, refused: true };
};

/** How full a budget is, in percent. A limit of 0 is full. */
export const percentOf = ({ used, limit }: Pick<MetLevel, 'used' | 'limit'>): number =>
  limit === 0 ? 100 : (100 * used) / limit;

const countsOnly = (budget: Pick<Budget, 'per'>, atoms: readonly PrincipalAtom[]): boolean =>
  kindsOf(budget).every((kind) => atomsOf(kind).every((atom) => atoms.includes(atom)));

/** Whether a budget counts everybody together: the account, a model, or both. */
export const isAccountWide = (budget: Pick<Budget, 'per'>): boolean => countsOnly(budget, ['account', 'model']);

/** The share of a window that counts as gone at least: a single request says nothing of the pace of a month. */
const LEAST_GONE = 0.05;

/**
 * How fast a USD budget of the account or of a tenant is used, in percent: the share that is used, reservations included,
 * over the share of its window that is gone. At 100 it lasts for the window, at 200 for half of it. `undefined` for other
 * budgets, and where there is no window.
 */
export const spendPaceOf = (level: MetLevel): number | undefined => {
  const { unit, windowSeconds, resetSeconds } = level;
  if (unit !== 'usd' || windowSeconds <= 0 || !countsOnly(level, ['account', 'tenant', 'model'])) return undefined;
  return percentOf(level) / Math.min(1, Math.max(LEAST_GONE, 1 - resetSeconds / windowSeconds));
};
