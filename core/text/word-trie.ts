/** Words by their letters: what a run of letters begins with is found without making strings of it. */

/** Words of the letters a to z. */
export type Vocabulary = ReadonlySet<string>;

const FIRST = 0x61;
const LETTERS = 26;

/** The words of a vocabulary, letter by letter; the node of no letters is 0. */
export interface WordTrie {
  /** The node behind `node` and a unit; 0 where no word goes on so. */
  step(node: number, unit: number): number;
  /** Whether the letters up to a node are a word. */
  isWord(node: number): boolean;
}

const build = (vocabulary: Vocabulary): WordTrie => {
  let size = 1;
  for (const word of vocabulary) size += word.length;
  const next = new Int32Array(size * LETTERS);
  const ends = new Uint8Array(size);
  let nodes = 1;
  for (const word of vocabulary) {
    let node = 0;
    for (let at = 0; at < word.length; at++) {
      const edge = node * LETTERS + word.charCodeAt(at) - FIRST;
      if (next[edge] === 0) next[edge] = nodes++;
      node = next[edge] as number;
    }
    ends[node] = 1;
  }
  const used = next.slice(0, nodes * LETTERS);
  return {
    step: (node, unit) => {
      const letter = unit - FIRST;
      return letter >= 0 && letter < LETTERS ? (used[node * LETTERS + letter] as number) : 0;
    },
    isWord: (node) => ends[node] === 1,
  };
};

const tries = new WeakMap<Vocabulary, WordTrie>();

/** The trie of a vocabulary, made when it is first asked for. */
export const trieOf = (vocabulary: Vocabulary): WordTrie => {
  const known = tries.get(vocabulary);
  if (known !== undefined) return known;
  const made = build(vocabulary);
  tries.set(vocabulary, made);
  return made;
};
