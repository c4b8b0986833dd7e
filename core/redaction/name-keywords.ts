/** Keywords in the names that values are assigned to. */

import { CONTEXT } from './types.ts';

/** Shorter keywords must begin a word: `lob` is none in `global`. */
const FREE_LENGTH = 5;

const NOTHING = '(?!)';
const WORD_END = '(?=[ \n])';

const quote = (text: string): string => text.replaceAll(/[^\w -]/g, '\\$&');
const anyOf = (sources: readonly string[]): RegExp => new RegExp(sources.join('|') || NOTHING);

const sourceOf = (keyword: string): string => {
  if (keyword.endsWith(' ')) return ` ${quote(keyword.trim())}${WORD_END}`;
  const begun = (part: string): string => `${part.length < FREE_LENGTH ? ' ' : ''}${quote(part)}`;
  const parts = keyword.split(' ').map(begun);
  return parts.length === 1 ? parts.join('') : `^${parts.map((part) => `(?=[\\s\\S]{0,400}${part})`).join('')}`;
};

interface Names {
  readonly held: RegExp;
  readonly excluded: RegExp;
}

const known = new WeakMap<readonly string[], Names>();

const namesOf = (keywords: readonly string[]): Names => {
  const old = known.get(keywords);
  if (old !== undefined) return old;
  const excluded = keywords.filter((keyword) => keyword.startsWith('!'));
  const names = {
    held: anyOf(keywords.filter((keyword) => !keyword.startsWith('!')).map(sourceOf)),
    excluded: anyOf(excluded.map((keyword) => ` ${quote(keyword.slice(1))}${WORD_END}`)),
  };
  known.set(keywords, names);
  return names;
};

/**
 * Whether a name holds one of `keywords`: all words of it that spaces part. `pass ` with a space after it is the whole
 * word only; a name that holds the word `!url` is none, whatever else it holds.
 */
export const namesOneOf = (words: string, keywords: readonly string[]): boolean => {
  const { held, excluded } = namesOf(keywords);
  return held.test(words) && !excluded.test(words);
};

/** Runs of words before a value that its name may be of: four words, an operator (`is`) and a scheme (`Bearer`). */
const MAX_RUNS = 6;
const MINUS = 0x2d;
const BITS = 5;
const HEADS = 1 << (3 * BITS);
const ANY = -1;

/** What a unit adds to a head: the last five bits of a letter or digit. Or one of these. */
const IN_WORD = 32;
const BETWEEN = 33;
const ACCENTED = 34;

const PARTS = new Uint8Array(0x10000).fill(BETWEEN);
for (let unit = 0xc0; unit < 0x250; unit++) PARTS[unit] = ACCENTED;
for (const each of '_.$-') PARTS[each.charCodeAt(0)] = IN_WORD;
for (const each of '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ')
  PARTS[each.charCodeAt(0)] = each.charCodeAt(0) & 0x1f;

/** What a name of `value` is looked past for. */
const PAIRED = 'value';

const WORD = /\w/; // what an option does not follow: -u
const isOption = (keyword: string): boolean => keyword.startsWith('-');

/**
 * The first letters of keywords: for each three, as bits, which ones can be the fourth. A keyword of several words is known
 * by the longest; one that is an option of a command by its dash.
 */
export const headsOf = (keywords: readonly string[]): Int32Array => {
  const heads = new Int32Array(HEADS);
  const add = (head: number, fourths: number): void => {
    heads[head] = (heads[head] as number) | fourths;
  };
  const sought = keywords.filter((each) => !each.startsWith('!') && !isOption(each));
  for (const keyword of [...sought, PAIRED]) {
    const [longest = ''] = keyword.split(' ').sort((one, other) => other.length - one.length);
    const parts = [...longest].map((each) => PARTS[each.charCodeAt(0)] as number).filter((part) => part !== IN_WORD);
    const [first, second, third, fourth] = parts;
    if (first === undefined || second === undefined || parts.some((part) => part > IN_WORD)) return heads.fill(ANY);
    const head = ((first << BITS) | second) << BITS;
    if (third !== undefined) add(head | third, fourth === undefined ? ANY : 1 << fourth);
    else for (let next = 0; next < 1 << BITS; next++) add(head | next, ANY);
  }
  return heads;
};

/** Whether the name that a value at `index` may be assigned to can hold a keyword. When in doubt, yes. */
export const mayHoldKeyword = (text: string, index: number, heads: Int32Array): boolean => {
  const least = Math.max(0, index - CONTEXT);
  /** The last four letters and digits, the first of them on top. */
  let head = 0;
  let runs = 0;
  let isWord = false;
  for (let at = index - 1; at >= least; at--) {
    const part = PARTS[text.charCodeAt(at)] as number;
    if (part < IN_WORD) {
      if (!isWord && ++runs > MAX_RUNS) return false;
      isWord = true;
      head = (head >> BITS) | (part << (3 * BITS));
      if ((((heads[head >> BITS] as number) >> (head & 0x1f)) & 1) !== 0) return true;
    } else {
      const unit = text.charCodeAt(at);
      if (part === ACCENTED || (unit === MINUS && (at === least || !WORD.test(text.charAt(at - 1))))) return true;
      if (part === BETWEEN) isWord = false;
    }
  }
  return false;
};
