/**
 * What a client learns of budgets in headers. Source: draft-ietf-httpapi-ratelimit-headers-10 (`RateLimit-Policy`,
 * `RateLimit`); its unit parameter knows no tokens, so the name of a budget has to say what it counts.
 */

import { atomsOf, kindsOf } from './principals.ts';
import type { Budget, BudgetLevel, Denial, PrincipalAtom } from './types.ts';

/** Whose budgets a caller may read: its own, and not what its tenant or the account have left. */
export const OWN_ATOMS: readonly PrincipalAtom[] = ['session', 'user', 'apiKey', 'ip'];

/** Whether a budget is the caller's own, whichever of its kinds counts: with a model too, but not of the model alone. */
export const isOwn = (budget: Pick<Budget, 'per'>): boolean => {
  const kinds = kindsOf(budget).map(atomsOf);
  return (
    kinds.length > 0 &&
    kinds.every(
      ([first, ...others]) =>
        first !== undefined &&
        OWN_ATOMS.includes(first) &&
        others.every((atom) => atom === 'model' || OWN_ATOMS.includes(atom)),
    )
  );
};

const leftOf = ({ limit, used }: BudgetLevel): number => Math.max(0, limit - used);

/**
 * The levels that a caller may read. How many strikes are left is nobody's business. Of a budget that counts several
 * models, the one with the least left.
 */
const ownOf = (levels: readonly BudgetLevel[]): readonly BudgetLevel[] => {
  const own = new Map<string, BudgetLevel>();
  for (const level of levels) {
    if (level.unit === 'strikes' || !isOwn(level)) continue;
    const known = own.get(level.budget);
    if (known === undefined || leftOf(level) < leftOf(known)) own.set(level.budget, level);
  }
  return [...own.values()];
};

/** How full a budget is that warns, in percent. */
export const WARNING_PERCENTS = [80, 90, 100] as const;

/** The highest warning that a budget has reached, if any. */
export const warningOf = ({
  used,
  limit,
}: Pick<BudgetLevel, 'used' | 'limit'>): (typeof WARNING_PERCENTS)[number] | undefined =>
  WARNING_PERCENTS.findLast((percent) => used * 100 >= limit * percent && used > 0);

/** Header that names budgets which are nearly used up. */
export const WARNING_HEADER = 'x-bulwark-budget-warning';

const policyItem = (name: string, limit: number, windowSeconds: number): string =>
  `"${name}";q=${limit}${windowSeconds > 0 ? `;w=${windowSeconds}` : ''}`;

const limitItem = (name: string, remaining: number, windowSeconds: number, resetSeconds: number): string =>
  `"${name}";r=${remaining}${windowSeconds > 0 ? `;t=${resetSeconds}` : ''}`;

const joined = (name: string, items: readonly string[]): Record<string, string> =>
  items.length === 0 ? {} : { [name]: items.join(', ') };

/** The headers of an answer: what the caller may still use, and which of its budgets are nearly used up. */
export const levelFields = (levels: readonly BudgetLevel[]): Readonly<Record<string, string>> => {
  const own = ownOf(levels);
  const warnings = own.flatMap((level) => {
    const percent = warningOf(level);
    return percent === undefined ? [] : [`"${level.budget}";at=${percent}`];
  });
  return {
    ...joined(
      'ratelimit-policy',
      own.map(({ budget, limit, windowSeconds }) => policyItem(budget, limit, windowSeconds)),
    ),
    ...joined(
      'ratelimit',
      own.map((level) => limitItem(level.budget, leftOf(level), level.windowSeconds, level.resetSeconds)),
    ),
    ...joined(WARNING_HEADER, warnings),
  };
};

/** A year, in seconds: whoever is to wait longer, as for a budget that never starts again, is not told to wait. */
const LONGEST_WAIT = 31_536_000;

/** `Retry-After` of a refusal (RFC 9110, 10.2.3). */
export const retryAfterField = ({ retryAfterSeconds }: Denial): Readonly<Record<string, string>> =>
  retryAfterSeconds > LONGEST_WAIT ? {} : { 'retry-after': String(retryAfterSeconds) };

/**
 * The headers of a refusal. What a tenant or the account has left is in none of them:
 * whoever asks must not learn what others use.
 */
export const denialFields = (denial: Denial): Readonly<Record<string, string>> => ({
  ...retryAfterField(denial),
  ...(isOwn(denial) && {
    'ratelimit-policy': policyItem(denial.budget, denial.limit, denial.windowSeconds),
    ratelimit: limitItem(denial.budget, denial.remaining, denial.windowSeconds, denial.retryAfterSeconds),
  }),
});
