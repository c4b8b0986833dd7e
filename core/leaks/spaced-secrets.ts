/** Secrets whose characters stand as they are, but apart from each other, or in another width. */

import type { SecretReadingKind } from './secret-reading.ts';

const BLANK = 0x20;
const LINE_END = 0x0a;
const isAlphanumeric = (unit: number): boolean =>
  ((unit | 0x20) >= 0x61 && (unit | 0x20) <= 0x7a) || (unit >= 0x30 && unit <= 0x39);

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
