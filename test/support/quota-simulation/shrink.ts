/** Makes a history that breaks a promise as short as it can be while it still breaks it. */

import type { History, Invocation, Step } from './history.ts';
import { live, type Parts } from './live.ts';

/** Lives that are tried at most. */
const MOST_TRIES = 3000;

const without = <T>(list: readonly T[], from: number, count: number): readonly T[] => [
  ...list.slice(0, from),
  ...list.slice(from + count),
];

const simpler = (step: Step): readonly Step[] => {
  if (step.do === 'answer' && step.fault !== undefined) return [{ do: 'answer', pick: step.pick }];
  return 'pick' in step && step.pick > 0
    ? [
        { ...step, pick: 0 },
        { ...step, pick: step.pick % 12 },
      ]
    : [];
};

/** A run that never begins: the numbers of the others stay. */
const idle = (invocation: Invocation): Invocation => ({ ...invocation, deeds: [] });

const apart = (invocation: Invocation, id: string): Invocation => {
  const rest = invocation.principals.filter((principal) => principal.id !== id);
  return rest.length === 0 ? invocation : { ...invocation, principals: rest };
};

/** Every history that is a bit shorter, boldest first. */
function* shorter(history: History): Generator<History> {
  const { steps, invocations, budgets } = history;
  for (let chunk = Math.ceil(steps.length / 2); chunk >= 1; chunk = chunk === 1 ? 0 : Math.ceil(chunk / 2))
    for (let from = 0; from < steps.length; from += chunk) yield { ...history, steps: without(steps, from, chunk) };
  for (const [index, invocation] of invocations.entries()) {
    if (invocation.deeds.length === 0) continue;
    const put = (other: Invocation): History => ({ ...history, invocations: invocations.with(index, other) });
    yield put(idle(invocation));
    for (let deed = 0; invocation.deeds.length > 1 && deed < invocation.deeds.length; deed++)
      yield put({ ...invocation, deeds: without(invocation.deeds, deed, 1) });
  }
  for (const { id } of invocations.flatMap(({ principals }) => principals))
    yield { ...history, invocations: invocations.map((invocation) => apart(invocation, id)) };
  for (let index = 0; index < budgets.length; index++) {
    const { name } = budgets[index] ?? {};
    const rest = without(budgets, index, 1);
    if (rest.length > 0 && !rest.some(({ beyondShare }) => beyondShare?.of === name))
      yield { ...history, budgets: rest };
  }
  for (const [index, offset] of history.offsets.entries())
    if (offset !== 0) yield { ...history, offsets: history.offsets.with(index, 0) };
  for (const [index, step] of steps.entries())
    for (const other of simpler(step)) yield { ...history, steps: steps.with(index, other) };
}

/** The shortest history found that breaks the same promise as `history`. */
export const shrink = async (history: History, parts: Parts = {}): Promise<History> => {
  const { violation } = await live(history, parts);
  let best = history;
  let tries = 0;
  const isBroken = async (candidate: History): Promise<boolean> => {
    tries += 1;
    return (await live(candidate, parts)).violation?.invariant === violation?.invariant;
  };
  const improve = async (): Promise<boolean> => {
    for (const candidate of shorter(best)) {
      if (tries >= MOST_TRIES) return false;
      if (!(await isBroken(candidate))) continue;
      best = candidate;
      return true;
    }
    return false;
  };
  while (violation !== undefined && (await improve()));
  return best;
};
