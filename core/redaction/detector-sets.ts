/** Sets of detectors, each there once, so that a set is a number. */

import { namesOneOf } from './name-keywords.ts';
import type { Detector } from './types.ts';

/** A set of detectors. */
export interface DetectorSet {
  readonly id: number;
  /** Ascending indices. */
  readonly indices: readonly number[];
  readonly detectors: readonly Detector[];
  /** Those that count for a value that is assigned to a name of these words. */
  named(words: string): DetectorSet;
}

/** The sets that were made so far. */
export interface DetectorSets {
  /** All detectors that there are. */
  readonly detectors: readonly Detector[];
  readonly none: DetectorSet;
  of(indices: readonly number[]): DetectorSet;
  union(one: DetectorSet, other: DetectorSet): DetectorSet;
}

/** Most sets, and unions of them, that are remembered. */
const MAX_SETS = 65_536;
/** More sets than are made in the life of a process; unions of later ones are not remembered. */
const MAX_ID = 2 ** 26;
/** Most names of which a set remembers who counts. */
const MAX_NAMES = 256;

/** No sets yet. */
export const createDetectorSets = (detectors: readonly Detector[]): DetectorSets => {
  const known = new Map<string, DetectorSet>();
  const unions = new Map<number, DetectorSet>();
  let count = 0;

  const of = (indices: readonly number[]): DetectorSet => {
    const sorted = [...new Set(indices)].sort((one, other) => one - other);
    const key = sorted.join(' ');
    const old = known.get(key);
    if (old !== undefined) return old;
    const members = sorted.flatMap((index) => detectors[index] ?? []);
    const byName = new Map<string, DetectorSet>();
    const counting = (words: string): DetectorSet =>
      of(
        sorted.filter((index) => {
          const keywords = detectors[index]?.assignedTo;
          return keywords === undefined || namesOneOf(words, keywords);
        }),
      );
    const set: DetectorSet = {
      id: count,
      indices: sorted,
      detectors: members,
      named(words) {
        const counted = byName.get(words) ?? counting(words);
        if (byName.size >= MAX_NAMES) byName.clear();
        byName.set(words, counted);
        return counted;
      },
    };
    count += 1;
    if (known.size >= MAX_SETS) {
      known.clear();
      known.set('', none);
    }
    known.set(key, set);
    return set;
  };

  const none = of([]);
  return {
    detectors,
    none,
    of,
    union(one, other) {
      if (one === none || one === other) return other;
      if (other === none) return one;
      const key = one.id * MAX_ID + other.id;
      const old = unions.get(key);
      if (old !== undefined) return old;
      const set = of([...one.indices, ...other.indices]);
      if (unions.size >= MAX_SETS) unions.clear();
      if (one.id < MAX_ID && other.id < MAX_ID) unions.set(key, set);
      return set;
    },
  };
};
