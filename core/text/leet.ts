/** Leetspeak: digits and signs within words read as the letters they look like. */

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
const LEET_WORD = /[a-z0-9@$!|+€]+/g; // 1gn0re
const LEET_SIGN = /[0-9@$!|+€]/g;
/** Signs that stand for two letters, and the second of them. */
const AMBIGUOUS = /[1!|]/; // ru1es
const SECOND: Readonly<Record<string, string>> = { '1': 'l', '!': 'l', '|': 'i' };

const read = (view: View, letterOf: (sign: string) => string): View | undefined => {
  const text = view.text.replaceAll(LEET_WORD, (word) =>
    /[a-z]/.test(word) ? word.replaceAll(LEET_SIGN, letterOf) : word,
  );
  return text === view.text ? undefined : { text, offsets: view.offsets, disguise: 'leetspeak' };
};

/** Readings of `view` with its leetspeak undone: none, one, or two where signs stand for either of two letters. */
export const leetViews = (view: View): readonly View[] => {
  const first = read(view, (sign) => LOOKS_LIKE[sign] ?? sign);
  if (first === undefined) return [];
  if (!AMBIGUOUS.test(view.text)) return [first];
  const second = read(view, (sign) => SECOND[sign] ?? LOOKS_LIKE[sign] ?? sign);
  return second === undefined || second.text === first.text ? [first] : [first, second];
};
