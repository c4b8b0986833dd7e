/** What stands for a private value in what a model reads: `EMAIL_ADDRESS_` and ten letters that only the key gives. */

import type { Mac } from '../mac.ts';
import type { MarkerTime } from '../markers.ts';

/**
 * Sixteen consonants, four bits each. Without vowels no words form; without `s` a plural is told from the stand-in;
 * without `l`, `x`, `y` and `z` nothing is mistaken for another letter or for a sign of algebra.
 */
const LETTERS = 'bcdfghjkmnpqrtvw';
const LETTER_UNITS = new Set(Array.from(LETTERS, (letter) => letter.charCodeAt(0)));

/** Letters of a code: 40 bits of the digest. */
export const CODE_LENGTH = 10;

/** The digits of base64url (RFC 4648). */
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** The end of a stand-in in whatever text and case, its underscore escaped as markdown does it: `_kwmrvtbqdf`, `\_KWMRVTBQDF` */
const CODE = /\\?_([bcdfghjkmnpqrtvw]{10})/gi;

/** A code in a text. */
export interface CodeAt {
  /** Lower case. */
  readonly code: string;
  /** Where the underscore before it begins, and where it ends. */
  readonly start: number;
  readonly end: number;
}

/** The codes in a text, in order. No two of them overlap, since no letter is an underscore. */
export const codesIn = (text: string): readonly CodeAt[] =>
  text.includes('_')
    ? Array.from(text.matchAll(CODE), ({ 0: whole, 1: code = '', index }) => ({
        code: code.toLowerCase(),
        start: index,
        end: index + whole.length,
      }))
    : [];

/** Whether a unit may belong to a code. */
export const isLetter = (unit: number): boolean => unit < 0x80 && LETTER_UNITS.has(unit | 0x20);

/** The name of an entity as stand-ins write it: letters, digits and underscores, whatever a custom detector is called. */
export const headOf = (entity: string): string => entity.replaceAll(/[^A-Za-z0-9]+/g, '_').toUpperCase();

/**
 * The codes that a value may get, the first one first: the same for a tenant through an epoch. The others are for the case
 * that the first one is taken.
 */
export const codesOf = (
  mac: Mac,
  { tenant, epoch }: MarkerTime,
  { entity, value }: { readonly entity: string; readonly value: string },
): readonly string[] => {
  const digest = mac(`bulwark-pseudonym\n${JSON.stringify([epoch, tenant ?? null, entity, value])}`);
  const letters = Array.from(digest, (digit) => LETTERS[DIGITS.indexOf(digit) & 15] ?? '').join('');
  const count = Math.max(0, letters.length - CODE_LENGTH);
  return Array.from({ length: count }, (_, index) => letters.slice(index, index + CODE_LENGTH));
};
