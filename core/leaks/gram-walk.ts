/** Follows one reading of a text through a protected one, and tells when it has repeated too much of it. */

import { GRAM, gramOf, letterValue, START, startOf } from './gram-hash.ts';
import type { Walk } from './leak-check.ts';
import { LATIN, type LetterSink } from './letter-reader.ts';
import { isSet, type ProtectedText } from './protected-text.ts';
import { BEGINNING, createBeginningWalk } from './word-beginnings.ts';

/** What all readings of a text have repeated together. */
export interface Coverage {
  /** The letters of the gram at `place` are repeated. Whether that makes a leak. */
  cover(place: number, goesOn: boolean): boolean;
}

/** Share of a protected text, and letters of it at least, that make a leak, wherever and in whatever order they stand. */
const COVERED_SHARE = 0.6;
const COVERED_LETTERS = 60;

/** Coverage of one text. */
export const createCoverage = ({ letters, places }: ProtectedText): Coverage => {
  const least = Math.max(letters * COVERED_SHARE, COVERED_LETTERS);
  let covered: Uint8Array | undefined;
  let count = 0;
  return {
    cover(place, goesOn) {
      covered ??= new Uint8Array(places);
      for (let at = goesOn ? place : place - GRAM + 1; at <= place; at++) {
        if (covered[at] === 0) count += 1;
        covered[at] = 1;
      }
      return count >= least;
    },
  };
};

/**
 * Letters that a text repeats among others, less {@link FORGOTTEN} times those others, that make a leak: some 25 words
 * where none is changed, 50 where every fifth is. It falls to nothing between phrases that are quoted here and there.
 */
const REPEATED_LETTERS = 120;
const FORGOTTEN = 1.5;

/** More than a gram has letters: a power of two. */
const REMEMBERED = 16;
/** Letters that are looked at in one go. */
const BATCH = 64;

/** Beginnings of grams in a row from which on text is held back: fewer are met by chance. */
const SURE: number = BEGINNING - START;

/** Marks the first letter of a word. */
const FIRST = 0x4000_0000;

/**
 * A walk that takes letters. `weight` in a row is a leak. Where the text stands `asItIs`, nothing that may become one is
 * passed by; of a code the first letters are.
 */
export const createGramWalk = (
  text: ProtectedText,
  weight: number,
  coverage: Coverage,
  asItIs: boolean,
): Walk & LetterSink => {
  const { starts, mask } = text;
  const isKnown = (hash: number): boolean => isSet(starts, mask, hash);
  const beginnings = asItIs ? createBeginningWalk(isKnown) : undefined;
  let parted = FIRST;
  /** Letters that are not looked at yet, and where they stand. */
  const letters: number[] = [];
  const ats: number[] = [];
  let waiting = 0;
  /** Of the letters looked at last: values, hashes, and where they stand. */
  const values = new Int32Array(REMEMBERED);
  const halves = new Int32Array(REMEMBERED);
  const places = new Float64Array(REMEMBERED);
  let count = 0;
  let latin = 0;
  /** Letters in a row that begin grams, and where the first stands. */
  let begun = 0;
  let begunAt = 0;
  /** What the words in a row weigh, and 1; 0 for none. */
  let row = 0;
  let place = -1;
  /** What is repeated of late, where that begins, and how many letters were taken with the last of it. */
  let score = 0;
  let scoreAt = 0;
  let scored = 0;
  let isFound = false;

  /** Where one of the last letters stands. Of a run, the first is not told by a hash: it is one more. */
  const placeAt = (before: number): number => places[(count - Math.min(before, count)) & (REMEMBERED - 1)] as number;

  const repeat = (next: number): void => {
    const goesOn = row > 0 && next === place + 1;
    row = row > 0 ? row + text.ending(next) : 1 + text.within(next);
    place = next;
    const others = Math.max(0, count - GRAM - scored);
    score = Math.max(0, score - FORGOTTEN * others);
    if (score === 0) scoreAt = placeAt(GRAM + 1);
    score += Math.min(GRAM, count - scored);
    scored = count;
    isFound = coverage.cover(next, goesOn) || row > weight || score >= REPEATED_LETTERS;
  };

  /** `count` letters were looked at, and the last ones begin a gram. */
  const goOn = (start: number): void => {
    if (begun === 0) begunAt = placeAt(START + 1);
    begun += 1;
    const first = halves[(count - 1 - START) & (REMEMBERED - 1)] as number;
    const next = begun > GRAM - START ? text.placeOf(gramOf(first, start)) : -1;
    if (next < 0) row = 0;
    else repeat(next);
  };

  const look = (): void => {
    let start = halves[(count - 1) & (REMEMBERED - 1)] as number;
    for (let index = 0; index < waiting && !isFound; index++) {
      const marked = letters[index] as number;
      const letter = marked & ~FIRST;
      const at = ats[index] as number;
      beginnings?.take(letter, at, marked !== letter);
      const value = letterValue(letter, latin);
      if (letter < LATIN) latin = letter;
      const slot = count & (REMEMBERED - 1);
      start = startOf(start, value, values[(count - START) & (REMEMBERED - 1)] as number);
      values[slot] = value;
      halves[slot] = start;
      places[slot] = at;
      count += 1;
      if (isKnown(start)) goOn(start);
      else {
        begun = 0;
        row = 0;
      }
    }
    waiting = 0;
  };

  return {
    take(letter, at) {
      letters[waiting] = letter | parted;
      parted = 0;
      ats[waiting] = at;
      waiting += 1;
      if (waiting === BATCH) look();
    },
    part() {
      parted = FIRST;
    },
    get from() {
      look();
      const isScored = score > FORGOTTEN * (count - scored);
      const rowAt = Math.min(
        begun >= SURE ? begunAt : Number.POSITIVE_INFINITY,
        beginnings?.from ?? Number.POSITIVE_INFINITY,
      );
      return isScored ? Math.min(scoreAt, rowAt) : rowAt;
    },
    get isFound() {
      look();
      return isFound;
    },
  };
};
