/** `bulwark budget reset`. */

import { tableLines } from '../table.ts';
import { heading, NAMING, naming, number, numeric, printed } from './render.ts';
import { isConfirmed, type Session, widthOf } from './session.ts';

/** How long a function may go on refusing what it has just refused (`REMEMBER_MS`). */
const WHEN = 'Running functions see it within ten seconds.';

/** Gives back what somebody has spent in the current windows. @returns The exit code. */
export const resetBudgets = async (session: Session): Promise<number> => {
  const { admin, sources, options } = session;
  const { budgets } = await admin.show(sources.who);
  const { names } = options;
  const jsonOf = (givenBack: ReadonlyMap<string, number>): object => ({
    kind: sources.who.kind,
    digest: sources.who.digest,
    givenBack: Object.fromEntries(givenBack),
  });
  const chosen = budgets.filter(({ budget }) => names.length === 0 || names.includes(budget));
  if (chosen.every(({ used, held }) => used <= held)) {
    printed(session, [...heading(session), '', 'Nothing was spent: there is nothing to give back.'], jsonOf(new Map()));
    return 1;
  }
  const plan = [
    ...heading(session),
    '',
    ...tableLines(
      [...NAMING, numeric('limit'), numeric('used'), numeric('in flight'), numeric('given back')],
      chosen.map((state) => [
        ...naming(state),
        number(state.limit),
        number(state.used),
        number(state.held),
        number(Math.max(0, state.used - state.held)),
      ]),
      widthOf(session),
    ),
    '',
    WHEN,
  ];
  if (!(await isConfirmed(session, plan))) return 1;
  const givenBack = await admin.reset(
    sources.who,
    chosen.map(({ budget }) => budget),
  );
  const amounts = [...givenBack].map(([budget, amount]) => `${budget} ${number(amount)}`);
  const done = amounts.length === 0 ? 'There was nothing to give back.' : `Given back: ${amounts.join(', ')}.`;
  printed(session, [done], jsonOf(givenBack));
  return 0;
};
