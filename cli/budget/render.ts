/** Budgets of one principal, as tables for people and as JSON for programs. */

import type { BudgetState, PrincipalState } from '../../core/quota/ledger/budget-admin.ts';
import type { BudgetUnit } from '../../core/quota/types.ts';
import { harmlessLine } from '../output.ts';
import type { Column } from '../table.ts';
import type { Session } from './session.ts';

const NUMBERS = new Intl.NumberFormat('en', { useGrouping: true });

/** A count with its thousands apart. */
export const number = (value: number): string => NUMBERS.format(value);

const UNITS: Readonly<Record<BudgetUnit, string>> = {
  tokens: 'tokens',
  usd: 'micro-USD',
  requests: 'requests',
  strikes: 'strikes',
  quotaTokens: 'quota tokens',
};

/** Columns that say which budget a row is of. */
export const NAMING: readonly Column[] = [
  { title: 'budget', kind: 'text' },
  { title: 'unit', kind: 'text', expendable: 2 },
  { title: 'window', kind: 'text', expendable: 1 },
];

/** The cells of {@link NAMING}. */
export const naming = ({ budget, unit, window, zone, soft }: BudgetState): readonly string[] => [
  harmlessLine(budget),
  UNITS[unit],
  `${window}${zone === undefined ? '' : ` (${zone})`}${soft ? ', soft' : ''}`,
];

/** A column of numbers. */
export const numeric = (title: string): Column => ({ title, kind: 'number' });

/** Who is meant, in which table, by which budgets. */
export const heading = ({ options: { whose }, sources, region }: Session): readonly string[] => {
  const { table, budgetsFrom, who } = sources;
  const named = 'id' in whose ? `${harmlessLine(whose.id)}, ` : '';
  return [
    `${who.kind} ${named}${who.digest}`,
    `Table ${harmlessLine(table)} in ${region}, budgets of ${harmlessLine(budgetsFrom)}`,
  ];
};

/** What is left of a budget, in percent of its limit. */
export const share = ({ remaining, limit }: BudgetState): string =>
  limit === 0 ? '0%' : `${Math.floor((100 * remaining) / limit)}%`;

const budgetJson = ({ isOverridden, ...state }: BudgetState): object => ({ ...state, overridden: isOverridden });

/** What there is of a principal, for programs: the digest names it, not its id. */
export const stateJson = ({ sources: { table, who } }: Session, state: PrincipalState): object => ({
  kind: who.kind,
  digest: who.digest,
  table,
  budgets: state.budgets.map(budgetJson),
  reservations: state.reservations,
  shards: state.shards,
  strayLimits: Object.fromEntries(state.strayLimits),
});

/** Prints lines, or with --json an object. */
export const printed = ({ options, output }: Session, lines: readonly string[], json: object): void =>
  output.print(`${options.json ? JSON.stringify(json, undefined, 2) : lines.join('\n')}\n`);
