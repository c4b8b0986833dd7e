/** Beginnings of what a protected text says from a word on, too short to be told by the grams of it. */

import { START } from './gram-hash.ts';

/** Longest beginning, in letters: with the next one, its grams are known. */
export const BEGINNING: number = START + 3;

const PRIME = 0x01_00_01_93;
const SEED = 0x811c_9dc5 | 0;

/** The hash of a beginning that goes on with `letter`; `before` is 0 for its first. */
const beginningOf = (before: number, letter: number): number =>
  Math.imul((before === 0 ? SEED : before) ^ (letter + 1), PRIME) | 1;

/** Hashes of all beginnings in `words`. */
export const beginningsOf = (words: readonly (readonly number[])[], each: (hash: number) => void): void => {
  for (let index = 0; index < words.length; index++) {
    let hash = 0;
    let left = BEGINNING;
    for (let word = index; word < words.length && left > 0; word++)
      for (const letter of (words[word] as readonly number[]).slice(0, left)) {
        hash = beginningOf(hash, letter);
        each(hash);
        left -= 1;
      }
  }
};

/** Follows the words of a text as long as they may be such a beginning. */
export interface BeginningWalk {
  take(letter: number, at: number, isFirst: boolean): void;
  /** Where the first beginning stands; Infinity for none. */
  readonly from: number;
}

/** A walk; `isKnown` tells hashes of {@link beginningsOf}. */
export const createBeginningWalk = (isKnown: (hash: number) => boolean): BeginningWalk => {
  const hashes = new Int32Array(BEGINNING + 1);
  const sizes = new Uint8Array(BEGINNING + 1);
  const ats = new Float64Array(BEGINNING + 1);
  let count = 0;
  return {
    take(letter, at, isFirst) {
      if (isFirst) {
        hashes[count] = 0;
        sizes[count] = 0;
        ats[count] = at;
        count += 1;
      }
      let kept = 0;
      for (let index = 0; index < count; index++) {
        const hash = beginningOf(hashes[index] as number, letter);
        const size = (sizes[index] as number) + 1;
        if (size > BEGINNING || !isKnown(hash)) continue;
        hashes[kept] = hash;
        sizes[kept] = size;
        ats[kept] = ats[index] as number;
        kept += 1;
      }
      count = kept;
    },
    get from() {
      return count > 0 ? (ats[0] as number) : Number.POSITIVE_INFINITY;
    },
  };
};
