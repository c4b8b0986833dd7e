/** Leetspeak: digits and signs within words read as the letters they look like. */

import { CLASS, classes } from './characters.ts';
import { createDraft } from './draft.ts';
import type { View } from './fold.ts';

const LOOKS_LIKE = {
  0: 'o',
  1: 'i',
  2: 'z',
  3: 'e',
  4: 'a',
  5: 's',
  6: 'g',
  7: 't',
  8: 'b',
  9: 'g',
  '@': 'a',
  $: 's',
  '!': 'i',
  '|': 'l',
  '+': 't',
};
/** Signs that stand for two letters, and the second of them. */
const SECOND = { 1: 'l', '!': 'l', '|': 'i' };

/** By unit, the letter that it looks like; 0 for none. */
const tableOf = (letters: Readonly<Record<string, string>>): Uint8Array => {
  const table = new Uint8Array(128);
  for (const [sign, letter] of Object.entries(letters)) table[sign.charCodeAt(0)] = letter.charCodeAt(0);
  return table;
};

const FIRST_TABLE = tableOf(LOOKS_LIKE);
const SECOND_TABLE = tableOf({ ...LOOKS_LIKE, ...SECOND });

/** Reads signs as letters in words that have letters besides them. */
const read = (view: View, table: Uint8Array): View | undefined => {
  const { units } = view;
  const { length } = units;
  const draft = createDraft(view);
  for (let start = 0; start < length; ) {
    let end = start;
    let letters = 0;
    let signs = 0;
    for (; end < length; end++) {
      const unit = units[end] as number;
      if (unit < 128 && table[unit] !== 0) signs += 1;
      else if (classes[unit] === CLASS.letter) letters += 1;
      else break;
    }
    const isRead = letters > 0 && signs > 0;
    if (isRead) draft.mark();
    for (let at = start; at < end; at++) {
      const unit = units[at] as number;
      draft.add(isRead && unit < 128 && table[unit] !== 0 ? (table[unit] as number) : unit, at);
    }
    if (end < length) draft.add(units[end] as number, end);
    start = end + 1;
  }
  return draft.view('leetspeak');
};

/** Readings of `view` with its leetspeak undone: none, one, or two where signs stand for either of two letters. */
export const leetViews = (view: View): readonly View[] => {
  const first = read(view, FIRST_TABLE);
  const second = first === undefined ? undefined : read(view, SECOND_TABLE);
  return [first, second].filter(
    (each, index): each is View =>
      each !== undefined && (index === 0 || each.units.some((unit, at) => unit !== first?.units[at])),
  );
};
