/** A text with its escapes undone, character by character: those of URLs, of HTML, and of JSON and source code. */

import type { Reading } from './leak-check.ts';

/** Takes a code point that begins at `at` in the text. A `byte` is one of UTF-8. */
export interface PointSink {
  takePoint(point: number, at: number): void;
  takeByte(byte: number, at: number): void;
}

const PERCENT = 0x25;
const AMPERSAND = 0x26;
const BACKSLASH = 0x5c;
const HASH = 0x23;
const SEMICOLON = 0x3b;
const BRACE = 0x7b;
const BRACE_END = 0x7d;
const BLANK = 0x20;
const LAST_POINT = 0x10ffff;

/** What an escape has been up to now. */
const STATE = {
  none: 0,
  percent: 1,
  backslash: 2,
  fixed: 3,
  braced: 4,
  ampersand: 5,
  hash: 6,
  decimal: 7,
  hex: 8,
  name: 9,
} as const;

/** Most units of an escape. */
const MOST = 10;
/** White space as JSON and source code write it: n, r, t, b, f, v. */
const BLANKS = new Set([...'nrtbfv'].map((letter) => letter.charCodeAt(0)));

const hexOf = (unit: number): number => {
  if (unit >= 0x30 && unit <= 0x39) return unit - 0x30;
  const lower = unit | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
};

const isLetter = (unit: number): boolean => (unit | 0x20) >= 0x61 && (unit | 0x20) <= 0x7a;

/** A reader for one text. What begins like an escape and is none is read as it stands. */
export const createEscapeReader = (sink: PointSink): Reading => {
  let state: number = STATE.none;
  /** Units of the escape, and the place of the first. */
  const units: number[] = [];
  let begin = 0;
  let value = 0;
  /** Digits that are still to come. */
  let missing = 0;
  let high = 0;
  let highAt = 0;

  const takePlain = (unit: number, at: number): void => {
    if (unit >= 0xd800 && unit <= 0xdbff) {
      high = unit;
      highAt = at;
      return;
    }
    if (unit >= 0xdc00 && unit <= 0xdfff && high !== 0)
      sink.takePoint(0x10000 + ((high - 0xd800) << 10) + (unit - 0xdc00), highAt);
    else sink.takePoint(unit, at);
    high = 0;
  };

  const isBeginning = (unit: number): boolean => unit === PERCENT || unit === BACKSLASH || unit === AMPERSAND;

  const open = (unit: number, at: number): void => {
    state = unit === PERCENT ? STATE.percent : unit === BACKSLASH ? STATE.backslash : STATE.ampersand;
    missing = 2;
    value = 0;
    units.length = 0;
    units.push(unit);
    begin = at;
  };

  const close = (point: number): boolean => {
    state = STATE.none;
    sink.takePoint(point > LAST_POINT ? BLANK : point, begin);
    return true;
  };

  const digit = (unit: number, base: number): boolean => {
    const one = hexOf(unit);
    if (one < 0 || one >= base) return false;
    value = value * base + one;
    return true;
  };

  /** Takes one more unit of the escape: false where it is none. */
  const goOn = (unit: number): boolean => {
    switch (state) {
      case STATE.percent:
      case STATE.fixed: {
        if (!digit(unit, 16)) return false;
        missing -= 1;
        if (missing > 0) return true;
        if (state === STATE.fixed) return close(value);
        state = STATE.none;
        sink.takeByte(value, begin);
        return true;
      }
      case STATE.backslash: {
        if (unit === BACKSLASH) return true; // escaped twice
        if (BLANKS.has(unit)) return close(BLANK);
        if (unit !== 0x75 && unit !== 0x78) return isLetter(unit) ? false : close(unit);
        missing = unit === 0x75 ? 4 : 2;
        state = STATE.fixed;
        return true;
      }
      case STATE.braced:
      case STATE.hex: {
        const isEnd = unit === (state === STATE.braced ? BRACE_END : SEMICOLON);
        return isEnd ? close(value) : digit(unit, 16);
      }
      case STATE.ampersand: {
        state = unit === HASH ? STATE.hash : STATE.name;
        return unit === HASH || isLetter(unit);
      }
      case STATE.hash: {
        const isHex = (unit | 0x20) === 0x78;
        state = isHex ? STATE.hex : STATE.decimal;
        return isHex || digit(unit, 10);
      }
      case STATE.decimal:
        return unit === SEMICOLON ? close(value) : digit(unit, 10);
      default:
        return unit === SEMICOLON ? close(BLANK) : isLetter(unit);
    }
  };

  const giveUp = (): void => {
    state = STATE.none;
    for (let index = 0; index < units.length; index++) takePlain(units[index] as number, begin + index);
  };

  const takeUnit = (unit: number, at: number): void => {
    if (state === STATE.none) {
      if (isBeginning(unit)) open(unit, at);
      else takePlain(unit, at);
      return;
    }
    if (state === STATE.fixed && unit === BRACE && units.length === 2) {
      state = STATE.braced;
      units.push(unit);
      return;
    }
    if (units.length < MOST && goOn(unit)) {
      units.push(unit);
      return;
    }
    giveUp();
    if (isBeginning(unit)) open(unit, at);
    else takePlain(unit, at);
  };

  return {
    read(piece, at) {
      const { takePoint } = sink;
      for (let index = 0; index < piece.length; index++) {
        const unit = piece.charCodeAt(index);
        if (state === STATE.none && !isBeginning(unit) && unit < 0xd800) takePoint(unit, at + index);
        else takeUnit(unit, at + index);
      }
    },
  };
};
