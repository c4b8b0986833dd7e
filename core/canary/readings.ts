/** Ways to read letters out of a text, unit by unit: as they stand, and out of codes. */

import { readingOf } from '../text/characters.ts';
import type { LetterWalk } from './letter-walk.ts';

/** Reads a text, and hands letters to its walks. */
export interface Reading {
  /** Takes the next unit of the text, and where it stands. */
  take(unit: number, at: number): void;
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
  return {
    take(unit, at) {
      if (unit < 0x80) return letters.take(unit, at);
      if (isHigh(unit)) {
        [high, highAt] = [unit, at];
        return;
      }
      const isPair = isLow(unit) && high !== 0;
      const point = isPair ? 0x10000 + ((high - 0xd800) << 10) + (unit - 0xdc00) : unit;
      for (const letter of readingOf(point)) letters.take(letter.charCodeAt(0), isPair ? highAt : at);
      high = 0;
    },
  };
};

/** Value by unit, 255 for units that are no digits of a code. */
const valuesOf = (digits: string, from = 0): Uint8Array => {
  const values = new Uint8Array(0x80).fill(255);
  for (const [value, digit] of [...digits].entries()) values[digit.charCodeAt(0)] = from + value;
  return values;
};

const BASE64 = valuesOf('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/');
const HEX = valuesOf('0123456789abcdef');
for (const [value, digit] of [...'ABCDEF'].entries()) HEX[digit.charCodeAt(0)] = 10 + value;

const digitIn = (values: Uint8Array, unit: number): number => (unit < 0x80 ? (values[unit] as number) : 255);

/**
 * Base64 (RFC 4648), whatever stands between its digits. It may begin at any of them: all four places are read. URL-safe
 * digits need no look: letters never need them.
 */
const base64: ReadingKind = (walk) => {
  const groups = [walk(), walk(), walk(), walk()] as const;
  let count = 0;
  let before = 0;
  let beforeAt = 0;
  return {
    take(unit, at) {
      const value = digitIn(BASE64, unit);
      if (value === 255) return;
      for (let start = 0; start < 4; start++) {
        const place = (count - start) & 3;
        // Each digit but the first of a group completes a byte.
        if (place > 0)
          groups[start as 0]?.take(((before << (2 * place)) | (value >> (6 - 2 * place))) & 0xff, beforeAt);
      }
      count += 1;
      [before, beforeAt] = [value, at];
    },
  };
};

const ZERO = 0x30;
const X = 0x78;

/** Pairs of hexadecimal digits, whatever stands between them: `6d 6f`, `0x6d`, `%6d`, `\u006d`, `&#x6d;`. */
const hex: ReadingKind = (walk) => {
  const pairs = [walk(), walk()] as const;
  let count = 0;
  let before = 0;
  let beforeAt = 0;
  /** Where a zero stands that may be that of `0x`. */
  let zeroAt: number | undefined;
  const digit = (value: number, at: number): void => {
    pairs[count % 2 === 0 ? 0 : 1].take((before << 4) | value, beforeAt);
    count += 1;
    [before, beforeAt] = [value, at];
  };
  return {
    take(unit, at) {
      if (zeroAt !== undefined && (unit | 0x20) !== X) digit(0, zeroAt);
      zeroAt = unit === ZERO ? at : undefined;
      const value = digitIn(HEX, unit);
      if (value !== 255 && unit !== ZERO) digit(value, at);
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
    if (digits > 0 && digits <= CODE_DIGITS) letters.take(code, begin);
    code = 0;
    digits = 0;
  };
  return {
    take(unit, at) {
      const value = unit - ZERO;
      if (value < 0 || value > 9) return end();
      if (digits === 0) begin = at;
      code = digits < CODE_DIGITS ? code * 10 + value : code;
      digits += 1;
    },
    end,
  };
};

/** Every way in which letters are read. */
export const READINGS: readonly ReadingKind[] = [plain, base64, hex, decimal];
