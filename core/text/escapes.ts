/** Characters that are written by their numbers, `&#73;` and `\u0049`: found and read in one pass. */

import { textOf } from './fold.ts';

/** A run of text with escapes in it, read. */
export interface EscapedRun {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Least escapes of a run, and most units between two of them. */
const MIN_ESCAPES = 3;
const MAX_BETWEEN = 40;
/** Escapes are shorter than this: their size and what they stand for make one number. */
const SIZES = 16;
const LAST_POINT = 0x10ffff;

/** What a sign begins at `at`: the code point times 16, plus the units of the escape; 0 for nothing. */
type ReadEscape = (text: string, at: number) => number;

/** The number written from `from` to `to` in a base; -1 where none is. */
const numberIn = (text: string, from: number, to: number, base: number): number => {
  let value = 0;
  for (let at = from; at < to; at++) {
    const unit = text.charCodeAt(at);
    const lower = unit | 0x20;
    const digit = unit <= 0x39 ? unit - 0x30 : lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
    if (!(digit >= 0 && digit < base)) return -1;
    value = value * base + digit;
  }
  return to > from ? value : -1;
};

/** An escape of a code point; one that there is none for reads as nothing. */
const escaped = (point: number, size: number): number =>
  point < 0 ? 0 : (point > LAST_POINT ? 0 : point) * SIZES + size;

const NAMED: ReadonlyMap<string, number> = new Map(
  Object.entries({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }).map(([name, sign]) => [
    name,
    sign.charCodeAt(0),
  ]),
);
/** Most units between `&` and `;`. */
const MAX_ENTITY = 8;

const readEntity: ReadEscape = (text, at) => {
  let end = at + 1;
  while (end <= at + 1 + MAX_ENTITY && end < text.length && text.charCodeAt(end) !== 0x3b) end += 1;
  if (text.charCodeAt(end) !== 0x3b) return 0;
  const size = end + 1 - at;
  if (text.charCodeAt(at + 1) !== 0x23) return escaped(NAMED.get(text.slice(at + 1, end)) ?? -1, size);
  const isHex = (text.charCodeAt(at + 2) | 0x20) === 0x78;
  return escaped(isHex ? numberIn(text, at + 3, end, 16) : numberIn(text, at + 2, end, 10), size);
};

const readBackslash: ReadEscape = (text, at) => {
  const kind = text.charCodeAt(at + 1);
  if (kind === 0x78) return escaped(numberIn(text, at + 2, at + 4, 16), 4);
  if (kind !== 0x75) return kind <= 0x33 ? escaped(numberIn(text, at + 1, at + 4, 8), 4) : 0;
  if (text.charCodeAt(at + 2) !== 0x7b) return escaped(numberIn(text, at + 2, at + 6, 16), 6);
  let end = at + 3;
  while (end < at + 9 && text.charCodeAt(end) !== 0x7d) end += 1;
  return text.charCodeAt(end) === 0x7d ? escaped(numberIn(text, at + 3, end, 16), end + 1 - at) : 0;
};

const runsOf = (text: string, sign: string, read: ReadEscape): readonly EscapedRun[] => {
  const runs: EscapedRun[] = [];
  const units = new Uint16Array(text.length);
  let length = 0;
  let escapes = 0;
  let start = 0;
  let end = 0;
  const copy = (to: number): void => {
    for (; end < to; end++) units[length++] = text.charCodeAt(end);
  };
  const close = (next: number): void => {
    if (escapes >= MIN_ESCAPES) {
      copy(Math.min(next, end + MAX_BETWEEN));
      runs.push({ text: textOf(units, 0, length), start, end });
    }
    length = 0;
    escapes = 0;
  };
  for (let at = text.indexOf(sign); at >= 0; ) {
    const found = read(text, at);
    if (found === 0) {
      at = text.indexOf(sign, at + 1);
      continue;
    }
    if (escapes > 0 && at - end > MAX_BETWEEN) close(at);
    if (escapes === 0) {
      start = at;
      end = at;
    }
    copy(at);
    const point = Math.floor(found / SIZES);
    if (point > 0xffff) units[length++] = 0xd7c0 + (point >> 10);
    if (point > 0) units[length++] = point > 0xffff ? 0xdc00 | (point & 0x3ff) : point;
    escapes += 1;
    end = at + (found % SIZES);
    at = text.indexOf(sign, end);
  }
  close(text.length);
  return runs;
};

/** HTML and XML character references. */
export const entityRuns = (text: string): readonly EscapedRun[] => runsOf(text, '&', readEntity);
/** Escapes of source code: `\u0049`, `\u{49}`, `\x49`, `\111`. */
export const backslashRuns = (text: string): readonly EscapedRun[] => runsOf(text, '\\', readBackslash);
