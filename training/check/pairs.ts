/** Lines that say the same: twice with one label, or once as an attack and once as harmless. */

import type { Channel } from '../../core/injection/types.ts';
import type { DataLine } from './data-line.ts';
import { alikePairs, type Words } from './likeness.ts';

/** Two lines, and how much they are alike, 0..1; 1 where they say the same. */
export interface LinePair {
  readonly first: DataLine;
  readonly second: DataLine;
  readonly likeness: number;
}

/** Pairs of lines by what is wrong with them. */
export interface LinePairs {
  /** The same but for case, blanks, disguised letters and the sign at the end, in one channel under one label. */
  readonly duplicates: readonly LinePair[];
  /** As alike as lines with a word or two exchanged. */
  readonly nearDuplicates: readonly LinePair[];
  /** The same, or nearly, in one channel under two labels. */
  readonly contradictions: readonly LinePair[];
}

/** Two of three words in common: of six words one is another, of twelve two. */
export const NEAR = 0.65;
/** Of fewer words the signs around them are what differs: `{{rules}}`, `rules?`. */
const MIN_WORDS = 3;

const CHANNELS: readonly Channel[] = ['user', 'data'];

/** Whether two lines meet in a channel, under one label or under two. */
const meeting = (first: DataLine, second: DataLine): 'same label' | 'two labels' | undefined => {
  const [left, right] = [first.labels, second.labels];
  const shared = CHANNELS.filter((channel) => left[channel] !== undefined && right[channel] !== undefined);
  if (shared.length === 0) return undefined;
  return shared.every((channel) => left[channel] === right[channel]) ? 'same label' : 'two labels';
};

/** Each line with the first that says the same. */
const samePairs = (lines: readonly DataLine[], words: readonly Words[]): readonly LinePair[] => {
  const firsts = new Map<string, DataLine[]>();
  return lines.flatMap((second, index) => {
    const identity = words[index]?.identity ?? '';
    const before = firsts.get(identity) ?? [];
    firsts.set(identity, [...before, second]);
    // With any before it that it meets: the first of them, and the first under the other label.
    const met = (['same label', 'two labels'] as const).flatMap(
      (how) => before.find((first) => meeting(first, second) === how) ?? [],
    );
    return met.map((first) => ({ first, second, likeness: 1 }));
  });
};

/** Finds the pairs. @param words Those of each line. */
export const linePairs = (lines: readonly DataLine[], words: readonly Words[]): LinePairs => {
  const same = samePairs(lines, words);
  const near = alikePairs(words, NEAR).flatMap(({ first, second, likeness }): LinePair[] => {
    const [left, right] = [words[first], words[second]];
    const [leftLine, rightLine] = [lines[first], lines[second]];
    if (left === undefined || right === undefined || leftLine === undefined || rightLine === undefined) return [];
    const fewest = Math.min(left.hashes.length, right.hashes.length);
    if (fewest < MIN_WORDS || left.identity === right.identity) return [];
    return [{ first: leftLine, second: rightLine, likeness }];
  });
  const met = (pairs: readonly LinePair[], how: 'same label' | 'two labels'): readonly LinePair[] =>
    pairs.filter(({ first, second }) => meeting(first, second) === how);
  return {
    duplicates: met(same, 'same label'),
    nearDuplicates: met(near, 'same label'),
    // Pairs that differ in more are welcome: they teach where the border is.
    contradictions: met([...same, ...near], 'two labels'),
  };
};

/** How many of the lines are left when each that says nearly the same as one before it is put aside. */
export const distinctOf = (lines: readonly DataLine[], { duplicates, nearDuplicates }: LinePairs): number => {
  const position = new Map(lines.map((line, index) => [line, index]));
  const twins = [...duplicates, ...nearDuplicates]
    .map(({ first, second }) => [position.get(first), position.get(second)])
    .filter((pair): pair is [number, number] => pair.every((index) => index !== undefined));
  const repeated = new Set<number>();
  for (const [first, second] of twins.sort(([, a], [, b]) => a - b)) if (!repeated.has(first)) repeated.add(second);
  return lines.length - repeated.size;
};
