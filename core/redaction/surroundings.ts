/** What stands before a value: words that make it likely, and the name that it is assigned to. */

import { CONTEXT } from './types.ts';

/** Longest name with what stands between it and its value. */
const ASSIGNMENT =
  /(?<=(?<name>[\w.$-]{1,60}(?:[ \t][\w.$-]{1,24}){0,3}?)[\s'"`\\\])]{0,4}(?:=>|->|<-|:{0,3}=|[.?+|]=|:{1,3}|\|\||>|,|\s(?:is|are|was|ist|lautet|est|es)\s)[\s'"`\\=([{]{0,5})/y; // adobe_token: "…

const HUMP = /([a-z\d])([A-Z])/g; // adobe|Token
const SEPARATORS = /[^a-z\d]+/g;

/** The words of a name, each with a space before it: ` adobe token`. */
const wordsOfName = (name: string): string =>
  ` ${name.replaceAll(HUMP, '$1 $2').toLowerCase().replaceAll(SEPARATORS, ' ').trim()}`;

/** Shorter keywords must begin a word: `lob` is none in `global`. */
const FREE_LENGTH = 5;

const holds = (words: string, joined: string, keyword: string): boolean =>
  keyword.length < FREE_LENGTH ? words.includes(` ${keyword}`) : joined.includes(keyword);

/** The words of the name that a value at `index` is assigned to, or undefined where it is assigned to none. */
export const assignedName = (text: string, index: number): string | undefined => {
  const from = Math.max(0, index - CONTEXT);
  const before = text.slice(from, index);
  ASSIGNMENT.lastIndex = before.length;
  const name = ASSIGNMENT.exec(before)?.groups?.['name'];
  return name === undefined ? undefined : wordsOfName(name);
};

/** Whether a name holds one of `keywords`. */
export const namesOneOf = (words: string, keywords: readonly string[]): boolean => {
  const joined = words.replaceAll(' ', '');
  return keywords.some((keyword) => keyword.split(' ').every((part) => holds(words, joined, part)));
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
