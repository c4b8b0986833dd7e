/**
 * Numbers that are a trap for whoever reads them: the SDK makes `1e400000000` of a reply a whole number, digit by digit,
 * which takes minutes and gigabytes. A model can be talked into writing one as the argument of a tool.
 */

import { BulwarkError } from '../../core/errors.ts';

/** `1e4000`, in a number or in a text. No float has an exponent of four digits. */
const LARGE_EXPONENT = /\d[eE]\+?0*[1-9]\d{3}/;

/** A string of JSON: `"a \"b\""` */
const STRING = /"[^"\\]*(?:\\.[^"\\]*)*"/g;

/** More digits than this of one number are read one by one, too: `10000…` */
const MANY_DIGITS = /\d{2000}/;

/**
 * Lets bytes of JSON pass that are read in a time in proportion to their number.
 *
 * @throws BulwarkError `output_blocked`, reason `number`.
 */
export const assertReadable = (bytes: Uint8Array): void => {
  // Each byte as one character: what is looked for is ASCII, and no byte of another character is.
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  if (!LARGE_EXPONENT.test(text) && !MANY_DIGITS.test(text)) return;
  const numbers = text.replace(STRING, '');
  if (LARGE_EXPONENT.test(numbers) || MANY_DIGITS.test(numbers))
    throw new BulwarkError('output_blocked', { reason: 'number' });
};
