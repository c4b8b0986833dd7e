/** `bulwark budget set`. */

import type { BudgetState } from '../../core/quota/ledger/budget-admin.ts';
import { tableLines } from '../table.ts';
import { heading, NAMING, naming, number, numeric, printed } from './render.ts';
import { isConfirmed, type Session, widthOf } from './session.ts';

/** When running functions see a new limit (`OVERRIDES_STALE_MS`), and which of them do. */
const WHEN = 'Running functions see it within a minute';
const WHICH = "those whose ledger's option overridable names this kind (tenant, where it says nothing)";

interface Change {
  readonly state: BudgetState;
  readonly after: number;
  readonly isDefault: boolean;
}

const changesIn = ({ options: { limits } }: Session, budgets: readonly BudgetState[]): readonly Change[] =>
  budgets
    .filter(({ budget }) => limits.has(budget))
    .map((state) => {
      const limit = limits.get(state.budget);
      return { state, after: limit ?? state.defaultLimit, isDefault: limit === undefined };
    })
    .filter(({ state, after, isDefault }) => after !== state.limit || isDefault === state.isOverridden);

const ofWhom = (value: number, isDefault: boolean): string => `${number(value)}${isDefault ? ' (default)' : ''}`;

/** Gives somebody limits of its own. @returns The exit code. */
export const setLimits = async (session: Session): Promise<number> => {
  const { admin, sources, output } = session;
  const { budgets, stamp } = await admin.show(sources.who);
  const changes = changesIn(session, budgets);
  const json = {
    kind: sources.who.kind,
    digest: sources.who.digest,
    changes: changes.map(({ state, after, isDefault }) => ({
      budget: state.budget,
      before: state.limit,
      after,
      default: isDefault,
    })),
  };
  if (changes.length === 0) {
    printed(session, [...heading(session), '', 'These limits hold already.'], json);
    return 0;
  }
  const plan = [
    ...heading(session),
    '',
    ...tableLines(
      [...NAMING, numeric('used'), numeric('limit before'), numeric('limit after')],
      changes.map(({ state, after, isDefault }) => [
        ...naming(state),
        number(state.used),
        ofWhom(state.limit, !state.isOverridden),
        ofWhom(after, isDefault),
      ]),
      widthOf(session),
    ),
    '',
    sources.who.kind === 'tenant' ? `${WHEN}.` : `${WHEN}: ${WHICH}.`,
  ];
  if (!(await isConfirmed(session, plan))) return 1;
  const limits = new Map(changes.map(({ state, after, isDefault }) => [state.budget, isDefault ? undefined : after]));
  if (!(await admin.set(sources.who, limits, stamp))) {
    output.error('bulwark budget: somebody else has changed these limits meanwhile; nothing was changed here\n');
    return 1;
  }
  printed(session, ['Done.'], json);
  return 0;
};
