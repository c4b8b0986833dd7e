/** Values that are too short to be found as a run of characters: they are found where they stand by themselves. */

import { textOf } from '../text/fold.ts';
import type { Leaf } from './leaves.ts';
import { RUN } from './shared-runs.ts';
import { EDGE, type Words, wordsOf } from './words.ts';

/** Fewest letters and digits of a value that is looked for. A character of Chinese counts twice. */
const LEAST_VALUE = 3;
/** The same for a word with a digit or an `@` within a longer text, and for the digits of a word. */
const LEAST_WORD = 4;
/** The same for what several fields or items say together: with less, numbers beside each other are like others by chance. */
const LEAST_TOGETHER = 5;
const WORDS = /[^\s,;<>()[\]{}"']{1,256}/g;
const TELLING = /[\d@]/;
const DIGITS = /\d+/g;
/** Zeros that a number is filled up with: 00998877 */
const FILLING = /^0+(?=\d+$)/;
const IDEOGRAPH = /\p{Script=Han}/u;

const weightOf = (value: string): number => value.length + (IDEOGRAPH.test(value) ? 1 : 0);

/** A value as it is looked for: a number without the zeros that fill it up, unless too little is left. */
const plain = (value: string, least: number): string => {
  const number = value.replace(FILLING, '');
  return number.length >= least ? number : value;
};

const wordOf = (text: string): string => textOf(wordsOf(text).joined);

/** The value that a text is as a whole; `undefined` where it is too short or too long. */
export const wholeValueOf = (text: string): string | undefined => {
  const value = wordOf(text);
  return value.length < RUN && weightOf(value) >= LEAST_VALUE ? plain(value, LEAST_VALUE) : undefined;
};

/** The values of texts: whole ones, words in longer texts that tell, and the digits of each. */
export const shortValues = (texts: readonly Leaf[]): Set<string> => {
  const values = new Set<string>();
  const addWord = (value: string): void => {
    if (value.length < RUN && weightOf(value) >= LEAST_WORD) values.add(plain(value, LEAST_WORD));
  };
  for (const { text, isName } of texts) {
    // A field that is called as a word in the data says nothing of them.
    const whole = !isName || TELLING.test(text) ? wholeValueOf(text) : undefined;
    if (whole !== undefined) values.add(whole);
    for (const [word] of text.matchAll(WORDS)) if (word !== text && TELLING.test(word)) addWord(wordOf(word));
    for (const [digits] of wordOf(text).matchAll(DIGITS)) addWord(plain(digits, LEAST_WORD));
  }
  return values;
};

/**
 * What each few of texts that follow each other say together, where not all of them are said by those who are trusted.
 *
 * @param trusted Of each text whether it is.
 */
export const valuesTogether = (texts: readonly string[], trusted: readonly boolean[]): Set<string> => {
  const values = new Set<string>();
  const words = texts.map(wordOf);
  for (let from = 0; from < words.length; from++) {
    let value = words[from] ?? '';
    let isOther = trusted[from] === false;
    for (let next = from + 1; next < words.length && value !== ''; next++) {
      value += words[next];
      isOther ||= trusted[next] === false;
      if (value.length >= RUN) break;
      if (isOther && weightOf(value) >= LEAST_TOGETHER) values.add(plain(value, LEAST_TOGETHER));
    }
  }
  return values;
};

/** Calls `found` with each value of `values` that stands by itself in a text. */
export const eachValue = (
  { joined, borders }: Words,
  values: ReadonlySet<string>,
  found: (value: string) => void,
): void => {
  const lengths = new Set([...values].map((value) => value.length));
  if (lengths.size === 0) return;
  for (let at = 0; at < joined.length; at++) {
    if (borders[at] === 0) continue;
    for (const length of lengths) {
      const end = at + length;
      if (end > joined.length || borders[end] !== EDGE) continue;
      const value = textOf(joined, at, end);
      if (values.has(value)) found(value);
    }
  }
};
