/** Words of a label, as markers are written: lower case, without hyphens and apostrophes, `&` read out. */

/** Most words that a label can have. */
export const MAX_WORDS = 12;

/** A word as it stands and as it is compared. */
export interface LabelWord {
  readonly word: string;
  readonly written: string;
}

const APART = /[\s\-‐‑–_/,’'"“”:]+/;

/** The words of a segment; `undefined` where it has more than a label can have. */
export const wordsOf = (segment: string): readonly LabelWord[] | undefined => {
  if (segment.length > 100) return undefined;
  const written = segment.replaceAll('&', ' and ').replaceAll('+', ' and ').split(APART).filter(Boolean);
  if (written.length > MAX_WORDS) return undefined;
  return written.map((each) => ({ written: each, word: each.toLowerCase().normalize('NFC') }));
};

/** A phrase as words are compared. */
export const phraseKey = (phrase: string): string => (wordsOf(phrase) ?? []).map(({ word }) => word).join(' ');

/** Whether a word begins like a name, or a heading: with a capital, or with a letter of a writing that has none. */
export const isCapitalised = (written: string): boolean => /^[\p{Lu}\p{Lt}\p{Lo}]/u.test(written);

/** Whether a word is all in capitals. */
export const isUpperCase = (written: string): boolean =>
  written.length > 1 && written.toUpperCase() === written && written.toLowerCase() !== written;
