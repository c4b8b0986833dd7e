/** What stands before a value: words that make it likely, and the name that it is assigned to. */

import { CONTEXT } from './types.ts';

/** The word of a name, accents of Western Europe included: `contraseña`. */
const WORD = String.raw`[\w.$\u00c0-\u024f-]`;

/** `=`, `:`, `=>`, … `>` of an element, the comma of `setProperty("NAME", "…")`, the verb of `the password is …`. */
const OPERATOR = String.raw`(?:=>|->|<-|:{0,3}=|[.?+|]=|:{1,3}|\|\||>|['"\x60],|\s(?:is|are|was|be|to|ist|lautet|est|es)\s)`;

/** `Authorization: Bearer …` */
const SCHEME = `(?:[Bb]asic|[Bb]earer|BEARER|[Tt]oken|[Dd]igest|[Aa]pi-?[Kk]ey|SSWS|Splunk|PRIVATE)`;

/**
 * Names of at most four words, and what stands between them and their value: `adobe_token: "…`. Without an operator,
 * options of commands count (`--api-key …`), and the schemes of HTTP.
 */
const ASSIGNMENT = new RegExp(
  String.raw`(?<=(?<name>${WORD}{1,60}(?:[ \t]${WORD}{1,24}){0,3})[\s'"\x60\\\])]{0,4}${OPERATOR}[\s'"\x60\\=([{]{0,24}(?:${SCHEME}[ \t]{1,3}['"\x60{]{0,2})?` +
    String.raw`|(?<![\w-])(?<option>--?[A-Za-z][\w-]{0,40})[ \t]{1,3}['"\x60]?` +
    String.raw`|(?<![\w-])(?<scheme>[Bb]asic|[Bb]earer|BEARER)[ \t]{1,3}['"\x60]?)`,
  'y',
);

/** `name: API_KEY`, then `value: …`; `<add key="Password" value="…"`; `{ key: 'token', value: '…' }`. */
const PAIR =
  /(?<=(?:[Nn]ame|[Kk]ey)["'\\]{0,2}\s{0,2}[:=]\s{0,2}["'\\]{0,2}(?<name>[\w.$-]{1,60})["'\\]{0,2}[\s,;]{1,24}["'\\]{0,2}[Vv]alue["'\\]{0,2}\s{0,2}[:=]\s{0,2}["'`\\]{0,2})/y;

const HUMP = /([a-z\d])([A-Z])/g; // adobe|Token
const SEPARATORS = /[^a-z\d]+/g;
const MARKS = /[\u0300-\u036f]+/g;

const OPTION = /(?:^|\s)(--?[\w-]{1,40})$/; // curl --user

/** The words of a name, each with a space before it: ` adobe token`. An option of a command is one more word: ` --user`. */
const wordsOfName = (name: string): string => {
  const option = OPTION.exec(name)?.[1];
  const plain = name.replaceAll(HUMP, '$1 $2').normalize('NFD').replaceAll(MARKS, '').toLowerCase();
  return ` ${plain.replaceAll(SEPARATORS, ' ').trim()}${option === undefined ? '' : ` ${option}`}`;
};

/** Shorter keywords must begin a word: `lob` is none in `global`. */
const FREE_LENGTH = 5;

const holds = (words: string, joined: string, keyword: string): boolean =>
  keyword.length < FREE_LENGTH ? words.includes(` ${keyword}`) : joined.includes(keyword);

const holdsWord = (words: string, word: string): boolean => `${words} `.includes(` ${word}`);

const lookBehind = (pattern: RegExp, before: string): string | undefined => {
  pattern.lastIndex = before.length;
  const groups = pattern.exec(before)?.groups;
  return groups?.['name'] ?? groups?.['option'] ?? groups?.['scheme'];
};

const VALUE = ' value'; // says nothing of its own

/** The words of the name that a value at `index` is assigned to, or undefined where it is assigned to none. */
export const assignedName = (text: string, index: number): string | undefined => {
  const before = text.slice(Math.max(0, index - CONTEXT), index);
  const name = lookBehind(ASSIGNMENT, before);
  if (name === undefined) return undefined;
  const words = wordsOfName(name);
  return words.endsWith(VALUE) ? wordsOfName(lookBehind(PAIR, before) ?? name) : words;
};

const isExcluded = (words: string, keyword: string): boolean =>
  keyword.startsWith('!') && holdsWord(words, `${keyword.slice(1)} `);

/**
 * Whether a name holds one of `keywords`: all words of it that spaces part. `pass ` with a space after it is the whole
 * word only; a name that holds the word `!url` is none, whatever else it holds.
 */
export const namesOneOf = (words: string, keywords: readonly string[]): boolean => {
  const joined = words.replaceAll(' ', '');
  const isNamed = (keyword: string): boolean =>
    keyword.endsWith(' ') ? holdsWord(words, keyword) : keyword.split(' ').every((part) => holds(words, joined, part));
  return keywords.some(isNamed) && !keywords.some((keyword) => isExcluded(words, keyword));
};

/** Whether one of `context` stands before `index`, at the beginning of a word. */
export const isInContext = (text: string, index: number, context: readonly string[]): boolean => {
  const before = ` ${text
    .slice(Math.max(0, index - CONTEXT), index)
    .replaceAll(HUMP, '$1 $2')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')}`;
  return context.some((word) => before.includes(` ${word}`));
};
