/** Bytes read out of codes, unit by unit: base64, base32, hexadecimal, binary and decimal codes. */

import type { Reading } from './leak-check.ts';

/** Takes bytes, and where in the text the code of each begins. */
export interface ByteSink {
  take(byte: number, at: number): void;
}

/** Makes a reading over sinks of its own. */
export type CodeReading = (sink: () => ByteSink) => Reading;

const NONE = 255;

/** Value by unit, {@link NONE} for units that are no digits of a code. */
const valuesOf = (digits: string): Uint8Array => {
  const values = new Uint8Array(0x80).fill(NONE);
  for (const [value, digit] of [...digits].entries()) values[digit.charCodeAt(0)] = value;
  return values;
};

/** The digits of base64 in both alphabets, by unit; 255 for no digit. */
export const BASE64: Uint8Array = valuesOf('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/');
BASE64['-'.charCodeAt(0)] = 62;
BASE64['_'.charCodeAt(0)] = 63;
const HEX = valuesOf('0123456789abcdef');
for (const [value, digit] of [...'ABCDEF'].entries()) HEX[digit.charCodeAt(0)] = 10 + value;

const PADDING = 0x3d;

/**
 * Base64 (RFC 4648), both alphabets, whatever else stands between its digits. It may begin at any of them: all four
 * places are read. What follows padding begins anew.
 *
 * @param least Digits in a row below which they are words of prose, and not read.
 */
export const base64Reading =
  (least = 1): CodeReading =>
  (sink) => {
    const groups = [sink(), sink(), sink(), sink()] as const;
    /** Digits of a row that is too short, and where the first stands. */
    const row = new Uint8Array(least);
    let length = 0;
    let rowAt = 0;
    let count = 0;
    let before = 0;
    let beforeAt = 0;

    // Each digit but the first of a group completes a byte.
    const digit = (value: number, at: number): void => {
      const pair = (before << 6) | value;
      groups[(count - 1) & 3]?.take((pair >> 4) & 0xff, beforeAt);
      groups[(count - 2) & 3]?.take((pair >> 2) & 0xff, beforeAt);
      groups[(count - 3) & 3]?.take(pair & 0xff, beforeAt);
      count += 1;
      before = value;
      beforeAt = at;
    };

    const begin = (value: number, at: number): void => {
      if (length === 0) rowAt = at;
      row[length] = value;
      length += 1;
      if (length === least) for (let index = 0; index < least; index++) digit(row[index] as number, rowAt + index);
    };

    return {
      read(piece, at) {
        for (let index = 0; index < piece.length; index++) {
          const unit = piece.charCodeAt(index);
          const value = unit < 0x80 ? (BASE64[unit] as number) : NONE;
          if (value === NONE) {
            if (unit === PADDING) count = 0;
            length = 0;
          } else if (length < least) begin(value, at + index);
          else digit(value, at + index);
        }
      },
    };
  };

const ZERO = 0x30;
const X = 0x78;

/** Pairs of hexadecimal digits, whatever stands between them: `6d 6f`, `0x6d`, `%6d`, `\u006d`, `&#x6d;`. */
const hex: CodeReading = (sink) => {
  const pairs = [sink(), sink()];
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
const decimal: CodeReading = (sink) => {
  const letters = sink();
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

const BASE32 = valuesOf('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567');
const LINE_FEED = 0x0a;
const RETURN = 0x0d;

/** Base32 (RFC 4648), wrapped or not. It begins where a run of its digits begins. */
const base32: CodeReading = (sink) => {
  const bytes = sink();
  let bits = 0;
  let value = 0;
  let begin = 0;
  return {
    read(piece, at) {
      for (let index = 0; index < piece.length; index++) {
        const unit = piece.charCodeAt(index);
        const digit = unit < 0x80 ? (BASE32[unit] as number) : NONE;
        if (digit === NONE) {
          if (unit !== LINE_FEED && unit !== RETURN) bits = 0;
          continue;
        }
        value = ((value << 5) | digit) & 0xfff;
        bits += 5;
        if (bits >= 8) {
          bits -= 8;
          bytes.take((value >> bits) & 0xff, begin);
          begin = at + index;
        } else if (bits === 5) begin = at + index;
      }
    },
  };
};

/** Binary digits, eight a byte, from where a run of them begins: `01101101 01101111`. */
const binary: CodeReading = (sink) => {
  const bytes = sink();
  let digits = 0;
  let value = 0;
  let begin = 0;
  return {
    read(piece, at) {
      for (let index = 0; index < piece.length; index++) {
        const digit = piece.charCodeAt(index) - ZERO;
        if (digit !== 0 && digit !== 1) {
          digits = 0;
          continue;
        }
        if (digits === 0) begin = at + index;
        value = ((value << 1) | digit) & 0xff;
        digits += 1;
        if (digits < 8) continue;
        bytes.take(value, begin);
        digits = 0;
      }
    },
  };
};

/** Other codes than base64. */
export const OTHER_CODES: readonly CodeReading[] = [hex, decimal, base32, binary];
