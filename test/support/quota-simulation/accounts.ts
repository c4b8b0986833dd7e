/** Who is charged for a request, worked out anew: the simulation does not ask the ledger. */

import type { Budget, BudgetUnit, Cost, Principal, PrincipalKind } from '../../../core/quota/types.ts';
import type { History } from './history.ts';
import { keyOf } from './processes.ts';

/** A principal that budgets count for. */
export interface Account {
  readonly key: string;
  readonly kind: PrincipalKind;
  readonly budgets: readonly Budget[];
  /** Whether a request is refused when the table gives no answer. */
  readonly isClosed: boolean;
  /** Whether it passes then within a small allowance of the process. */
  readonly isDegraded: boolean;
}

const FIELDS: Readonly<Record<BudgetUnit, keyof Cost>> = {
  tokens: 'tokens',
  usd: 'usdMicros',
  requests: 'requests',
  strikes: 'strikes',
  quotaTokens: 'quotaTokens',
};

/** What a cost comes to for a budget. */
export const amountOf = ({ unit }: Budget, cost: Cost): number => cost[FIELDS[unit]] ?? 0;

const kindsOf = ({ per }: Budget): readonly PrincipalKind[] => (typeof per === 'string' ? [per] : per);

const isOfModel = (kind: PrincipalKind): boolean => kind.split('+').includes('model');

const find = (principals: readonly Principal[], kind: PrincipalKind): Principal | undefined => {
  const [one, other] = kind.split('+').map((atom) => principals.find((principal) => principal.kind === atom));
  if (!kind.includes('+')) return one;
  return one && other && { kind, id: JSON.stringify([one.id, other.id]) };
};

const counts = (budget: Budget, principals: readonly Principal[]): Principal | undefined => {
  const model = principals.find(({ kind }) => kind === 'model');
  const kinds = kindsOf(budget);
  if (kinds.some(isOfModel) !== (model !== undefined)) return undefined;
  if (budget.models !== undefined && !budget.models.includes(model?.id ?? '')) return undefined;
  for (const kind of kinds) {
    const found = find(principals, kind);
    if (found !== undefined) return found;
  }
  return undefined;
};

/**
 * What two versions of a budget promise together: the larger limit, and what expires may be released. A process of
 * either may have granted what the other one counts.
 */
const weaker = (budget: Budget, other: Budget | undefined): Budget => {
  if (other === undefined) return budget;
  const isReleased = budget.onExpiry === 'release' || other.onExpiry === 'release';
  return {
    ...budget,
    limit: Math.max(budget.limit, other.limit),
    ...(isReleased ? { onExpiry: 'release' as const } : {}),
  };
};

/** The budgets of one version, with what they promise beside those of another. */
const weakened = (budgets: readonly Budget[], others: readonly Budget[]): readonly Budget[] =>
  budgets.map((budget) =>
    weaker(
      budget,
      others.find(({ name }) => name === budget.name),
    ),
  );

/** The accounts that a request of `principals` is charged to. */
export const accountsOf = (budgets: readonly Budget[], principals: readonly Principal[]): readonly Account[] => {
  const accounts = new Map<string, { kind: PrincipalKind; budgets: Budget[] }>();
  for (const budget of budgets) {
    const payer = counts(budget, principals);
    if (payer === undefined) continue;
    const key = keyOf(payer);
    const account = accounts.get(key) ?? { kind: payer.kind, budgets: [] };
    account.budgets.push(budget);
    accounts.set(key, account);
  }
  return [...accounts].map(([key, account]) => {
    const modes = account.budgets.map(({ onFailure = 'closed' }) => onFailure);
    const isClosed = modes.includes('closed');
    return { key, ...account, isClosed, isDegraded: !isClosed && modes.includes('degraded') };
  });
};

/** Whom a request is charged to by the `budgets` of its process, with what both versions of the service promise. */
export const promisedTo = (
  { budgets: first, deployed }: Pick<History, 'budgets' | 'deployed'>,
  budgets: readonly Budget[],
  principals: readonly Principal[],
): readonly Account[] =>
  accountsOf(weakened(budgets, (budgets === first ? deployed?.budgets : first) ?? []), principals);

const ACCOUNT = /[^#]*;/; // tenant=t0; in u#tenant=t0;#3

/** The account whose item, or shard, has this key. */
export const accountKeyOf = (itemKey: string): string => ACCOUNT.exec(itemKey)?.[0] ?? itemKey;
