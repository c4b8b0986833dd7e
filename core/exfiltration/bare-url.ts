/** Addresses in the running text: `https://…`, `<https://…>`, `www.…`. */

import { isPlaceholderAt, LINK_REMOVED, REMOVED } from './brackets.ts';
import { isBlank, UNSETTLED } from './destination.ts';
import { type Reader, type Step, snapshotOf } from './reader.ts';
import { targetOf } from './target.ts';
import { LINK_HOLD } from './types.ts';
import { verdictOf } from './verdict.ts';

const STARTS = ['https://', 'http://', 'ftp://', 'wss://', 'ws://', 'www.'] as const;
const MAX_START = 8;
const SCHEMES = STARTS.filter((start) => start.endsWith('://')).map((start) => start.slice(0, -3));
const WWW = 'www';
const LESS = 0x3c;
const GREATER = 0x3e;
const SLASH = 0x2f;
const BACKTICK = 0x60;
const QUOTES = '"\'';
/** What may stand behind a quote that ends an address: `"https://example.com",`. */
const AFTER_QUOTE = /[\s,;:.)\]}>+]/;
const TRAILING = '?!.,:;*_~\'")]}';
const IDEOGRAPHIC_SIGNS = /[\u3001-\u3003\u3008-\u3011\uff01\uff08\uff09\uff0c\uff1b]/;

/** The index from which a text's end may be the beginning of an address, or of `![`. */
export const tailStart = (text: string, from: number): number => {
  const last = text.length - 1;
  if (last < from) return text.length;
  if (text[last] === '!') return last;
  if (!'htpsfw:/.'.includes(text.charAt(last).toLowerCase())) return text.length;
  const tail = text.slice(Math.max(from, text.length - MAX_START)).toLowerCase();
  for (let at = 0; at < tail.length; at++) {
    const begun = tail.slice(at);
    if (!STARTS.some((start) => start.startsWith(begun))) continue;
    const index = text.length - begun.length;
    return index > from && text.charCodeAt(index - 1) === LESS ? index - 1 : index;
  }
  return text.length;
};

const isAlphanumeric = (sign: string | undefined): boolean => sign !== undefined && /[A-Za-z0-9]/.test(sign);

/** Where the address begins whose `:` or `.` is at `at`; -1 when none does. */
const startOf = (text: string, at: number): number => {
  if (text[at] === '.') {
    if ((text.charCodeAt(at - 1) | 0x20) !== 0x77) return -1;
    const start = at - WWW.length;
    return start >= 0 && text.slice(start, at).toLowerCase() === WWW && !isAlphanumeric(text[start - 1]) ? start : -1;
  }
  const word = text.slice(Math.max(0, at - MAX_START), at).toLowerCase();
  const scheme = SCHEMES.find((each) => word.endsWith(each));
  return scheme === undefined ? -1 : at - scheme.length;
};

/** Where an address ends; more units than `limit` allows are an end, too. */
const endOf = (text: string, from: number, limit: number, final: boolean): number | typeof UNSETTLED => {
  let depth = 0;
  for (let at = from; at < limit; at++) {
    const unit = text.charCodeAt(at);
    if (isBlank(unit) || unit === LESS || unit === GREATER || unit === BACKTICK) return at;
    const sign = text.charAt(at);
    if (unit >= 0x3000 && IDEOGRAPHIC_SIGNS.test(sign)) return at;
    if (sign === '[') {
      const stands = isPlaceholderAt(text, at, final);
      if (stands === undefined) return UNSETTLED;
      if (stands) return at;
    }
    if (sign === '(') depth += 1;
    if (sign === ')' && depth-- === 0) return at;
    if (sign === ']' || QUOTES.includes(sign)) {
      if (at + 1 >= text.length) {
        if (final) return at;
        return UNSETTLED;
      }
      if (sign === ']' ? '([:'.includes(text.charAt(at + 1)) : AFTER_QUOTE.test(text.charAt(at + 1))) return at;
    }
  }
  return limit < text.length || final ? limit : UNSETTLED;
};

/** An address whose `://` or `www.` stands at the place of reading. */
export const readBareUrl = (reader: Reader): Step => {
  const { text, next, origin, final, policy } = reader;
  if (text[next] === ':' && next + 1 < text.length && text.charCodeAt(next + 1) !== SLASH) return undefined;
  const start = startOf(text, next);
  if (start < 0 || start + origin < reader.covered) return undefined;
  const from = start > 0 && text.charCodeAt(start - 1) === LESS ? start - 1 : start;
  reader.needed = from;
  const isWww = text[next] === '.';
  if (!isWww) {
    if (next + 2 >= text.length && !final) return UNSETTLED;
    if (text.charCodeAt(next + 1) !== SLASH || text.charCodeAt(next + 2) !== SLASH) return undefined;
  }
  const limit = Math.min(text.length, start + LINK_HOLD);
  const found = endOf(text, next + 1, limit, final);
  if (found === UNSETTLED) return UNSETTLED;
  const overflow = found === limit && limit < text.length;
  let end = found;
  while (!overflow && end > next && TRAILING.includes(text.charAt(end - 1))) end -= 1;
  const raw = text.slice(start, end);
  const target = targetOf(reader.targets, isWww ? `https://${raw}` : raw);
  const verdict = verdictOf(policy, 'bare-url', overflow ? { ...target, data: true } : target);
  reader.covered = end + origin;
  if (verdict === undefined) return undefined;
  const angles = from < start && text.charCodeAt(end) === GREATER;
  // Digits before it may be a number that is private as soon as no letter follows: the scheme stays then.
  const isGlued = start > 0 && isAlphanumeric(text[start - 1]);
  return {
    ...verdict,
    from: angles ? from : isGlued ? next : start,
    to: angles ? end + 1 : end,
    instead: verdict.action === 'defang' ? LINK_REMOVED : REMOVED,
    before: snapshotOf(reader),
    openers: reader.openers,
    swallow: overflow ? 'url' : undefined,
  };
};
