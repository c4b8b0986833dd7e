/** Which units of a text a value can begin with, as far as they and what is before them say. */

import { unitTable } from './unit-table.ts';

const ASCII = 128;
const BACKSLASH = 0x5c;

/** The unit is an ASCII letter or digit. */
export const ALPHANUMERIC = 1;
/** A value can begin with the unit, if its conditions hold. */
export const BEGINS = 2;
/** A value can begin with the unit wherever it stands. */
export const BEGINS_ALWAYS = 4;

/** Whether a UTF-16 unit is an ASCII letter or digit. */
export const isAlphanumeric = (unit: number): boolean =>
  (unit >= 0x30 && unit <= 0x39) || (unit >= 0x41 && unit <= 0x5a) || (unit >= 0x61 && unit <= 0x7a);

/**
 * What each ASCII unit is, and last all others, of the tables of those with which a value begins anywhere, and of those with
 * which one begins that is assigned to a name.
 */
export const unitKinds = (anywhere: Uint8Array, ifAssigned: Uint8Array): Uint8Array =>
  Uint8Array.from(
    anywhere,
    (begins, unit) =>
      (unit < ASCII && isAlphanumeric(unit) ? ALPHANUMERIC : 0) +
      (begins === 1 || ifAssigned[unit] === 1 ? BEGINS : 0) +
      (begins === 1 ? BEGINS_ALWAYS : 0),
  );

const PERCENT = 0x25;
const LETTER_U = 0x75;
const LETTER_X = 0x78;

/** What makes an escape after a backslash: `\n`, `\u0022`, `\x22`, `\0`. Others do not: a value may begin with them. */
const ESCAPES = unitTable('abefnrtuvx0');
const HEX = unitTable('0123456789abcdefABCDEF');

/** Longest escape, `\u0022`. */
const LONGEST_ESCAPE = 6;

const isHex = (text: string, from: number, count: number): boolean => {
  for (let at = from; at < from + count; at++) if (HEX[text.charCodeAt(at)] !== 1) return false;
  return true;
};

/** Where an escape of digits ends that begins at `at`: `%22`, `\u0022`, `\x22`; -1 for none. */
const escapeEnd = (text: string, at: number): number => {
  const unit = text.charCodeAt(at);
  if (unit === PERCENT) return isHex(text, at + 1, 2) ? at + 3 : -1;
  if (unit !== BACKSLASH) return -1;
  const kind = text.charCodeAt(at + 1);
  if (kind === LETTER_U) return isHex(text, at + 2, 4) ? at + 6 : -1;
  return kind === LETTER_X && isHex(text, at + 2, 2) ? at + 4 : -1;
};

/** Where an escape of digits ends that begins before `from` and ends there or after; -1 for none. */
const escapeEndFrom = (text: string, from: number): number => {
  for (let at = from - 1; at >= 0 && at >= from - LONGEST_ESCAPE; at--) {
    const unit = text.charCodeAt(at);
    if (unit !== PERCENT && unit !== BACKSLASH) continue;
    const end = escapeEnd(text, at);
    if (end >= from) return end;
  }
  return -1;
};

/** Whether the unit at `index` is the letter of an escape, as in `\nAKIA…` of JSON text: it belongs to no value. */
export const isEscapeLetter = (text: string, index: number): boolean =>
  text.charCodeAt(index - 1) === BACKSLASH && ESCAPES[text.charCodeAt(index)] === 1;

/** Whether a value can begin at `index`: not within a run of letters and digits, but right after an escape. */
const beginsRun = (text: string, index: number): boolean =>
  !isEscapeLetter(text, index) &&
  (index === 0 || !isAlphanumeric(text.charCodeAt(index - 1)) || isEscapeLetter(text, index - 1));

/** Where the run of letters and digits ends that begins at `start`, or an escape at its head, after which a value can begin. */
export const endOfRun = (text: string, start: number): number => {
  const end = text.length;
  const isEscaped = start > 0 && (text.charCodeAt(start - 1) === PERCENT || text.charCodeAt(start - 2) === BACKSLASH);
  const escaped = isEscaped ? escapeEndFrom(text, start + 1) : -1;
  let at = start + 1;
  while (at < end && at !== escaped && isAlphanumeric(text.charCodeAt(at))) at += 1;
  return at;
};

/** The first unit from `from` on with which a value can begin, if its conditions hold; the end where there is none. */
export const nextBeginning = (text: string, from: number, kinds: Uint8Array): number => {
  const end = text.length;
  // Only within a run can it be the end of an escape that matters.
  let escaped = from < end && isAlphanumeric(text.charCodeAt(from)) ? escapeEndFrom(text, from) : -1;
  // What was left off at may be the letter of an escape, which begins nothing: what follows it may.
  let at = from > 0 && from < end && isEscapeLetter(text, from) ? from + 1 : from;
  let within = at < end && !beginsRun(text, at);
  while (at < end) {
    const unit = text.charCodeAt(at);
    const kind = kinds[unit < ASCII ? unit : ASCII] as number;
    if ((kind & ALPHANUMERIC) === 0) {
      if ((kind & BEGINS) !== 0) return at;
      within = false;
      if (unit === PERCENT || unit === BACKSLASH) escaped = escapeEnd(text, at);
      at += 1;
      if (unit === BACKSLASH && at < end && isEscapeLetter(text, at)) at += 1;
    } else {
      if ((!within || at === escaped) && (kind & BEGINS) !== 0) return at;
      within = true;
      at += 1;
    }
  }
  return at;
};

/** The first unit after `at` that another value can begin with, for all that the one unit says. */
export const afterBeginning = (text: string, at: number): number => {
  const next = at + 1;
  if (text.charCodeAt(at) === BACKSLASH) return next < text.length && isEscapeLetter(text, next) ? next + 1 : next;
  return isAlphanumeric(text.charCodeAt(at)) ? endOfRun(text, at) : next;
};
