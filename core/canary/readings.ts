/** Ways to read letters out of a text, unit by unit: as they stand, and out of codes. */

import { readingOf } from '../text/characters.ts';
import type { LetterWalk } from './letter-walk.ts';

/** Reads a text that comes in pieces, and hands letters to its walks. */
export interface Reading {
  /** Reads the next piece, which begins at `at` in the text. */
  read(piece: string, at: number): void;
  /** The text ends here, and what was to go on with it. */
  end?(): void;
}

/** Makes a reading over walks of its own. */
export type ReadingKind = (walk: () => LetterWalk) => Reading;

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;

/** Letters as a reader sees them: any case, compatibility forms, look-alikes, tag characters. */
const plain: ReadingKind = (walk) => {
  const letters = walk();
  let high = 0;
  let highAt = 0;
  const takeOther = (unit: number, at: number): void => {
    if (isHigh(unit)) {
      high = unit;
      highAt = at;
      return;
    }
    const isPair = isLow(unit) && high !== 0;
    const point = isPair ? 0x10000 + ((high - 0xd800) << 10) + (unit - 0xdc00) : unit;
    for (const letter of readingOf(point)) letters.take(letter.charCodeAt(0), isPair ? highAt : at);
    high = 0;
  };
  return {
    read(piece, at) {
      for (let index = 0; index < piece.length; index++) {
        const unit = piece.charCodeAt(index);
        if (unit < 0x80) letters.take(unit, at + index);
        else takeOther(unit, at + index);
      }
    },
  };
};

const NONE = 255;

/** Value by unit, {@link NONE} for units that are no digits of a code. */
const valuesOf = (digits: string): Uint8Array => {
  const values = new Uint8Array(0x80).fill(NONE);
  for (const [value, digit] of [...digits].entries()) values[digit.charCodeAt(0)] = value;
  return values;
};

const BASE64 = valuesOf('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/');
const HEX = valuesOf('0123456789abcdef');
for (const [value, digit] of [...'ABCDEF'].entries()) HEX[digit.charCodeAt(0)] = 10 + value;

/**
 * Base64 (RFC 4648), whatever stands between its digits. It may begin at any of them: all four places are read. URL-safe
 * digits need no look: letters never need them.
 */
const base64: ReadingKind = (walk) => {
  const groups = [walk(), walk(), walk(), walk()];
  let count = 0;
  let before = 0;
  let beforeAt = 0;
  return {
    read(piece, at) {
      for (let index = 0; index < piece.length; index++) {
        const unit = piece.charCodeAt(index);
        const value = unit < 0x80 ? (BASE64[unit] as number) : NONE;
        if (value === NONE) continue;
        // Each digit but the first of a group completes a byte.
        for (let place = 1; place < 4; place++)
          groups[(count - place) & 3]?.take(((before << (2 * place)) | (value >> (6 - 2 * place))) & 0xff, beforeAt);
        count += 1;
        before = value;
        beforeAt = at + index;
      }
    },
  };
};

const ZERO = 0x30;
const X = 0x78;

/** Pairs of hexadecimal digits, whatever stands between them: `6d 6f`, `0x6d`, `%6d`, `\u006d`, `&#x6d;`. */
const hex: ReadingKind = (walk) => {
  const pairs = [walk(), walk()];
  let count = 0;
  let before = 0;
  let beforeAt = 0;
  /** Where a zero stands that may be that of `0x`; below 0 where none does. */
  let zeroAt = -1;
  const digit = (value: number, at: number): void => {
    pairs[count & 1]?.take((before << 4) | value, beforeAt);
    count += 1;
    before = value;
    beforeAt = at;
  };
  return {
    read(piece, at) {
      for (let index = 0; index < piece.length; index++) {
        const unit = piece.charCodeAt(index);
        if (zeroAt >= 0 && (unit | 0x20) !== X) digit(0, zeroAt);
        zeroAt = unit === ZERO ? at + index : -1;
        const value = unit < 0x80 ? (HEX[unit] as number) : NONE;
        if (value !== NONE && unit !== ZERO) digit(value, at + index);
      }
    },
  };
};

/** Most digits of the code of a letter. */
const CODE_DIGITS = 3;

/** Codes of letters in decimal, parted by anything: `109 111`, `&#109;`. */
const decimal: ReadingKind = (walk) => {
  const letters = walk();
  let code = 0;
  let digits = 0;
  let begin = 0;
  const end = (): void => {
    if (digits <= CODE_DIGITS) letters.take(code, begin);
    code = 0;
    digits = 0;
  };
  return {
    read(piece, at) {
      for (let index = 0; index < piece.length; index++) {
        const value = piece.charCodeAt(index) - ZERO;
        if (value < 0 || value > 9) {
          if (digits > 0) end();
          continue;
        }
        if (digits === 0) begin = at + index;
        if (digits < CODE_DIGITS) code = code * 10 + value;
        digits += 1;
      }
    },
    end: () => {
      if (digits > 0) end();
    },
  };
};

/** Every way in which letters are read. */
export const READINGS: readonly ReadingKind[] = [plain, base64, hex, decimal];
