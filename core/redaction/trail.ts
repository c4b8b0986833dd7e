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

/** Places of a block, which is gone over in one step where a walk before has gone over all of it. */
const BLOCK = 16;
const isBlockStart = (index: number): boolean => (index & (BLOCK - 1)) === 0;
const blockOf = (index: number): number => ((index & MASK) / BLOCK) | 0;

/** The row in which a walk has ended. */
const DEAD = 0;

if (SIZE <= MAX_MATCH) throw new RangeError('a trail must have room for the longest walk');

/** A trail over rows, each of which matches what `matchedIn` says. */
export const createTrail = (sets: DetectorSets, matchedIn: (row: number) => DetectorSet): Trail => {
  const rows = new Int32Array(SIZE);
  const places = new Int32Array(SIZE).fill(-1);
  /** Where the block begins that is known in each slot, or -1, and what is matched in it. */
  const blocks = new Int32Array(SIZE / BLOCK).fill(-1);
  const blockMatches: DetectorSet[] = Array.from(blocks, () => sets.none);
  let text = -1;
  let matched = sets.none;
  let row = DEAD;
  return {
    meets(version, index, now) {
      if (version !== text) {
        places.fill(-1);
        blocks.fill(-1);
        text = version;
      }
      const slot = index & MASK;
      if (places[slot] === index && rows[slot] === now) return true;
      places[slot] = index;
      rows[slot] = now;
      blocks[(slot / BLOCK) | 0] = -1;
      return false;
    },
    follow(from, end) {
      matched = sets.none;
      row = rows[from & MASK] as number;
      let index = from;
      let block = -1;
      let inBlock = sets.none;
      while (row !== DEAD && index + 1 < end) {
        const next = index + 1;
        if (isBlockStart(next)) {
          const slot = blockOf(next);
          if (blocks[slot] === next && next + BLOCK <= end) {
            matched = sets.union(matched, blockMatches[slot] as DetectorSet);
            index += BLOCK;
            row = rows[index & MASK] as number;
            continue;
          }
          matched = sets.union(matched, inBlock);
          block = next;
          inBlock = sets.none;
        }
        if (places[next & MASK] !== next) break;
        index = next;
        row = rows[index & MASK] as number;
        inBlock = sets.union(inBlock, matchedIn(row));
        if (index === block + BLOCK - 1 && row !== DEAD) {
          blocks[blockOf(block)] = block;
          blockMatches[blockOf(block)] = inBlock;
          matched = sets.union(matched, inBlock);
        }
      }
      matched = sets.union(matched, inBlock);
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
      blocks.fill(-1);
    },
  };
};
