/** Secrets of which each character is a code of its own: a number, in some base. */

import { digitAt, digitsOf, NONE, type SecretReadingKind } from './secret-reading.ts';

const HEX = digitsOf('0123456789abcdef');
for (const [value, digit] of [...'ABCDEF'].entries()) HEX[digit.charCodeAt(0)] = 10 + value;

const ZERO = 0x30;
const X = 0x78;
const U = 0x75;
const BACKSLASH = 0x5c;

/** Units between two pairs: ten units are a character at most. */
const MOST_BETWEEN = 8;

const isLetter = (unit: number): boolean => (unit | 0x20) >= 0x61 && (unit | 0x20) <= 0x7a;
const isAlphanumeric = (unit: number): boolean => isLetter(unit) || (unit >= ZERO && unit <= 0x39);

/** Pairs of hexadecimal digits: `67 68`, `0x67`, `%67`, `\x67`, `\u0067`, `&#x67;`. */
export const hexSecrets: SecretReadingKind = (run) => {
  const pairs = [run(), run()] as const;
  let count = 0;
  let before = 0;
  let beforeAt = -1;
  let between = 0;
  /** Where a zero stands that may be that of `0x`; below 0 where none does. */
  let zeroAt = -1;
  let last = 0;

  const end = (): void => {
    pairs[0].close();
    pairs[1].close();
    beforeAt = -1;
    between = 0;
  };

  const digit = (value: number, at: number): void => {
    const pair = count & 1 ? pairs[1] : pairs[0];
    if (beforeAt >= 0 && beforeAt === at - 1) pair.take((before << 4) | value, beforeAt, at + 1);
    else pair.close();
    count += 1;
    before = value;
    beforeAt = at;
    between = 0;
  };

  const other = (unit: number): void => {
    if (beforeAt < 0) return;
    between += 1;
    const lower = unit | 0x20;
    const isMark = lower === X || (lower === U && last === BACKSLASH);
    if (between > MOST_BETWEEN || (isLetter(unit) && !isMark)) end();
  };

  return {
    read(piece, at) {
      for (let index = 0; index < piece.length; index++) {
        const unit = piece.charCodeAt(index);
        if (zeroAt >= 0 && (unit | 0x20) !== X) digit(0, zeroAt);
        zeroAt = unit === ZERO ? at + index : -1;
        const value = digitAt(HEX, unit);
        if (value === NONE) other(unit);
        else if (unit !== ZERO) digit(value, at + index);
        last = unit;
      }
    },
    end: () => {
      if (zeroAt >= 0) digit(0, zeroAt);
    },
    get from() {
      const from = zeroAt >= 0 ? zeroAt : Number.POSITIVE_INFINITY;
      return beforeAt >= 0 && between === 0 ? Math.min(beforeAt, from) : from;
    },
  };
};

/** Codes in some base, parted by anything but letters: `103 104`, `&#103;`, `01100111`. */
const numbered =
  (base: number, fits: (digits: number) => boolean, most: number, mostBetween: number): SecretReadingKind =>
  (run) => {
    const decoded = run();
    let code = 0;
    let digits = 0;
    let begin = 0;
    let between = 0;

    const end = (at: number): void => {
      if (fits(digits)) decoded.take(code, begin, at);
      else decoded.close();
      code = 0;
      digits = 0;
      between = 0;
    };

    const digit = (value: number, at: number): void => {
      if (digits === 0) begin = at;
      if (digits <= most) code = code * base + value;
      digits += 1;
      if (digits > most) decoded.close();
    };

    const other = (unit: number, at: number): void => {
      if (digits > 0) end(at);
      between += 1;
      if (between > mostBetween || isAlphanumeric(unit)) decoded.close();
    };

    return {
      read(piece, at) {
        for (let index = 0; index < piece.length; index++) {
          const unit = piece.charCodeAt(index);
          const value = unit - ZERO;
          if (value < 0 || value >= base) other(unit, at + index);
          else digit(value, at + index);
        }
      },
      end: () => {
        if (digits > 0 && fits(digits)) decoded.take(code, begin, begin + digits);
      },
      get from() {
        return digits > 0 && digits <= most ? begin : Number.POSITIVE_INFINITY;
      },
    };
  };

/** Codes in decimal. */
export const decimalSecrets: SecretReadingKind = numbered(10, (digits) => digits === 2 || digits === 3, 3, 6);

/** Octal codes: `147 150`, and as source code writes them, `\\147\\150`. */
export const octalSecrets: SecretReadingKind = numbered(8, (digits) => digits === 2 || digits === 3, 3, 2);

/** Codes in binary. */
export const binarySecrets: SecretReadingKind = numbered(2, (digits) => digits === 7 || digits === 8, 8, 2);
