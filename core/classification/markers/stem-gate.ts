/** Where a marker can be at all: most texts have no word that one begins with, and are not looked at any closer. */

/** Letters of a word that are compared: endings differ. */
const STEM = 6;

/** Places of three characters, by their lower bits: case makes no difference to those of most letters. */
const TRIPLES = 1 << 15;

const tripleAt = (first: number, second: number, third: number): number =>
  ((first & 31) << 10) | ((second & 31) << 5) | (third & 31);

/** The places that a stem begins at; one of two characters, whatever follows it. */
const triplesOf = (stem: string): readonly number[] => {
  const [first, second] = [stem.charCodeAt(0), stem.charCodeAt(1)];
  if (stem.length > 2) return [tripleAt(first, second, stem.charCodeAt(2))];
  return Array.from({ length: 32 }, (_, third) => tripleAt(first, second, third));
};

const isAsciiLetter = (code: number): boolean => (code >= 97 && code <= 122) || (code >= 65 && code <= 90);

/** A word by which a phrase is found: the longest that is not among `common`, where there is one. */
const stemOf = (phrase: string, common: ReadonlySet<string>): string => {
  const words = phrase.toLowerCase().split(/[\s\-:]+/);
  const rare = words.filter((word) => !common.has(word) && word.length > 2);
  const [longest = ''] = (rare.length > 0 ? rare : words).toSorted((a, b) => b.length - a.length);
  return longest.slice(0, STEM);
};

/** Finds the next place, from `from` on, where one of the phrases can be near; -1 where there is none. */
export type StemGate = (text: string, from: number) => number;

/** A gate for phrases of at least two characters. */
export const createStemGate = (phrases: Iterable<string>, common: ReadonlySet<string>): StemGate => {
  const stems = new Map<number, string[]>();
  const known = new Uint8Array(TRIPLES);
  for (const stem of new Set([...phrases].map((phrase) => stemOf(phrase, common))))
    for (const triple of new Set([stem, stem.toUpperCase()].flatMap(triplesOf))) {
      known[triple] = 1;
      stems.set(triple, [...(stems.get(triple) ?? []), stem]);
    }
  return (text, from) => {
    let inWord = false;
    for (let at = from; at + 1 < text.length; at++) {
      const code = text.charCodeAt(at);
      if (!inWord) {
        const triple = tripleAt(code, text.charCodeAt(at + 1), at + 2 < text.length ? text.charCodeAt(at + 2) : 0);
        if (known[triple] === 1) {
          const word = text.slice(at, at + STEM).toLowerCase();
          if (stems.get(triple)?.some((stem) => word.startsWith(stem)) === true) return at;
        }
      }
      inWord = isAsciiLetter(code);
    }
    return -1;
  };
};
