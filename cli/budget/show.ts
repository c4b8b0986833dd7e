/** `bulwark budget show`. */

import type { BudgetState, PrincipalState } from '../../core/quota/ledger/budget-admin.ts';
import { harmlessLine } from '../output.ts';
import { tableLines } from '../table.ts';
import { heading, NAMING, naming, number, numeric, printed, share, stateJson } from './render.ts';
import { type Session, widthOf } from './session.ts';

const minute = (time: string): string => time.slice(0, 16).replace('T', ' ');

const ownLimits = (budgets: readonly BudgetState[]): readonly string[] =>
  budgets
    .filter(({ isOverridden }) => isOverridden)
    .map(
      ({ budget, defaultLimit }) => `${harmlessLine(budget)}: limit set by operator, default ${number(defaultLimit)}.`,
    );

const reservationLine = ({ reservations: { count, overdue, cost } }: PrincipalState): string => {
  if (count === 0) return 'No reservations in flight.';
  const one = count === 1;
  const held = `${number(count)} ${one ? 'reservation' : 'reservations'} in flight ${one ? 'holds' : 'hold'} ${number(cost.tokens ?? 0)} tokens`;
  return overdue === 0 ? `${held}.` : `${held}; ${number(overdue)} of functions that died, which a reset writes off.`;
};

/** Shows what somebody has used of its budgets. @returns The exit code. */
export const showBudgets = async (session: Session): Promise<number> => {
  const state = await session.admin.show(session.sources.who);
  const stray = [...state.strayLimits.keys()].map(harmlessLine);
  const lines = [
    ...heading(session),
    '',
    ...tableLines(
      [...NAMING, numeric('limit'), numeric('used'), numeric('left'), { title: 'resets at (UTC)', kind: 'text' }],
      state.budgets.map((budget) => [
        ...naming(budget),
        number(budget.limit),
        number(budget.used),
        share(budget),
        budget.resetsAt === undefined ? 'never' : minute(budget.resetsAt),
      ]),
      widthOf(session),
    ),
    '',
    ...ownLimits(state.budgets),
    reservationLine(state),
    ...(state.shards > 1 ? [`Kept in ${state.shards} parts: a request must fit into one.`] : []),
    ...(stray.length > 0 ? [`Limits are set for budgets that there are not: ${stray.join(', ')}.`] : []),
  ];
  printed(session, lines, stateJson(session, state));
  return 0;
};
