/** Codes of which each word is one: of a letter (`x6d`, `155`, `13`), or of a word in base64. */

import { BASE64, type CodeReading } from './code-readings.ts';

const LETTERS = 26;
/** The letter before `a`. */
const BEFORE_A = 0x60;

/** What a unit is in the code of a letter: below 16 a digit of that value. */
const UNIT = { x: 16, letter: 17, other: 18 } as const;
const UNITS = new Uint8Array(0x80).fill(UNIT.other);
for (let letter = 0; letter < LETTERS; letter++)
  for (const first of [0x41, 0x61]) UNITS[first + letter] = letter < 6 ? 10 + letter : UNIT.letter;
for (let digit = 0; digit < 10; digit++) UNITS[0x30 + digit] = digit;
for (const letter of 'xX') UNITS[letter.charCodeAt(0)] = UNIT.x;

/**
 * Codes of letters, each a word, so that numbers of rows between them are none: pairs of hexadecimal digits (`6d`, `x6d`,
 * `0x6d`), octal codes (`155`, `\\155`), places in the alphabet (`13`).
 */
export const letterCodes: CodeReading = (sink) => {
  const [pairs, octal, places] = [sink(), sink(), sink()];
  let isWord = false;
  let begin = 0;
  /** Digits of the code, none of a word that is no code; -1 for such a word. */
  let digits = 0;
  let hex = 0;
  let number = 0;
  let highest = 0;

  const start = (at: number): void => {
    isWord = true;
    begin = at;
    digits = 0;
    hex = 0;
    number = 0;
    highest = 0;
  };

  const take = (value: number): void => {
    if (value === UNIT.x && hex === 0 && digits < 2) {
      // `0x` before a code, which is none in octal or in decimal.
      digits = 0;
      highest = 10;
    } else if (value > 15 || digits === 3) digits = -1;
    else {
      digits += 1;
      hex = hex * 16 + value;
      number = number * 10 + value;
      highest = Math.max(highest, value);
    }
  };

  const end = (): void => {
    isWord = false;
    if (digits === 2) pairs.take(hex, begin);
    if (digits > 1 && highest < 8 && hex < 0x400)
      octal.take(((hex >> 8) << 6) | (((hex >> 4) & 7) << 3) | (hex & 7), begin);
    if (digits > 0 && digits < 3 && highest < 10 && number > 0 && number <= LETTERS)
      places.take(BEFORE_A + number, begin);
  };

  return {
    read(piece, at) {
      for (let index = 0; index < piece.length; index++) {
        const unit = piece.charCodeAt(index);
        const value = unit < 0x80 ? (UNITS[unit] as number) : UNIT.other;
        if (value === UNIT.other) {
          if (isWord) end();
          continue;
        }
        if (!isWord) start(at + index);
        if (digits >= 0) take(value);
      }
    },
    end: () => {
      if (isWord) end();
    },
  };
};

/** Most digits of a word in base64 that is read by itself: longer ones are rows. */
const MOST_DIGITS = 32;
const PADDING = 0x3d;

const CONTROLS = 0x20;
const ASCII = 0x80;

/** Words in base64, each by itself: whole groups of four digits, or padded, that stand for text. */
export const base64Words: CodeReading = (sink) => {
  const bytes = sink();
  const row = new Uint8Array(MOST_DIGITS);
  let length = 0;
  let begin = 0;

  /** The byte that a digit completes; the first of each group completes none. */
  const byteAt = (index: number): number =>
    ((((row[index - 1] as number) << 6) | (row[index] as number)) >> (6 - 2 * (index & 3))) & 0xff;

  /** Whether a word of prose, read as base64, would not be text. */
  const isText = (): boolean => {
    let missing = 0;
    for (let index = 1; index < length; index++) {
      if ((index & 3) === 0) continue;
      const byte = byteAt(index);
      if (byte < CONTROLS || missing > 0 !== (byte >= ASCII && byte < 0xc0)) return false;
      if (missing > 0) missing -= 1;
      else if (byte >= ASCII) missing = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
    }
    return missing === 0;
  };

  const end = (isPadded: boolean): void => {
    if (length <= MOST_DIGITS && (isPadded || length % 4 === 0) && isText())
      for (let index = 1; index < length; index++) if ((index & 3) !== 0) bytes.take(byteAt(index), begin + index - 1);
    length = 0;
  };

  return {
    read(piece, at) {
      for (let index = 0; index < piece.length; index++) {
        const unit = piece.charCodeAt(index);
        const value = unit < ASCII ? (BASE64[unit] as number) : 0xff;
        if (value === 0xff) {
          if (length > 0) end(unit === PADDING);
          continue;
        }
        if (length === 0) begin = at + index;
        if (length < MOST_DIGITS) row[length] = value;
        length += 1;
      }
    },
    end: () => {
      if (length > 0) end(false);
    },
  };
};
