/** Context words of scripts that write vowels as marks. */

const MARKS = /\p{M}+/gu;

/**
 * Words as they are and with a space for each mark: before context words are looked up, all but letters and digits becomes
 * a space, and the vowels of Thai and Devanagari are marks.
 */
export const withMarksApart = (words: readonly string[]): readonly string[] => [
  ...words,
  ...words.map((word) => word.replaceAll(MARKS, ' ').trim()),
];
