/** Whether a text holds a canary, as it stands or in a code. */

import type { PromptLeakCheck, PromptLeakStream } from '../redaction/index.ts';
import { createLetterWords, type LetterWalk } from './letter-walk.ts';
import { READINGS } from './readings.ts';

/** Most units of a text that are held back as the beginning of a canary. */
export const CANARY_HOLD = 512;

const turned = (word: string): string =>
  word.replaceAll(/[a-z]/g, (letter) => String.fromCharCode(((letter.charCodeAt(0) - 0x61 + 13) % 26) + 0x61));

const reversed = (word: string): string => [...word].reverse().join('');

/**
 * A check for `words`, in small letters of ASCII, 32 at most each: in any case, with anything between the letters, look-alikes,
 * backwards, in rot13; and each of that in base64, in hexadecimal (escapes of URLs, HTML and programs too) and as decimal
 * codes. Every way to split a text gives the same outcome. Linear in the text.
 */
export const createCanaryCheck = (words: readonly string[]): PromptLeakCheck => {
  const forms = words.flatMap((word) => [word, reversed(word), turned(word), turned(reversed(word))]);
  const letterWords = createLetterWords(forms);

  const stream = (): PromptLeakStream => {
    const walks: LetterWalk[] = [];
    const readings = READINGS.map((reading) =>
      reading(() => {
        const walk = letterWords.walk();
        walks.push(walk);
        return walk;
      }),
    );
    /** Text not passed on, and how much was pushed. */
    let held = '';
    let pushed = 0;
    let leaked = false;

    const pass = (least: number): string => {
      const from = walks.reduce((first, walk) => Math.min(first, walk.from), pushed);
      const cut = Math.max(0, Math.max(from, least) - (pushed - held.length));
      const text = held.slice(0, cut);
      held = leaked ? '' : held.slice(cut);
      return text;
    };

    const look = (): void => {
      leaked ||= walks.some(({ isFound }) => isFound);
    };

    return {
      push(chunk) {
        if (leaked) return '';
        for (const reading of readings) reading.read(chunk, pushed);
        held += chunk;
        pushed += chunk.length;
        look();
        return pass(leaked ? 0 : pushed - CANARY_HOLD);
      },
      flush() {
        if (leaked) return '';
        for (const { end } of readings) end?.();
        look();
        return pass(leaked ? 0 : pushed);
      },
      get leaked() {
        return leaked;
      },
    };
  };

  return {
    leaks(text) {
      const whole = stream();
      whole.push(text);
      whole.flush();
      return whole.leaked;
    },
    stream,
  };
};
