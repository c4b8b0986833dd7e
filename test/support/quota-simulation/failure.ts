/** Tells a history that breaks a promise, as short as it can be made. */

import { generateHistory } from './generate.ts';
import { live, type Parts } from './live.ts';
import { shrink } from './shrink.ts';

/** The story of the history of `seed`, made shorter, with the budgets that it is about. */
export const tellFailure = async (seed: number, parts: Parts = {}): Promise<string> => {
  const history = await shrink(generateHistory(seed), parts);
  const { story, violation } = await live(history, parts, true);
  return [
    `seed ${seed}: ${violation?.invariant ?? 'nothing'} broken: ${violation?.what ?? ''}`,
    `from ${new Date(history.startsAt).toISOString()}, clocks off by ${history.offsets.join(', ')} ms`,
    ...history.budgets.map((budget) => JSON.stringify(budget)),
    ...history.invocations.flatMap((invocation, number) =>
      invocation.deeds.length === 0 ? [] : [`run ${number}: ${JSON.stringify(invocation)}`],
    ),
    ...story,
  ].join('\n');
};
