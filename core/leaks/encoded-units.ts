/** Secrets of which each character is a code of its own, or stands by itself. */

import { digitAt, digitsOf, NONE, type SecretReadingKind } from './secret-reading.ts';

const HEX = digitsOf('0123456789abcdef');
for (const [value, digit] of [...'ABCDEF'].entries()) HEX[digit.charCodeAt(0)] = 10 + value;

const ZERO = 0x30;
const X = 0x78;
const U = 0x75;
const BACKSLASH = 0x5c;

/** Units between two codes. */
const MOST_BETWEEN = 8;

const BLANK = 0x20;
const LINE_END = 0x0a;
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
  (base: number, fits: (digits: number) => boolean, most: number): SecretReadingKind =>
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
      if (between > MOST_BETWEEN || isAlphanumeric(unit)) decoded.close();
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
export const decimalSecrets: SecretReadingKind = numbered(10, (digits) => digits === 2 || digits === 3, 3);

/** Codes in binary. */
export const binarySecrets: SecretReadingKind = numbered(2, (digits) => digits === 7 || digits === 8, 8);

/** Most units of what stands between two characters. */
const MOST_SEPARATOR = 3;

/** Characters with the same between all of them: `g h p`, `g-h-p`, `g, h, p`, one a line, what nobody sees. */
export const spacedSecrets: SecretReadingKind = (run) => {
  const decoded = run();
  /** What stands between, once two characters are known. */
  let separator = '';
  let matched = 0;
  /** The last character that stands by itself, and where; -1 where none does. */
  let last = 0;
  let lastAt = -1;
  const STATE = { none: 0, word: 1, first: 2, separated: 3, next: 4 } as const;
  let state: number = STATE.none;

  const take = (unit: number, at: number): void => {
    decoded.take(unit, at, at + 1);
    last = unit;
    lastAt = at;
  };

  /** The character may be the first of a spaced text. */
  const begin = (unit: number, at: number): void => {
    const isSign = unit > BLANK && unit < 0x7f;
    state = isSign ? STATE.first : STATE.none;
    separator = '';
    last = unit;
    lastAt = isSign ? at : -1;
  };

  const afterFirst = (unit: number, at: number): void => {
    if (isAlphanumeric(last)) {
      if (!isAlphanumeric(unit)) {
        separator += String.fromCharCode(unit);
        if (separator.length > MOST_SEPARATOR) begin(unit, at);
      } else if (separator === '') {
        state = STATE.word;
        lastAt = -1;
      } else {
        take(last, lastAt);
        take(unit, at);
        matched = 0;
        state = STATE.separated;
      }
    } else if (unit > BLANK && unit < 0x7f) begin(unit, at);
    else {
      // After a sign only one blank, or what is not ASCII, is known to stand between: `- - -`.
      separator = String.fromCharCode(unit);
      take(last, lastAt);
      state = STATE.next;
    }
  };

  const takeUnit = (unit: number, at: number): void => {
    if (state === STATE.none) begin(unit, at);
    else if (state === STATE.word) {
      if (!isAlphanumeric(unit)) begin(unit, at);
    } else if (state === STATE.first) afterFirst(unit, at);
    else if (state === STATE.next) {
      take(unit, at);
      state = STATE.separated;
      matched = 0;
    } else if (unit === separator.charCodeAt(matched)) {
      matched += 1;
      if (matched === separator.length) state = STATE.next;
    } else {
      decoded.close();
      if (matched > 0) begin(unit, at);
      else {
        // The last character may be the first of another one.
        begin(last, lastAt);
        takeUnit(unit, at);
      }
    }
  };

  return {
    read(piece, at) {
      for (let index = 0; index < piece.length; index++) takeUnit(piece.charCodeAt(index), at + index);
    },
    get from() {
      return lastAt < 0 ? Number.POSITIVE_INFINITY : lastAt;
    },
  };
};

/** Full-width forms of ASCII, and blanks between them. */
export const wideSecrets: SecretReadingKind = (run) => {
  const decoded = run();
  let inRun = false;
  return {
    read(piece, at) {
      for (let index = 0; index < piece.length; index++) {
        const unit = piece.charCodeAt(index);
        const isWide = unit > 0xff00 && unit < 0xff5f;
        const goesOn = isWide || (inRun && (unit === BLANK || unit === LINE_END));
        if (goesOn) decoded.take(isWide ? unit - 0xfee0 : unit, at + index, at + index + 1);
        else if (inRun) decoded.close();
        inRun = goesOn;
      }
    },
    from: Number.POSITIVE_INFINITY,
  };
};
