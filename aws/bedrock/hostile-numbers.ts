/**
 * Numbers that are a trap for whoever reads them: what is no float the SDK reads digit by digit, `1e400000000` into a
 * whole number of so many digits and `1e-99999` in the square of its places, which takes minutes. A model can be talked
 * into writing one as the argument of a tool.
 */

import { BulwarkError } from '../../core/errors.ts';

/** What may be long in a text: `1e40`, 31 digits in a row. */
const SUSPICIOUS = /[eE][+-]?\d{2}|\d{31}/;

/** JSON less its strings, one of which may be without an end. Each character is looked at once. */
const outsideStrings = (text: string): string => {
  let outside = '';
  let at = 0;
  while (at < text.length) {
    const start = text.indexOf('"', at);
    if (start < 0) return outside + text.slice(at);
    outside += text.slice(at, start);
    let end = start + 1;
    while (end < text.length && text[end] !== '"') end += text[end] === '\\' ? 2 : 1;
    at = end + 1;
  }
  return outside;
};

/** A number of JSON, its exponent apart: `-1.5e-9` */
const NUMBER = /(\d[\d.]*)(?:[eE][+-]?(\d+))?/g;

/** Digits of a number that a float has at most, and of its exponent's value: beyond them it is none. */
const MOST_PLACES = 400;

/** Places of all long numbers of a reply together. A float of full precision has 17. */
const MOST_PLACES_IN_ALL = 20_000;
const LONG = 30;

/**
 * Lets bytes of JSON pass that are read in a time in proportion to their number.
 *
 * @throws BulwarkError `output_blocked`, reason `number`.
 */
export const assertReadable = (bytes: Uint8Array): void => {
  // Each byte as one character: what is looked for is ASCII, and no byte of another character is.
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  if (!SUSPICIOUS.test(text)) return;
  let inAll = 0;
  for (const [, digits = '', exponent = ''] of outsideStrings(text).matchAll(NUMBER)) {
    const places = Math.max(digits.length, exponent.length > 4 ? Number.POSITIVE_INFINITY : Number(exponent));
    if (places > LONG) inAll += places;
    if (places > MOST_PLACES || inAll > MOST_PLACES_IN_ALL)
      throw new BulwarkError('output_blocked', { reason: 'number' });
  }
};
