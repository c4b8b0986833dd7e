/** Whether a reply repeats a protected text: the system prompt. */

/** A check against one protected text. */
export interface PromptLeakCheck {
  /** Whether `reply` holds a run of words of the protected text. */
  leaks(reply: string): boolean;
}

/**
 * Length of a run of words that counts as a leak. Eight words in a row are seldom shared by chance; shorter protected
 * texts count as a whole.
 */
export const LEAK_WORDS = 8;

/** Shortest protected text, in words, that is looked for: less is said by anybody. */
const MIN_WORDS = 4;

/** Words in lower case; case, punctuation and spacing do not disguise a text. */
const wordsOf = (text: string): readonly string[] =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? [];

/** A check for verbatim overlap with `protectedText`, linear in the reply. A paraphrase is not found. */
export const createPromptLeakCheck = (protectedText: string): PromptLeakCheck => {
  const words = wordsOf(protectedText);
  const size = Math.min(LEAK_WORDS, words.length);
  if (size < MIN_WORDS) return { leaks: () => false };
  const runs = new Set<string>();
  for (let index = 0; index + size <= words.length; index++) runs.add(words.slice(index, index + size).join(' '));
  return {
    leaks(reply) {
      const said = wordsOf(reply);
      for (let index = 0; index + size <= said.length; index++)
        if (runs.has(said.slice(index, index + size).join(' '))) return true;
      return false;
    },
  };
};
