/** Whether a reply repeats a protected text: the system prompt. */

import { createPhraseAutomaton } from './phrase-automaton.ts';

/** A check against one protected text. */
export interface PromptLeakCheck {
  /** Whether `reply` holds a run of words of the protected text. */
  leaks(reply: string): boolean;
  /** The same check of a reply that comes in pieces. */
  stream(): PromptLeakStream;
}

/** A reply on its way. What may still become a leak is held back: at most {@link LEAK_HOLD} units. */
export interface PromptLeakStream {
  /** What can be passed on after one more piece. After a leak, nothing. */
  push(chunk: string): string;
  /** What was held back: here a text ends, and words end with it. A leak goes on from one text to the next. */
  flush(): string;
  /** Whether a run of words of the protected text was seen. It is never passed on. */
  readonly leaked: boolean;
}

/**
 * Length of a run of words that counts as a leak. Eight words in a row are seldom shared by chance; shorter protected
 * texts count as a whole.
 */
export const LEAK_WORDS = 8;

/** Shortest protected text, in words, that is looked for: less is said by anybody. */
const MIN_WORDS = 4;

/** Most units that a check holds back: words longer than that, or further apart, are passed on before the last of them. */
export const LEAK_HOLD = 512;

const WORD = /[\p{L}\p{N}\p{M}]+/gu; // naïve
const LETTERS = /[\p{L}\p{N}]+/gu; // naïve, once composed

/** The words in a run of letters, digits and marks, in lower case: compatibility forms do not disguise them. */
const wordsIn = (run: string): readonly string[] => run.normalize('NFKC').toLowerCase().match(LETTERS) ?? [];

const wordsOf = (text: string): readonly string[] => (text.match(WORD) ?? []).flatMap(wordsIn);

/** Whether a word in `sorted` begins with `start`. */
const anyBegins = (sorted: readonly string[], start: string): boolean => {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? '') < start) low = middle + 1;
    else high = middle;
  }
  return sorted[low]?.startsWith(start) === true;
};

/** Half of a character at the end of a piece. */
const endsInHalf = (text: string): boolean => /[\ud800-\udbff]$/.test(text);

const NEVER: PromptLeakCheck = {
  leaks: () => false,
  stream: () => ({ push: (chunk) => chunk, flush: () => '', leaked: false }),
};

/** A check for verbatim overlap with `protectedText`, linear in the reply. A paraphrase is not found. */
export const createPromptLeakCheck = (protectedText: string): PromptLeakCheck => {
  const words = wordsOf(protectedText);
  const size = Math.min(LEAK_WORDS, words.length);
  if (size < MIN_WORDS) return NEVER;
  const automaton = createPhraseAutomaton(words);
  const vocabulary = [...new Set(words)].sort();

  /** Whether a word that has begun like `start` can be one of the protected text. A mark may still join its last letter. */
  const canBecomeWord = (start: string): boolean => {
    const last = wordsIn(start).at(-1) ?? '';
    return anyBegins(vocabulary, last.slice(0, -1));
  };

  const stream = (): PromptLeakStream => {
    const walk = automaton.walk();
    /** Text not passed on, and where in it the words of the present run begin; those passed on begin before it. */
    let held = '';
    let starts: number[] = [];
    /** Where the text after the last complete word begins. */
    let looked = 0;
    /** Within a word that is passed on already, since it cannot be one of the protected text. */
    let within = false;
    let leaked = false;

    const take = (run: string, start: number): void => {
      for (const word of wordsIn(run)) {
        const length = walk.next(word);
        starts.push(start);
        starts = starts.slice(starts.length - Math.min(length, starts.length));
        if (length >= size) leaked = true;
        if (leaked) return;
      }
    };

    const pass = (end: number): string => {
      const cut = Math.max(0, end);
      const text = held.slice(0, cut);
      held = held.slice(cut);
      looked -= cut;
      starts = starts.map((start) => start - cut);
      return text;
    };

    /** Reads complete words, and stops before one that is not complete and matters. */
    const read = (final: boolean): void => {
      const length = held.length - (endsInHalf(held) ? 1 : 0);
      WORD.lastIndex = looked;
      for (let run = WORD.exec(held); run !== null && !leaked; run = WORD.exec(held)) {
        const end = run.index + run[0].length;
        const open = !final && end === length;
        const goesOn = within && run.index === looked;
        if (open && !goesOn && run[0].length <= LEAK_HOLD && canBecomeWord(run[0])) {
          looked = run.index;
          within = false;
          return;
        }
        if (!goesOn) take(run[0], run.index);
        within = open;
        looked = end;
      }
      if (looked < length) within = false;
      looked = Math.max(looked, length);
    };

    const push = (chunk: string): string => {
      if (leaked) return '';
      held += chunk;
      read(false);
      if (leaked) return pass(starts[0] ?? 0);
      const from = Math.min(starts[0] ?? Infinity, looked);
      return pass(Math.max(from, held.length - LEAK_HOLD));
    };

    return {
      push,
      flush() {
        if (leaked) return '';
        read(true);
        within = false;
        return leaked ? pass(starts[0] ?? 0) : pass(held.length);
      },
      get leaked() {
        return leaked;
      },
    };
  };

  return {
    leaks(reply) {
      const whole = stream();
      whole.push(reply);
      whole.flush();
      return whole.leaked;
    },
    stream,
  };
};
