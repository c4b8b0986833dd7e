/**
 * Where the last walks of an automaton went. Walks that begin one after another in a text of one kind soon go the same way:
 * what one has seen the next need not walk again, so that such a text costs little more than its length.
 */

import type { DetectorSet, DetectorSets } from './detector-sets.ts';
import { MAX_MATCH } from './types.ts';

/** The trail of the walks over one text. */
export interface Trail {
  /** Whether a walk before had reached `row` at `index`, too. If not, this walk's way is the trail now. */
  meets(version: number, index: number, row: number): boolean;
  /**
   * Follows the trail after `index`, which it met, up to `end`. What it matched and the row where it ends are in `matched`
   * and `row`. @returns The last index that it knows of.
   */
  follow(index: number, end: number): number;
  readonly matched: DetectorSet;
  readonly row: number;
  clear(): void;
}

/** Room for the longest walk, a power of two. */
const SIZE = 512;
const MASK = SIZE - 1;

/** The row in which a walk has ended. */
const DEAD = 0;

if (SIZE <= MAX_MATCH) throw new RangeError('a trail must have room for the longest walk');

/** A trail over rows, each of which matches what `matchedIn` says. */
export const createTrail = (sets: DetectorSets, matchedIn: (row: number) => DetectorSet): Trail => {
  const rows = new Int32Array(SIZE);
  const places = new Int32Array(SIZE).fill(-1);
  let text = -1;
  let matched = sets.none;
  let row = DEAD;
  return {
    meets(version, index, now) {
      if (version !== text) {
        places.fill(-1);
        text = version;
      }
      const slot = index & MASK;
      if (places[slot] === index && rows[slot] === now) return true;
      places[slot] = index;
      rows[slot] = now;
      return false;
    },
    follow(from, end) {
      matched = sets.none;
      row = rows[from & MASK] as number;
      let index = from;
      while (row !== DEAD && index + 1 < end && places[(index + 1) & MASK] === index + 1) {
        index += 1;
        const next = rows[index & MASK] as number;
        if (next !== row) {
          row = next;
          matched = sets.union(matched, matchedIn(row));
        }
      }
      return index;
    },
    get matched() {
      return matched;
    },
    get row() {
      return row;
    },
    clear() {
      places.fill(-1);
    },
  };
};
