/**
 * Marks that stand in prompts: words and characters that only whoever has the key can make. They are the same for a
 * tenant through an epoch, not new with each request, so that the prefix of a prompt that a model caches stays as it is.
 */

import type { Mac } from './mac.ts';

/** Whose marks, and when. */
export interface MarkerTime {
  /** Tenants have marks of their own; callers without a tenant share theirs. */
  readonly tenant?: string | undefined;
  /** Number of the epoch: see {@link epochAt}. */
  readonly epoch: number;
}

/** How long marks stay the same, in hours, where nothing else is said. */
export const MARKER_EPOCH_HOURS = 24;

const HOUR_MS = 3_600_000;

/** The epoch of a moment, in milliseconds since the Unix epoch. */
export const epochAt = (at: number, hours: number): number => Math.floor(at / (hours * HOUR_MS));

/** Six bits a character: the digits of base64url (RFC 4648). */
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

const sextetsOf = (mac: Mac, use: string, { tenant, epoch }: MarkerTime): readonly number[] =>
  Array.from(mac(`bulwark-marker\n${JSON.stringify([use, epoch, tenant ?? null])}`), (digit) => DIGITS.indexOf(digit));

const CONSONANTS = 'bdfghjklmnprstvz';
const VOWELS = 'aiou';
const SYLLABLES = 8;

/** A word of 16 letters, 48 bits of the digest, that can be said, and copied without a slip: `mofikarudusobano`. */
export const markerWord = (mac: Mac, use: string, time: MarkerTime): string =>
  sextetsOf(mac, use, time)
    .slice(0, SYLLABLES)
    .map((bits) => `${CONSONANTS[bits >> 2] ?? ''}${VOWELS[bits & 3] ?? ''}`)
    .join('');

/** First character of Unicode's private use area: no text has them by right. */
const PRIVATE_USE = 0xe000;

/** One of 4096 characters of the private use area, three bytes in UTF-8. */
export const markerCharacter = (mac: Mac, use: string, time: MarkerTime): string => {
  const [high = 0, low = 0] = sextetsOf(mac, use, time);
  return String.fromCharCode(PRIVATE_USE + high * 64 + low);
};
