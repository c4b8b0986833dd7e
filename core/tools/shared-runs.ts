/**
 * Runs of text that one text shares with another. Rolling hashes tell where to look (Karp and Rabin, "Efficient randomized
 * pattern-matching algorithms", 1987), strings tell for certain: whoever writes the texts cannot make them agree by chance.
 */

import { textOf } from '../text/fold.ts';

/** Units of a run that is looked for. */
export const RUN = 16;

const BASE = 0x01_00_01_93;
const OLDEST: number = Array.from({ length: RUN }).reduce<number>((product) => Math.imul(product, BASE), 1);
/** Bits of the filter, by the top bits of a hash. */
const FILTER_BITS = 20;

/** Calls `found` with the beginning of each run whose hash passes `isLikely`. */
const eachRun = (
  units: Uint16Array,
  isLikely: (hash: number) => boolean,
  found: (at: number, hash: number) => void,
): void => {
  let hash = 0;
  for (let index = 0; index < units.length; index++) {
    hash = (Math.imul(hash, BASE) + (units[index] as number) + 1) | 0;
    if (index >= RUN) hash = (hash - Math.imul((units[index - RUN] as number) + 1, OLDEST)) | 0;
    if (index >= RUN - 1 && isLikely(hash)) found(index - RUN + 1, hash);
  }
};

/** The bit of the filter that a hash has: its low bits alone depend on the last few units. */
const bitOf = (hash: number): number => Math.imul(hash ^ (hash >>> 15), 0x9e37_79b1) >>> (32 - FILTER_BITS);

/** Runs to be looked for. */
export interface Runs {
  /** Whether `units` holds one of them. */
  isIn(units: Uint16Array): boolean;
  /** Takes out those that `units` holds. */
  less(units: Uint16Array): void;
}

/** The runs of some texts: of a text of n units, n less 15. */
export const runsOf = (texts: readonly Uint16Array[]): Runs => {
  const filter = new Uint32Array(2 ** FILTER_BITS / 32);
  const runs = new Set<string>();
  for (const units of texts)
    eachRun(
      units,
      () => true,
      (at, hash) => {
        const bit = bitOf(hash);
        filter[bit >>> 5] = (filter[bit >>> 5] as number) | (1 << (bit & 31));
        runs.add(textOf(units, at, at + RUN));
      },
    );
  const isLikely = (hash: number): boolean => {
    const bit = bitOf(hash);
    return ((filter[bit >>> 5] as number) & (1 << (bit & 31))) !== 0;
  };
  return {
    isIn(units) {
      if (runs.size === 0) return false;
      let isFound = false;
      eachRun(
        units,
        (hash) => !isFound && isLikely(hash),
        (at) => {
          isFound = runs.has(textOf(units, at, at + RUN));
        },
      );
      return isFound;
    },
    less(units) {
      if (runs.size === 0) return;
      eachRun(units, isLikely, (at) => runs.delete(textOf(units, at, at + RUN)));
    },
  };
};
