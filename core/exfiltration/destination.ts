/** The address of a link: what stands after `](` and `]:`, read leniently, since renderers do not agree on it. */

import { LINK_HOLD } from './types.ts';

/** More text is needed to tell. */
export const UNSETTLED: unique symbol = Symbol('unsettled');

/** An address in a text, by index. */
export interface Destination {
  readonly raw: string;
  readonly end: number;
  /** Behind the closing bracket of the whole, or `end` where it is not closed. */
  readonly close: number;
  /** It stands in `<` and `>`. */
  readonly angle: boolean;
  /** It ends where another link may begin, and some renderer reads on. */
  readonly cut: boolean;
  /** It goes on for longer than is waited for: up to a blank, or for `<` up to `>`. */
  readonly overflow: 'blank' | 'angle' | undefined;
}

/** Whether a UTF-16 unit is white space or a control. */
export const isBlank = (unit: number): boolean =>
  unit <= 0x20 || unit === 0xa0 || (unit >= 0x2000 && unit <= 0x200a) || unit === 0x2028 || unit === 0x3000;

const OPEN = 0x28;
const CLOSE = 0x29;
const LESS = 0x3c;
const GREATER = 0x3e;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACKET = 0x5b;
const COLON = 0x3a;
const NEWLINE = 0x0a;

/** A `]` that is followed by `(`, `[` or `:`; undefined when that cannot be told yet. */
const isSeam = (text: string, at: number, final: boolean): boolean | undefined => {
  if (text.charCodeAt(at) !== CLOSE_BRACKET) return false;
  if (at + 1 >= text.length) return final ? false : undefined;
  const unit = text.charCodeAt(at + 1);
  return unit === OPEN || unit === OPEN_BRACKET || unit === COLON;
};

/** Behind white space from `at`, at most to `limit`. */
const skipBlanks = (text: string, at: number, limit: number): number => {
  let index = at;
  while (index < limit && isBlank(text.charCodeAt(index))) index += 1;
  return index;
};

/** Behind a title and the closing bracket; `end` where there is none. */
const closeAfter = (text: string, end: number, limit: number, final: boolean): number | typeof UNSETTLED => {
  let at = skipBlanks(text, end, limit);
  const open = text[at];
  if (at > end && (open === '"' || open === "'" || open === '(')) {
    const close = open === '(' ? ')' : open;
    at += 1;
    while (at < limit && text[at] !== close && !(open === '(' && text[at] === '(')) {
      at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
    }
    at = skipBlanks(text, at + 1, limit);
  }
  if (at >= limit) return limit < text.length || final ? end : UNSETTLED;
  return text.charCodeAt(at) === CLOSE ? at + 1 : end;
};

/** The address from `from`, within brackets or, for a definition, without. */
export const destinationAt = (
  text: string,
  from: number,
  final: boolean,
  inBrackets: boolean,
): Destination | typeof UNSETTLED => {
  const limit = Math.min(text.length, from + LINK_HOLD);
  const isLong = from + LINK_HOLD < text.length;
  const start = skipBlanks(text, from, limit);
  if (start >= limit && !isLong && !final) return UNSETTLED;
  if (start >= limit)
    return { raw: '', end: start, close: start, angle: false, cut: false, overflow: isLong ? 'blank' : undefined };
  const angle = text.charCodeAt(start) === LESS;
  let at = angle ? start + 1 : start;
  let depth = 0;
  let cut = false;
  for (; at < limit; at++) {
    const unit = text.charCodeAt(at);
    if (angle ? unit === GREATER || unit === NEWLINE : isBlank(unit)) break;
    const seam = isSeam(text, at, final);
    if (seam === undefined) return UNSETTLED;
    if (seam) {
      cut = true;
      break;
    }
    if (!inBrackets || angle) continue;
    if (unit === BACKSLASH) at += 1;
    else if (unit === OPEN) depth += 1;
    else if (unit === CLOSE && depth-- === 0) break;
  }
  at = Math.min(at, limit);
  if (at >= limit && !cut) {
    if (isLong)
      return { raw: text.slice(start, at), end: at, close: at, angle, cut: true, overflow: angle ? 'angle' : 'blank' };
    if (!final) return UNSETTLED;
  }
  const raw = text.slice(angle ? start + 1 : start, at);
  const end = angle && text.charCodeAt(at) === GREATER ? at + 1 : at;
  if (cut || !inBrackets) return { raw, end, close: end, angle, cut, overflow: undefined };
  const close = closeAfter(text, end, limit, final);
  return close === UNSETTLED ? UNSETTLED : { raw, end, close, angle, cut, overflow: undefined };
};
