/** Keys that stand in public documentation for anybody to copy: samples, not secrets. */

import { entropyOf } from '../../checks/entropy.ts';

/** Digests of Google's and Firebase's sample keys: a digest, since this repository holds no token-shaped text. */
const SAMPLES: ReadonlySet<number> = new Set([
  0x739ddd87, 0xf0951274, 0x0af7ca9d, 0x4e1351cb, 0xb8782c2e, 0x965bd60a, 0x1845a427, 0x00d9b068, 0xaf8fab00,
  0x722ef8d0, 0xc8a510e9, 0x1751c16c, 0xf50c0e72, 0x6a41f911, 0x8ee1d847, 0xb1887211,
]);

const AWS_SAMPLE = /EXAMPLE$/; // the access key ids of AWS's own documentation end with it

/** FNV-1a, 32 bits (RFC draft-eastlake-fnv). */
const digestOf = (text: string): number => {
  let digest = 0x811c9dc5;
  for (let index = 0; index < text.length; index++)
    digest = Math.imul(digest ^ text.charCodeAt(index), 0x01000193) >>> 0;
  return digest;
};

/** A measure: all of a match with at least so many bits a character that is no public sample. */
export const unpublished =
  (bits: number) =>
  (match: string): number =>
    entropyOf(match) < bits || AWS_SAMPLE.test(match) || SAMPLES.has(digestOf(match)) ? 0 : match.length;
