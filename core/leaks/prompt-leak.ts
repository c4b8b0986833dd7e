/** Whether a reply repeats a protected text: the system prompt. */

import { base64Reading, OTHER_CODES } from './code-readings.ts';
import { createEscapeReader } from './escape-reader.ts';
import { GRAM } from './gram-hash.ts';
import { createCoverage, createGramWalk } from './gram-walk.ts';
import { createLeakCheck, NO_LEAKS, type PromptLeakCheck, type Reading, type Walk } from './leak-check.ts';
import { createLetterReader, type LetterReader } from './letter-reader.ts';
import { protectedTextOf, WORD } from './protected-text.ts';
import { base64Words, letterCodes } from './token-codes.ts';
import { unlabelledReading } from './unlabelled-reading.ts';
import { createUtf8Reader } from './utf8-reader.ts';

/**
 * Length of a run of words that counts as a leak. Eight words in a row are seldom shared by chance; shorter protected
 * texts count as a whole.
 */
export const LEAK_WORDS = 8;

/** Shortest protected text, in words, that is looked for: less is said by anybody. */
const MIN_WORDS = 4;

/** Most units that a check holds back. */
export const LEAK_HOLD = 512;

/** Digits of base64 in a row that are read: a word of prose mostly has less, a line of base64 more. */
const MIN_BASE64 = 8;

const CODES = [base64Reading(MIN_BASE64), ...OTHER_CODES, base64Words];

/** The letters of a text as it stands, but for escapes. */
const plainReading = (letters: LetterReader): Reading => {
  const utf8 = createUtf8Reader(letters.takePoint);
  return createEscapeReader({ takePoint: letters.takePoint, takeByte: utf8.takeByte });
};

/**
 * A check for overlap with `protectedText`, linear in the reply: eight words of it in a row, or many more among others.
 * Only letters count, so that case, spacing, punctuation, markdown and numbers say nothing; as they are, shifted in the
 * alphabet, backwards, in the reverse order of words; and each of that in a code. A paraphrase or a translation is not
 * found.
 *
 * @example
 * createPromptLeakCheck(systemPrompt).leaks(reply); // true where the reply says it, in base64 for one
 */
export const createPromptLeakCheck = (protectedText: string): PromptLeakCheck => {
  const text = protectedTextOf(protectedText);
  if (text.weight < MIN_WORDS * WORD || text.letters <= GRAM) return NO_LEAKS;
  const weight = Math.min(LEAK_WORDS * WORD, text.weight);
  return createLeakCheck(() => {
    const coverage = createCoverage(text);
    const walks: Walk[] = [];
    const letters = (asItIs = false): LetterReader => {
      const walk = createGramWalk(text, weight, coverage, asItIs);
      walks.push(walk);
      return createLetterReader(walk);
    };
    const bytes = () => {
      const { takeByte } = createUtf8Reader(letters().takePoint);
      return { take: takeByte };
    };
    const unlabelled = unlabelledReading({ all: [letterCodes(bytes)], near: plainReading(letters()) });
    return {
      readings: [plainReading(letters(true)), unlabelled, ...CODES.map((reading) => reading(bytes))],
      walks,
    };
  }, LEAK_HOLD);
};
