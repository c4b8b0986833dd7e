/** Keywords in the names that values are assigned to. */

/** Shorter keywords must begin a word: `lob` is none in `global`. */
const FREE_LENGTH = 5;

const NOTHING = '(?!)';
const WORD_END = '(?=[ \n])';

const quote = (text: string): string => text.replaceAll(/[^\w -]/g, '\\$&');
const anyOf = (sources: readonly string[]): RegExp => new RegExp(sources.join('|') || NOTHING);

const sourceOf = (keyword: string): string => {
  if (keyword.endsWith(' ')) return ` ${quote(keyword.trim())}${WORD_END}`;
  const begun = (part: string): string => `${part.length < FREE_LENGTH ? ' ' : ''}${quote(part)}`;
  const parts = keyword.split(' ').map(begun);
  return parts.length === 1 ? parts.join('') : `^${parts.map((part) => `(?=[\\s\\S]{0,400}${part})`).join('')}`;
};

interface Names {
  readonly held: RegExp;
  readonly excluded: RegExp;
}

const known = new WeakMap<readonly string[], Names>();

const namesOf = (keywords: readonly string[]): Names => {
  const old = known.get(keywords);
  if (old !== undefined) return old;
  const excluded = keywords.filter((keyword) => keyword.startsWith('!'));
  const names = {
    held: anyOf(keywords.filter((keyword) => !keyword.startsWith('!')).map(sourceOf)),
    excluded: anyOf(excluded.map((keyword) => ` ${quote(keyword.slice(1))}${WORD_END}`)),
  };
  known.set(keywords, names);
  return names;
};

/**
 * Whether a name holds one of `keywords`: all words of it that spaces part. `pass ` with a space after it is the whole
 * word only; a name that holds the word `!url` is none, whatever else it holds.
 */
export const namesOneOf = (words: string, keywords: readonly string[]): boolean => {
  const { held, excluded } = namesOf(keywords);
  return held.test(words) && !excluded.test(words);
};
