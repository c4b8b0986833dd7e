/** How heavy an example is: no source may drown the others. */

import { type Example, OWN } from '../examples/example.ts';
import type { Item } from './dataset.ts';

/** Rows at which a source of its own is as heavy, row by row, as the project's own examples. */
const EVEN = 400;
const HEAVIEST = 3;

const keyOf = ({ source, isAttack }: Example): string => `${source} ${isAttack}`;

/**
 * Weight of each item. On the user channel one for the project's own, the less for others the more there are of their
 * source and label; on the data channel, where every sentence of a document is an example, each its own.
 */
export const weightsOf = (items: readonly Item[]): ((item: Item) => number) => {
  const counts = new Map<string, number>();
  for (const { example } of items) counts.set(keyOf(example), (counts.get(keyOf(example)) ?? 0) + 1);
  return ({ example }) => {
    const { weight = 1, group, channel } = example;
    if (group === OWN || channel === 'data') return weight;
    return weight * Math.min(HEAVIEST, Math.sqrt(EVEN / (counts.get(keyOf(example)) ?? 1)));
  };
};
