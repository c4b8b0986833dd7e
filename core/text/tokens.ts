/** The words of a folded text, as hashes: what rules and model read. And, met on the way, signs of disguises. */

import { CLASS, classes, classOf } from './characters.ts';

/** What a text has that disguises are made of, in numbers. */
export interface Survey {
  readonly percents: number;
  readonly equals: number;
  readonly ampersands: number;
  readonly backslashes: number;
  readonly dotsAndDashes: number;
  readonly digits: number;
  /** Most words of one unit in a row. */
  readonly singles: number;
  /** Words of letters and digits, and signs that look like letters before a letter. */
  readonly mixedWords: number;
  /** Words of at least 14 units. */
  readonly longWords: number;
}

/** The words of a view, side by side in arrays: letters and digits up to whatever is neither, or one ideograph. */
export interface Tokens {
  readonly count: number;
  /** First unit of each, and the one behind its last. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** 32-bit hash of the units; digits count as one another. */
  readonly hashes: Int32Array;
  /** The strongest sign that stands before it, one of `CLASS`; `none` between ideographs. */
  readonly breaks: Uint8Array;
  /** 1 where the word is a single ideograph. */
  readonly ideographs: Uint8Array;
  readonly survey: Survey;
}

const HASH_START = 0x811c9dc5 | 0;
const HASH_PRIME = 0x01000193;
const ANY_DIGIT = 0x30;
const LONG_WORD = 14;

/** Mixes a hash to its end, so that any of its bits can be used alone. */
export const mixed = (hash: number): number => {
  const once = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return once ^ (once >>> 13);
};

/** The hash that a word of letters has among {@link Tokens}. */
export const hashOfWord = (units: Uint16Array): number => {
  let hash = HASH_START;
  for (const unit of units) hash = Math.imul(hash ^ (classOf(unit) === CLASS.digit ? ANY_DIGIT : unit), HASH_PRIME);
  return mixed(hash);
};

/** Signs that are counted, each with those that count as the same. */
const COUNTED = ['%', '=', '&', '\\', '.-'];
/** Signs that stand for letters within words. */
const LEET = 6;
const signs = new Uint8Array(128);
for (const [index, same] of COUNTED.entries()) for (const sign of same) signs[sign.charCodeAt(0)] = index + 1;
for (const sign of '@$!|+') signs[sign.charCodeAt(0)] = LEET;
const counts = new Int32Array(LEET + 1);

const arrays = (size: number) => ({
  starts: new Int32Array(size),
  ends: new Int32Array(size),
  hashes: new Int32Array(size),
  breaks: new Uint8Array(size),
  ideographs: new Uint8Array(size),
});

/** Most words that the arrays kept between calls can hold. */
const KEPT = 1 << 16;
const kept = arrays(KEPT);

/**
 * Splits a folded text into words, in one pass.
 *
 * @returns Arrays that the next call may write over: read them before it.
 */
export const tokenise = (units: Uint16Array): Tokens => {
  const { length } = units;
  const to = length <= KEPT ? kept : arrays(length);
  const { starts, ends, hashes, breaks, ideographs } = to;
  counts.fill(0);
  let count = 0;
  let pending: number = CLASS.line;
  let index = 0;
  let digits = 0;
  let singles = 0;
  let mostSingles = 0;
  let mixedWords = 0;
  let longWords = 0;
  while (index < length) {
    let unit = units[index] as number;
    let kind = (classes[unit] as number) || classOf(unit);
    if (kind < CLASS.letter) {
      if (kind > pending) pending = kind;
      const sign = unit < 128 ? (signs[unit] as number) : 0;
      if (sign !== 0) {
        counts[sign] = (counts[sign] as number) + 1;
        if (sign === LEET && index + 1 < length) {
          const next = classOf(units[index + 1] as number);
          const isBehindLetter = index > 0 && classOf(units[index - 1] as number) === CLASS.letter;
          if (next === CLASS.letter || (next === CLASS.digit && isBehindLetter)) mixedWords += 1;
        }
      }
      index += 1;
      continue;
    }
    const start = index;
    let hash = HASH_START;
    if (kind === CLASS.ideograph) {
      hash = Math.imul(hash ^ unit, HASH_PRIME);
      index += 1;
      ideographs[count] = 1;
    } else {
      let digitsHere = 0;
      do {
        if (kind === CLASS.digit) {
          digitsHere += 1;
          unit = ANY_DIGIT;
        }
        hash = Math.imul(hash ^ unit, HASH_PRIME);
        index += 1;
        if (index >= length) break;
        unit = units[index] as number;
        kind = (classes[unit] as number) || classOf(unit);
      } while (kind === CLASS.letter || kind === CLASS.digit);
      ideographs[count] = 0;
      const size = index - start;
      if (digitsHere > 0) {
        digits += digitsHere;
        if (digitsHere < size) mixedWords += 1;
      }
      if (size >= LONG_WORD) longWords += 1;
      if (size === 1) {
        singles += 1;
        if (singles > mostSingles) mostSingles = singles;
      } else singles = 0;
    }
    starts[count] = start;
    ends[count] = index;
    hashes[count] = mixed(hash);
    breaks[count] = pending;
    pending = CLASS.none;
    count += 1;
  }
  const survey: Survey = {
    percents: counts[1] as number,
    equals: counts[2] as number,
    ampersands: counts[3] as number,
    backslashes: counts[4] as number,
    dotsAndDashes: counts[5] as number,
    digits,
    singles: mostSingles,
    mixedWords,
    longWords,
  };
  return { count, starts, ends, hashes, breaks, ideographs, survey };
};

/** Words of some kind, to be asked for by hash: one bit each, so that one in some thousand others is taken for one. */
export const createWordSet = (words: string): ((hash: number) => boolean) => {
  const BITS = 16;
  const bits = new Uint8Array(1 << BITS);
  for (const word of words.split(' '))
    bits[hashOfWord(Uint16Array.from(word, (letter) => letter.charCodeAt(0))) >>> (32 - BITS)] = 1;
  return (hash) => bits[hash >>> (32 - BITS)] === 1;
};
