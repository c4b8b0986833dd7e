/** A quick look at whether a value can be assigned to a name: almost all places of prose are not looked at twice. */

import { CONTEXT } from './types.ts';

const ASCII = 128;
const SPACE = 0x20;
const MINUS = 0x2d;

const LETTER = 1;
const BLANK = 2;
const kindOf = (character: string): number => {
  if (/[A-Za-z0-9]/.test(character)) return LETTER;
  return /\s/.test(character) ? BLANK : 0;
};
const KIND = Uint8Array.from({ length: ASCII }, (_, unit) => kindOf(String.fromCharCode(unit)));

/** What can stand right before a value: the end of an operator, a quote or bracket. */
const OPENS = Uint8Array.from({ length: ASCII }, (_, unit) =>
  '=>:|,"\'`([{\\<)'.includes(String.fromCharCode(unit)) ? 1 : 0,
);

/** Words that stand between a name and its value, as in `the password is …`. */
const CONNECTIVES = new Set([
  'is',
  'are',
  'was',
  'be',
  'to',
  'ist',
  'lautet',
  'est',
  'es',
  'basic',
  'bearer',
  'digest',
  'token',
  'apikey',
  'ssws',
  'splunk',
  'private',
]);
const LONGEST_CONNECTIVE = 8;

/** Whether the word that ends before `end` says that a value follows: a connective, or an option of a command (`--token`). */
const announces = (text: string, end: number): boolean => {
  let at = end - 1;
  while (at >= 0 && end - at <= CONTEXT && KIND[text.charCodeAt(at)] === LETTER) at -= 1;
  if (at >= 0 && text.charCodeAt(at) === MINUS) return true;
  return end - at - 1 <= LONGEST_CONNECTIVE && CONNECTIVES.has(text.slice(at + 1, end).toLowerCase());
};

/** Whether what stands before `index` may be a name and its operator. When in doubt, yes. */
export const mayBeAssigned = (text: string, index: number): boolean => {
  let at = index - 1;
  if (at < 0) return false;
  let before = text.charCodeAt(at);
  if (before !== SPACE) {
    if (before >= ASCII) return false;
    if (KIND[before] === LETTER) return text.charCodeAt(at - 1) === 0x5c;
    if (KIND[before] === 0) return OPENS[before] === 1;
  }
  while (at >= 0 && index - at <= CONTEXT && before < ASCII && KIND[before] === BLANK) {
    at -= 1;
    before = text.charCodeAt(at);
  }
  if (at < 0 || before >= ASCII) return false;
  return KIND[before] === LETTER ? announces(text, at + 1) : before !== 0x2e && before !== 0x3b;
};
