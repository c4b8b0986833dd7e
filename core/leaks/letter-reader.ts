/**
 * The letters of a text as numbers, whatever their case and form, and whatever stands between them. Digits and signs
 * within words are read as the letters they look like; numbers by themselves are passed by: a list may be numbered anew.
 */

import { CLASS, classOf, readingOf } from '../text/characters.ts';

/** Takes letters. */
export interface LetterSink {
  /** Takes a letter that begins at `at` in the text: below {@link LATIN} for a to z, any other number for another. */
  take(letter: number, at: number): void;
  /** A word ends here. */
  part?(): void;
}

/** Reads code points. */
export interface LetterReader {
  takePoint(point: number, at: number): void;
}

/** How many letters shift in a Caesar cipher. */
export const LATIN = 26;
/** Letters of other scripts begin here. */
export const OTHER = 0x100;
/** A character of a script without spaces says as much as several letters: it counts as two, its second begins here. */
export const SECOND = 0x40_0000;

/** Thai, Lao, Burmese, Khmer: characters are letters there. */
const SYLLABIC_FROM = 0x1800;

const KIND = { other: 0, letter: 1, digit: 2 } as const;
/** Leetspeak: digits from 0, then `@` and `$`. */
const LOOKS_LIKE = 'oizeasgtbg';
const SIGNS: Readonly<Record<string, string>> = { '@': 'a', $: 's' };

const kinds = new Uint8Array(0x80);
const letters = new Uint8Array(0x80);
for (let letter = 0; letter < LATIN; letter++)
  for (const first of [0x41, 0x61]) {
    kinds[first + letter] = KIND.letter;
    letters[first + letter] = letter;
  }
for (const [sign, looks] of [...[...LOOKS_LIKE].entries(), ...Object.entries(SIGNS)]) {
  const unit = String(sign).charCodeAt(0);
  kinds[unit] = KIND.digit;
  letters[unit] = looks.charCodeAt(0) - 0x61;
}

/** More digits than that before a word are none of its letters. */
const MOST_DIGITS = 4;

/** A reader for one text. */
export const createLetterReader = (sink: LetterSink): LetterReader => {
  /** Within a word: digits belong to it. */
  let inWord = false;
  /** Digits that become letters if a word goes on with them, and where they stand. */
  const digits: number[] = [];
  const digitsAt: number[] = [];
  let count = 0;

  const beginWord = (): void => {
    inWord = true;
    if (count > 0 && count <= MOST_DIGITS)
      for (let index = 0; index < count; index++) sink.take(digits[index] as number, digitsAt[index] as number);
    count = 0;
  };

  const endWord = (): void => {
    if (inWord) sink.part?.();
    inWord = false;
    count = 0;
  };

  /** A digit before a word. */
  const keep = (letter: number, at: number): void => {
    if (count < MOST_DIGITS) {
      digits[count] = letter;
      digitsAt[count] = at;
    }
    count += 1;
  };

  const takeAscii = (unit: number, at: number): void => {
    const kind = kinds[unit] as number;
    if (kind === KIND.letter) {
      if (!inWord) beginWord();
      sink.take(letters[unit] as number, at);
    } else if (kind === KIND.other) endWord();
    else if (inWord) sink.take(letters[unit] as number, at);
    else keep(letters[unit] as number, at);
  };

  const takeOther = (unit: number, at: number): void => {
    const kind = classOf(unit);
    if (kind < CLASS.letter || kind === CLASS.digit) {
      endWord();
      return;
    }
    if (kind === CLASS.letter) {
      if (!inWord) beginWord();
      sink.take(OTHER + unit, at);
      return;
    }
    endWord();
    sink.take(OTHER + unit, at);
    if (unit >= SYLLABIC_FROM) sink.take(SECOND + unit, at);
    sink.part?.();
  };

  return {
    takePoint(point, at) {
      if (point < 0x80) {
        takeAscii(point, at);
        return;
      }
      const reading = readingOf(point);
      for (let index = 0; index < reading.length; index++) {
        const unit = reading.charCodeAt(index);
        if (unit < 0x80) takeAscii(unit, at);
        else takeOther(unit, at);
      }
    },
  };
};
