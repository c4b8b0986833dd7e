/** Texts that pass whatever is found in them, known by their digests: the list itself tells nobody what they say. */

import { callable } from '../options.ts';
import type { AllowedText, Channel } from './types.ts';

/** SHA-256 of the UTF-8 bytes of a text, in lower-case hex. */
export type Digest = (text: string) => string;

/** Source: FIPS 180-4, the example of "abc". */
const DIGEST_OF_ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

const HEX = /^[0-9a-f]{64}$/i;

/** Checks that a function is the digest it should be. @throws TypeError */
export const checkDigest = (owner: string, digest: unknown): void => {
  if (callable(digest) !== undefined || (digest as Digest)('abc') !== DIGEST_OF_ABC)
    throw new TypeError(`${owner}: digest must be a function that gives SHA-256 in lower-case hex`);
};

const CHANNELS: readonly (Channel | undefined)[] = ['user', 'data', undefined];

/** Checks the form of an allow-list. @throws TypeError that names the place in the list, not what stands there. */
export const checkAllowList = (owner: string, allow: readonly (string | AllowedText)[]): void => {
  if (!Array.isArray(allow)) throw new TypeError(`${owner}: allow must be an array`);
  for (const [index, entry] of allow.entries()) {
    const { sha256, channel, ...more } = typeof entry === 'string' ? { sha256: entry } : (entry ?? {});
    if (typeof sha256 !== 'string' || !HEX.test(sha256))
      throw new TypeError(`${owner}: allow[${index}] must be a SHA-256 of 64 hex digits`);
    if (!CHANNELS.includes(channel)) throw new TypeError(`${owner}: allow[${index}]: channel must be user or data`);
    for (const name of Object.keys(more)) throw new TypeError(`${owner}: allow[${index}]: unknown option ${name}`);
  }
};

/** Whether a text is on the list, for a channel. */
export type AllowList = (text: string, channel: Channel) => boolean;

/**
 * Makes a list of what was checked.
 *
 * A text with half a surrogate pair is on no list: as UTF-8 it has the digest of another.
 */
export const createAllowList = (allow: readonly (string | AllowedText)[], digest: Digest | undefined): AllowList => {
  const digests: Record<Channel, Set<string>> = { user: new Set(), data: new Set() };
  for (const entry of allow) {
    const { sha256, channel } = typeof entry === 'string' ? { sha256: entry, channel: undefined } : entry;
    for (const on of ['user', 'data'] as const)
      if (channel === undefined || channel === on) digests[on].add(sha256.toLowerCase());
  }
  return (text, channel) =>
    digest !== undefined && digests[channel].size > 0 && text.isWellFormed() && digests[channel].has(digest(text));
};
