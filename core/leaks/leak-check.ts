/** What a check for leaks is, and how one holds text back: shared by that of the system prompt and that of a canary. */

/** A check against something protected. */
export interface PromptLeakCheck {
  /** Whether `reply` holds what is protected. */
  leaks(reply: string): boolean;
  /** The same check of a reply that comes in pieces. Every way to split it gives the same outcome. */
  stream(): PromptLeakStream;
}

/** A reply on its way. What may still become a leak is held back. */
export interface PromptLeakStream {
  /** What can be passed on after one more piece. After a leak, nothing. */
  push(chunk: string): string;
  /** What was held back: here a text ends. A leak goes on from one text to the next. */
  flush(): string;
  /** Whether what is protected was seen. */
  readonly leaked: boolean;
}

/** Reads a text that comes in pieces, and hands what it reads to walks of its own. */
export interface Reading {
  /** Reads the next piece, which begins at `at` in the text. */
  read(piece: string, at: number): void;
  /** The text ends here, and what was to go on with it. */
  end?(): void;
}

/** One reading, followed. */
export interface Walk {
  /** Where in the text that begins which may become a leak; else Infinity. */
  readonly from: number;
  /** Once it is, `from` stays. */
  readonly isFound: boolean;
}

/** A check that never finds anything. */
export const NO_LEAKS: PromptLeakCheck = {
  leaks: () => false,
  stream: () => ({ push: (chunk) => chunk, flush: () => '', leaked: false }),
};

const createHeldStream = (readings: readonly Reading[], walks: readonly Walk[], most: number): PromptLeakStream => {
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
      return pass(leaked ? 0 : pushed - most);
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

/**
 * A check that follows a text in several readings.
 *
 * @param follow Makes the readings of one text, and tells their walks.
 * @param most Units that a stream holds back at most.
 */
export const createLeakCheck = (
  follow: () => { readonly readings: readonly Reading[]; readonly walks: readonly Walk[] },
  most: number,
): PromptLeakCheck => {
  const stream = (): PromptLeakStream => {
    const { readings, walks } = follow();
    return createHeldStream(readings, walks, most);
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
