/**
 * Rolling hashes over letters. Letters a to z count by their distance to the one before, be it up or down: a text shifted
 * in the alphabet (rot13 and the 24 others) or mirrored in it has the hashes of the text itself. Source: Karp and Rabin,
 * "Efficient randomized pattern-matching algorithms", 1987.
 */

import { LATIN } from './letter-reader.ts';

/** Letters of the beginning of a gram. */
export const START = 6;
/** Letters of a gram: two or three words of English. */
export const GRAM: number = 2 * START;

const BASE = 0x01_00_01_93;

const power = (exponent: number): number => {
  let product = 1;
  for (let step = 0; step < exponent; step++) product = Math.imul(product, BASE);
  return product;
};
const OLDEST = power(START);

const spread = (value: number): number => {
  const mixed = Math.imul(value + 1, 0x9e37_79b1);
  return Math.imul(mixed ^ (mixed >>> 15), 0x85eb_ca6b);
};
/** By distance in the alphabet and {@link LATIN}: the same up and down, and the other way round. */
const DISTANCES = Int32Array.from({ length: 2 * LATIN }, (_, index) => {
  const distance = Math.abs(index - LATIN);
  return spread(Math.min(distance, LATIN - distance));
});

/** What a letter adds to a hash, after the letter of a to z that was `latin`. */
export const letterValue = (letter: number, latin: number): number =>
  letter < LATIN ? (DISTANCES[letter - latin + LATIN] as number) : spread(letter);

/** The hash of the last {@link START} letters, from that before, the value of the new one and of the one that leaves. */
export const startOf = (before: number, value: number, leaving: number): number =>
  (Math.imul(before, BASE) + value - Math.imul(leaving, OLDEST)) | 0;

/** The hash of the last {@link GRAM} letters, from those of its halves. */
export const gramOf = (first: number, second: number): number => (Math.imul(first, OLDEST) + second) | 0;
