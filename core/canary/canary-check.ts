/** Whether a text holds a canary, as it stands or in a code. */

import { base64Reading, OTHER_CODES } from '../leaks/code-readings.ts';
import { createLeakCheck, type PromptLeakCheck } from '../leaks/leak-check.ts';
import { letterCodes } from '../leaks/token-codes.ts';
import { unlabelledReading } from '../leaks/unlabelled-reading.ts';
import { createLetterWords, type LetterWalk } from './letter-walk.ts';
import { escapedReading, plainReading } from './plain-reading.ts';

/** Most units of a text that are held back as the beginning of a canary. */
export const CANARY_HOLD = 512;

const turned = (word: string): string =>
  word.replaceAll(/[a-z]/g, (letter) => String.fromCharCode(((letter.charCodeAt(0) - 0x61 + 13) % 26) + 0x61));

const reversed = (word: string): string => [...word].reverse().join('');

const CODES = [base64Reading(), ...OTHER_CODES];

/**
 * A check for `words`, in small letters of ASCII, 32 at most each: in any case, with anything between the letters, look-alikes,
 * backwards, in rot13; and each of that in base64, in base32, in hexadecimal (escapes of URLs, HTML and programs too), in
 * binary and as decimal codes. Every way to split a text gives the same outcome. Linear in the text.
 */
export const createCanaryCheck = (words: readonly string[]): PromptLeakCheck => {
  const forms = words.flatMap((word) => [word, reversed(word), turned(word), turned(reversed(word))]);
  const letterWords = createLetterWords(forms);

  return createLeakCheck(() => {
    const walks: LetterWalk[] = [];
    const walk = (): LetterWalk => {
      const made = letterWords.walk();
      walks.push(made);
      return made;
    };
    const unlabelled = unlabelledReading({ all: [letterCodes(walk)], near: plainReading(walk()) });
    const plain = [plainReading(walk()), escapedReading(walk())];
    return {
      readings: [...plain, unlabelled, ...CODES.map((reading) => reading(walk))],
      walks,
    };
  }, CANARY_HOLD);
};
