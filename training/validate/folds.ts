/** Leave-source-out: what a model says of sources that it never saw. */

import { OWN } from '../examples/example.ts';
import type { Item } from '../learn/dataset.ts';

/** Share of an example's shingles that stand in what is left out, from which on it is a near-duplicate of that. */
const NEAR = 0.5;

/** One fold: what is learned from, and what is left out. */
export interface Fold {
  readonly group: string;
  readonly learned: readonly Item[];
  readonly left: readonly Item[];
}

/**
 * Folds by group of sources. Each group is left out once, with its near-duplicates in other corpora, and with an equal
 * share of the project's own examples.
 */
export const foldsOf = (items: readonly Item[], groups: readonly string[]): readonly Fold[] =>
  groups.map((group, number) => {
    const isLeft = (item: Item): boolean =>
      item.example.group === OWN ? item.example.deal % groups.length === number : item.example.group === group;
    const left = items.filter(isLeft);
    const shingles = new Set<number>();
    const identities = new Set<number>();
    for (const item of left) {
      identities.add(item.identity);
      if (item.example.group !== OWN) for (const shingle of item.shingles) shingles.add(shingle);
    }
    const isNear = (item: Item): boolean => {
      if (identities.has(item.identity)) return true;
      let shared = 0;
      for (const shingle of item.shingles) if (shingles.has(shingle)) shared += 1;
      return shared > item.shingles.length * NEAR;
    };
    const isLearned = (item: Item): boolean => item.example.use !== 'try' && !isLeft(item) && !isNear(item);
    return { group, left: left.filter(({ example }) => example.use !== 'learn'), learned: items.filter(isLearned) };
  });
