/** Leetspeak: digits and signs within words read as the letters they look like. */

import { CLASS, classOf } from './characters.ts';
import type { View } from './fold.ts';

const LOOKS_LIKE: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '2': 'z',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '6': 'g',
  '7': 't',
  '8': 'b',
  '9': 'g',
  '@': 'a',
  $: 's',
  '!': 'i',
  '|': 'l',
  '+': 't',
  '€': 'e',
};
/** Signs that stand for two letters, and the second of them. */
const SECOND: Readonly<Record<string, string>> = { ...LOOKS_LIKE, '1': 'l', '!': 'l', '|': 'i' };

/** By unit, the letter that it looks like. */
type Table = ReadonlyMap<number, number>;
const tableOf = (letters: Readonly<Record<string, string>>): Table =>
  new Map(Object.entries(letters).map(([sign, letter]) => [sign.charCodeAt(0), letter.charCodeAt(0)]));

const FIRST_TABLE = tableOf(LOOKS_LIKE);
const SECOND_TABLE = tableOf(SECOND);
const AMBIGUOUS = new Set(['1', '!', '|'].map((sign) => sign.charCodeAt(0)));

const isLetter = (unit: number): boolean => classOf(unit) === CLASS.letter;

/** Reads signs as letters in words that have letters besides them. */
const read = (units: Uint16Array, table: Table): Uint16Array | undefined => {
  let read: Uint16Array | undefined;
  for (let start = 0; start < units.length; ) {
    let end = start;
    let letters = 0;
    let signs = 0;
    for (; end < units.length; end++) {
      const unit = units[end] as number;
      if (isLetter(unit)) letters += 1;
      else if (table.has(unit)) signs += 1;
      else break;
    }
    if (letters > 0 && signs > 0) {
      read ??= units.slice();
      for (let at = start; at < end; at++) read[at] = table.get(units[at] as number) ?? (units[at] as number);
    }
    start = end + 1;
  }
  return read;
};

/** Readings of `view` with its leetspeak undone: none, one, or two where signs stand for either of two letters. */
export const leetViews = (view: View): readonly View[] => {
  const first = read(view.units, FIRST_TABLE);
  if (first === undefined) return [];
  const views: View[] = [{ ...view, units: first, disguise: 'leetspeak' }];
  const second = view.units.some((unit) => AMBIGUOUS.has(unit)) ? read(view.units, SECOND_TABLE) : undefined;
  if (second?.some((unit, at) => unit !== first[at])) views.push({ ...view, units: second, disguise: 'leetspeak' });
  return views;
};
