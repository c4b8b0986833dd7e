/**
 * Strides of walks over one text: where a walk in a row comes to over the next units. Walks that begin one after another in
 * a text of one kind soon go the same ways: what one has seen the next need not walk again, so that such a text costs little
 * more than its length.
 */

import type { DetectorSet } from './detector-sets.ts';
import { MAX_MATCH } from './types.ts';

/** Units of a stride, which begins at a multiple of them. */
export const STRIDE = 16;

/** The strides over the text of one version. */
export interface Strides {
  /** The number of the stride from `row` at `index`, or -1 where none was made. */
  find(version: number, index: number, row: number): number;
  /** Remembers a stride: the row that it comes to, and what was matched on it. */
  keep(index: number, row: number, to: number, matched: DetectorSet): void;
  readonly to: Int32Array;
  readonly matched: readonly DetectorSet[];
  clear(): void;
}

/** Room for the longest walk, a power of two. */
const PLACES = 32;

if (PLACES * STRIDE <= MAX_MATCH) throw new RangeError('strides must have room for the longest walk');

/** Rows that are told apart at a place: later ones take the room of the first. */
const WAYS = 8;

/** No strides. */
export const createStrides = (none: DetectorSet): Strides => {
  const size = PLACES * WAYS;
  /** At which index the strides of a place begin, and the way that is next to be used. */
  const places = new Int32Array(PLACES).fill(-1);
  const ways = new Int32Array(PLACES);
  const from = new Int32Array(size).fill(-1);
  const to = new Int32Array(size);
  const matched: DetectorSet[] = Array.from({ length: size }, () => none);
  let text = -1;

  const placeOf = (index: number): number => ((index / STRIDE) | 0) % PLACES;

  return {
    find(version, index, row) {
      if (version !== text) {
        text = version;
        places.fill(-1);
      }
      const place = placeOf(index);
      const first = place * WAYS;
      if (places[place] !== index) {
        places[place] = index;
        from.fill(-1, first, first + WAYS);
        return -1;
      }
      for (let way = first; way < first + WAYS; way++) if (from[way] === row) return way;
      return -1;
    },
    keep(index, row, end, set) {
      const place = placeOf(index);
      const way = (ways[place] as number) % WAYS;
      ways[place] = way + 1;
      const slot = place * WAYS + way;
      from[slot] = row;
      to[slot] = end;
      matched[slot] = set;
    },
    to,
    matched,
    clear: () => places.fill(-1),
  };
};
