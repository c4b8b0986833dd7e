/**
 * A suffix automaton over the words of a text: follows another text word by word, and knows at each word how many of the
 * last ones stand in a row in the first. Linear in both texts, however often words repeat.
 * Source: Blumer et al., "The smallest automaton recognizing the subwords of a text", 1985.
 */

/** The words of a text, to be followed. */
export interface PhraseAutomaton {
  /** A new walk, at its beginning. */
  walk(): PhraseWalk;
}

/** One text on its way through an automaton. */
export interface PhraseWalk {
  /** Takes the next word. The number of words, this one included, that stand in a row in the automaton's text. */
  next(word: string): number;
  /** Forgets what came before. */
  restart(): void;
}

interface State {
  readonly length: number;
  readonly next: Map<string, State>;
  suffix: State | undefined;
}

const createState = (length: number, next: Map<string, State> = new Map()): State => ({
  length,
  next,
  suffix: undefined,
});

/** Adds a word at the end of the text that `last` stands for. */
const extend = (root: State, last: State, word: string): State => {
  const added = createState(last.length + 1);
  let state: State | undefined = last;
  for (; state !== undefined && !state.next.has(word); state = state.suffix) state.next.set(word, added);
  const target = state?.next.get(word);
  if (state === undefined || target === undefined) {
    added.suffix = root;
    return added;
  }
  if (target.length === state.length + 1) {
    added.suffix = target;
    return added;
  }
  const clone = createState(state.length + 1, new Map(target.next));
  clone.suffix = target.suffix;
  for (let from: State | undefined = state; from?.next.get(word) === target; from = from.suffix)
    from.next.set(word, clone);
  target.suffix = clone;
  added.suffix = clone;
  return added;
};

/** The automaton of `words`. */
export const createPhraseAutomaton = (words: readonly string[]): PhraseAutomaton => {
  const root = createState(0);
  let last = root;
  for (const word of words) last = extend(root, last, word);
  return {
    walk: () => {
      let state = root;
      let length = 0;
      return {
        next: (word) => {
          while (!state.next.has(word) && state.suffix !== undefined) {
            state = state.suffix;
            length = state.length;
          }
          const following = state.next.get(word);
          if (following !== undefined) {
            state = following;
            length += 1;
          }
          return length;
        },
        restart: () => {
          state = root;
          length = 0;
        },
      };
    },
  };
};
