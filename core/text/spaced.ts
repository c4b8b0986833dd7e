/** Words written as single letters: `i g n o r e`, `i.g.n.o.r.e`, `i - g - n - o - r - e`. */

import { CLASS, classOf } from './characters.ts';
import { createDraft } from './draft.ts';
import { offsetAt, type View } from './fold.ts';
import type { Room } from './room.ts';

/** Least single letters in a row, somewhere in a text, for which any of it is read as spaced out. */
export const MIN_SPACED = 8;
/** Least single letters in a row that are joined in such a text. */
const MIN_RUN = 3;
/** Signs, blanks and line ends that may stand between two of them. */
const MAX_BETWEEN = 16;
const BLANK = 0x20;
const AT_SIGN = 0x40;
const DOLLAR = 0x24;

const isLetter = (unit: number | undefined): boolean =>
  unit !== undefined && (classOf(unit) >= CLASS.letter || unit === AT_SIGN || unit === DOLLAR);

/** Where the letters of the run of single letters stand that starts at `start`. */
const lettersFrom = (units: Uint16Array, start: number): readonly number[] => {
  const letters = [start];
  for (let last = start; ; ) {
    let next = last + 1;
    while (next < units.length && next - last - 1 < MAX_BETWEEN && !isLetter(units[next])) next += 1;
    if (next === last + 1 || !isLetter(units[next]) || isLetter(units[next + 1])) return letters;
    letters.push(next);
    last = next;
  }
};

/** What stands between two letters, as a number: how far apart they are in the original, and the first sign. */
const betweenOf = (view: View, before: number, at: number): number =>
  Math.min(offsetAt(view, at) - offsetAt(view, before), 0xff) * 0x10000 + (view.units[before + 1] as number);

const commonest = (values: readonly number[]): number => {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  let best = values[0] ?? 0;
  for (const [value, count] of counts) if (count > (counts.get(best) ?? 0)) best = value;
  return best;
};

/**
 * The view with its spaced letters joined to words, or `undefined` where there are none. What stands most often between
 * the letters of a run holds words together; anything else, a wider blank for one, ends a word. It takes its room.
 */
export const spacedView = (view: View, room: Room): View | undefined => {
  const { units } = view;
  const draft = createDraft(view);
  for (let index = 0; index < units.length; ) {
    const isStart = isLetter(units[index]) && !isLetter(units[index - 1]) && !isLetter(units[index + 1]);
    if (!isStart) {
      index += 1;
      continue;
    }
    const letters = lettersFrom(units, index);
    index = (letters.at(-1) ?? index) + 1;
    if (letters.length < MIN_RUN) continue;
    const betweens = letters.slice(1).map((at, position) => betweenOf(view, letters[position] as number, at));
    const usual = commonest(betweens);
    for (const [position, between] of betweens.entries())
      draft.put((letters[position] as number) + 1, letters[position + 1] as number, between === usual ? 0 : BLANK);
  }
  return draft.view('spaced-letters', room);
};
