/** Words written as single letters: `i g n o r e`, `i.g.n.o.r.e`, `i-g-n-o-r-e`. */

import { CLASS, classOf } from './characters.ts';
import { createDraft } from './draft.ts';
import { offsetAt, type View } from './fold.ts';

/** Least single letters in a row that are read as spaced out. */
export const MIN_SPACED = 8;
/** Signs that may stand between two of them. */
const MAX_BETWEEN = 3;
const LETTER_SIGNS = new Set(['@', '$'].map((sign) => sign.charCodeAt(0)));

const isLetter = (unit: number | undefined): boolean =>
  unit !== undefined && (classOf(unit) >= CLASS.letter || LETTER_SIGNS.has(unit));

/** Index behind the run of single letters that starts at `start`, and where its letters stand. */
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

const commonest = (values: readonly string[]): string => {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  let best = values[0] ?? '';
  for (const [value, count] of counts) if (count > (counts.get(best) ?? 0)) best = value;
  return best;
};

/**
 * The view with its spaced letters joined to words, or `undefined` where there are none. What stands most often between
 * the letters of a run holds words together; anything else, a wider blank for one, ends a word.
 */
export const spacedView = (view: View): View | undefined => {
  const { units } = view;
  const draft = createDraft(view);
  let found = false;
  for (let index = 0; index < units.length; ) {
    const isStart = isLetter(units[index]) && !isLetter(units[index - 1]) && !isLetter(units[index + 1]);
    const letters = isStart ? lettersFrom(units, index) : [];
    if (letters.length < MIN_SPACED) {
      const end = letters.length === 0 ? index + 1 : (letters.at(-1) ?? index) + 1;
      for (; index < end; index++) draft.add(units[index] as number, index);
      continue;
    }
    found = true;
    const betweens = letters.slice(1).map((at, position) => {
      const before = letters[position] ?? 0;
      return `${offsetAt(view, at) - offsetAt(view, before)} ${units.subarray(before + 1, at).join()}`;
    });
    const usual = commonest(betweens);
    for (const [position, at] of letters.entries()) {
      if (position > 0 && betweens[position - 1] !== usual) draft.add(0x20, at);
      draft.add(units[at] as number, at);
    }
    index = (letters.at(-1) ?? index) + 1;
  }
  return found ? draft.view('spaced-letters') : undefined;
};
