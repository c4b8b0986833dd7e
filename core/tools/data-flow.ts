/** Whether arguments of a tool hold text that nobody but a tool, a document or an earlier turn has said. */

import { decodedPayloads } from '../text/decode.ts';
import { fold } from '../text/fold.ts';
import { createRoom } from '../text/room.ts';
import { tokenise } from '../text/tokens.ts';
import { type Leaf, leavesOf } from './leaves.ts';
import { readingsOf } from './readings.ts';
import { runsOf } from './shared-runs.ts';
import { eachValue, shortValues, valuesTogether, wholeValueOf } from './short-values.ts';
import { wordsOf } from './words.ts';

/** The texts of a call, by who wrote them. */
export interface FlowTexts {
  /** Of tools, documents and earlier turns. */
  readonly data: readonly string[];
  /** Of the user, the system prompt, and what definitions of tools name for the model to write. */
  readonly trusted: readonly string[];
}

/** A text and the payloads in it that are encoded, decoded. */
const withPayloads = (text: string): readonly string[] => {
  const { survey } = tokenise(fold(text).units);
  return [text, ...decodedPayloads(text, survey, createRoom()).map((payload) => payload.text)];
};

const textsOf = (text: string): readonly string[] => readingsOf(text).flatMap(withPayloads);

/** Texts that follow each other as one, parted where both beside a border are said by those who are trusted. */
const together = (texts: readonly string[], trusted: readonly boolean[]): readonly string[] => {
  const groups: string[][] = [];
  for (const [index, text] of texts.entries()) {
    const isParted = index === 0 || (trusted[index - 1] && trusted[index]);
    if (isParted) groups.push([text]);
    else groups.at(-1)?.push(text);
  }
  return groups.filter(({ length }) => length > 1).map((group) => group.join(''));
};

/**
 * Whether arguments hold what only the data say: a value of at least 3 letters and digits that stands in them by itself,
 * or 16 of their characters in a row. Case, compatibility forms, look-alikes, white space and signs between words count
 * for nothing; escapes, base64, base32 and hexadecimal digits are read on either side. Names of
 * fields are read as arguments are; one that is a short word counts only with a digit or an `@` in it. Fields and items that
 * follow each other are read together, too.
 */
export const flowsFromData = (args: unknown, { data, trusted }: FlowTexts): boolean => {
  if (data.length === 0) return false;
  const leaves = leavesOf(args);
  const texts = leaves.flatMap(({ text, isName }) => textsOf(text).map((reading): Leaf => ({ text: reading, isName })));
  const values = shortValues(texts);
  const words = texts.map(({ text }) => wordsOf(text));
  const spaced = runsOf(words.map((each) => each.spaced));
  const joined = runsOf(words.map((each) => each.joined));
  const saidBy = trusted.flatMap(withPayloads).map(wordsOf);
  for (const said of saidBy) {
    eachValue(said, values, (value) => values.delete(value));
    spaced.less(said.spaced);
    joined.less(said.joined);
  }
  const parts = leaves.flatMap(({ text, isName }) => (isName ? [] : [text]));
  const areTrusted = parts.map(wholeValueOf).map((value) => value !== undefined && !values.has(value));
  const valuesOfParts = valuesTogether(parts, areTrusted);
  const wordsOfParts = together(parts, areTrusted).flatMap(textsOf).map(wordsOf);
  const runsOfParts = runsOf(wordsOfParts.map((each) => each.joined));
  for (const said of saidBy) {
    eachValue(said, valuesOfParts, (value) => valuesOfParts.delete(value));
    runsOfParts.less(said.joined);
  }
  const wanted = new Set([...values, ...valuesOfParts]);
  for (const text of data.flatMap(withPayloads)) {
    const said = wordsOf(text);
    let isFound = spaced.isIn(said.spaced) || joined.isIn(said.joined) || runsOfParts.isIn(said.joined);
    if (!isFound)
      eachValue(said, wanted, () => {
        isFound = true;
      });
    if (isFound) return true;
  }
  return false;
};
