/** Whether arguments of a tool hold text that nobody but a tool, a document or an earlier turn has said. */

import { decodedPayloads } from '../text/decode.ts';
import { fold, textOf } from '../text/fold.ts';
import { createRoom } from '../text/room.ts';
import { tokenise } from '../text/tokens.ts';
import { type Leaf, leavesOf } from './leaves.ts';
import { readingsOf } from './readings.ts';
import { RUN, runsOf } from './shared-runs.ts';
import { type Words, wordsOf } from './words.ts';

/** The texts of a call, by who wrote them. */
export interface FlowTexts {
  /** Of tools, documents and earlier turns. */
  readonly data: readonly string[];
  /** Of the user, the system prompt, and what definitions of tools name for the model to write. */
  readonly trusted: readonly string[];
}

/** Fewest letters and digits of a value that is looked for. A character of Chinese counts twice. */
const LEAST_VALUE = 3;
/** The same for a word with a digit or an `@` within a longer text. */
const LEAST_WORD = 4;
const WORDS = /[^\s,;<>()[\]{}"']{1,256}/g;
const TELLING = /[\d@]/;
const IDEOGRAPH = /\p{Script=Han}/u;

/** A text and the payloads in it that are encoded, decoded. */
const withPayloads = (text: string): readonly string[] => {
  const { survey } = tokenise(fold(text).units);
  return [text, ...decodedPayloads(text, survey, createRoom()).map((payload) => payload.text)];
};

const weightOf = (value: string): number => value.length + (IDEOGRAPH.test(value) ? 1 : 0);

/** Values that are shorter than a run, to be found where they stand by themselves. */
const shortValues = (texts: readonly Leaf[]): Set<string> => {
  const values = new Set<string>();
  const add = (text: string, least: number): void => {
    const { joined } = wordsOf(text);
    if (joined.length === 0 || joined.length >= RUN) return;
    const value = textOf(joined);
    if (weightOf(value) >= least) values.add(value);
  };
  for (const { text, isName } of texts) {
    // A field that is called as a word in the data says nothing of them.
    if (!isName || TELLING.test(text)) add(text, LEAST_VALUE);
    for (const [word] of text.matchAll(WORDS)) if (word !== text && TELLING.test(word)) add(word, LEAST_WORD);
  }
  return values;
};

/** Calls `found` with each value of `values` that stands by itself in a text. */
const eachValue = ({ joined, borders }: Words, values: ReadonlySet<string>, found: (value: string) => void): void => {
  const lengths = new Set([...values].map((value) => value.length));
  if (lengths.size === 0) return;
  for (let at = 0; at < joined.length; at++) {
    if (borders[at] === 0) continue;
    for (const length of lengths) {
      const end = at + length;
      if (end > joined.length || borders[end] === 0) continue;
      const value = textOf(joined, at, end);
      if (values.has(value)) found(value);
    }
  }
};

/**
 * Whether arguments hold what only the data say: a value of at least 3 letters and digits that stands in them by itself,
 * or 16 of their characters in a row. Case, compatibility forms, look-alikes, white space and signs between words count
 * for nothing; escapes, base64, base32 and hexadecimal digits are read on either side. Names of
 * fields are read as arguments are; one that is a short word counts only with a digit or an `@` in it.
 */
export const flowsFromData = (args: unknown, { data, trusted }: FlowTexts): boolean => {
  if (data.length === 0) return false;
  const texts = leavesOf(args).flatMap(({ text, isName }) =>
    readingsOf(text)
      .flatMap(withPayloads)
      .map((reading): Leaf => ({ text: reading, isName })),
  );
  const values = shortValues(texts);
  const words = texts.map(({ text }) => wordsOf(text));
  const spaced = runsOf(words.map((each) => each.spaced));
  const joined = runsOf(words.map((each) => each.joined));
  for (const said of trusted.flatMap(withPayloads).map(wordsOf)) {
    eachValue(said, values, (value) => values.delete(value));
    spaced.less(said.spaced);
    joined.less(said.joined);
  }
  for (const text of data.flatMap(withPayloads)) {
    const said = wordsOf(text);
    let isFound = spaced.isIn(said.spaced) || joined.isIn(said.joined);
    if (!isFound)
      eachValue(said, values, () => {
        isFound = true;
      });
    if (isFound) return true;
  }
  return false;
};
