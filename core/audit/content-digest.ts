/** Digests of content: whether a text is the one that was sent can be shown later, by whoever has the key. */

import type { Mac } from '../mac.ts';

/** One text. */
export interface DigestedText {
  /** Keyed digest, behind the version of the key: `v1.…`. */
  readonly digest: string;
  /** Length in UTF-16 units. */
  readonly units: number;
}

/** The texts of a request, in order. */
export interface ContentDigests {
  readonly mode: 'digest';
  /** What the caller sent. */
  readonly in: readonly DigestedText[];
  /** What left. */
  readonly out: readonly DigestedText[];
  /** Texts of either direction beyond the first {@link MAX_DIGESTS}, or of a body that was too large to be read. */
  readonly left: number;
}

/** Most texts of one direction that are digested. */
export const MAX_DIGESTS = 64;

/** What digests texts: a function that only whoever has the key can make. */
export interface ContentDigester {
  /** Version of the key. */
  readonly version: string;
  /** Under a key of its own, derived from the digest key. */
  readonly mac: Mac;
}

/** Half a surrogate pair has no bytes in UTF-8: as JSON writes it, texts that differ in it alone stay apart. */
const wellFormed = (text: string): string => (text.isWellFormed() ? text : `\u0000${JSON.stringify(text)}`);

/** The digest of one text. */
export const digestText = ({ version, mac }: ContentDigester, text: string): string =>
  `${version}.${mac(wellFormed(text))}`;

/** Digests of the texts of a request; of a direction that could not be read, `undefined` counts as one text left out. */
export const digestContent = (
  digester: ContentDigester,
  sent: readonly string[] | undefined,
  left: readonly string[] | undefined,
): ContentDigests => {
  const digests = (texts: readonly string[] = []): readonly DigestedText[] =>
    texts.slice(0, MAX_DIGESTS).map((text) => ({ digest: digestText(digester, text), units: text.length }));
  const beyond = (texts: readonly string[] | undefined): number =>
    texts === undefined ? 1 : Math.max(0, texts.length - MAX_DIGESTS);
  return { mode: 'digest', in: digests(sent), out: digests(left), left: beyond(sent) + beyond(left) };
};
