/** A trie of phrases over words: which phrases start at a word, in one look-up for each word that they go on for. */

import { fold } from '../text/fold.ts';
import { hashOfWord, mixed, tokenise } from '../text/tokens.ts';

/** An open-addressed table from a node and the hash of a word to the next node. */
export interface PhraseTrie {
  readonly mask: number;
  readonly nodes: Int32Array;
  readonly hashes: Int32Array;
  readonly to: Int32Array;
}

const place = (node: number, hash: number): number => mixed(Math.imul(node, 0x9e3779b1) ^ hash);

/** @returns The node that a word leads to from a node, or -1. */
export const follow = ({ mask, nodes, hashes, to }: PhraseTrie, node: number, hash: number): number => {
  let at = place(node, hash) & mask;
  while (nodes[at] !== -1) {
    if (nodes[at] === node && hashes[at] === hash) return to[at] as number;
    at = (at + 1) & mask;
  }
  return -1;
};

/** Hashes by word: the phrases of all rules are made of some thousand words. */
const hashes = new Map<string, number>();

const hashOf = (word: string): number => {
  const known = hashes.get(word);
  if (known !== undefined) return known;
  const units = new Uint16Array(word.length);
  for (let at = 0; at < word.length; at++) units[at] = word.charCodeAt(at);
  const hash = hashOfWord(units);
  hashes.set(word, hash);
  return hash;
};

/** A phrase that reads as it stands: folding and splitting it is a split at its blanks. */
const IS_PLAIN = /^[a-z]+(?: [a-z]+)*$/;

/** The words of a phrase, as hashes. */
const hashesOf = (phrase: string): readonly number[] => {
  if (IS_PLAIN.test(phrase)) return phrase.split(' ').map(hashOf);
  const { count, hashes: all } = tokenise(fold(phrase).units);
  return [...all.subarray(0, count)];
};

/** A trie in the making. Node 0 is its root. */
export interface TrieDraft {
  /** Adds a phrase. @returns The node at its end. */
  add(phrase: string): number;
  readonly size: number;
  trie(): PhraseTrie;
}

/** Slots of a new table, a power of two. */
const FIRST_SIZE = 1 << 14;

const emptyTable = (size: number): PhraseTrie => ({
  mask: size - 1,
  nodes: new Int32Array(size).fill(-1),
  hashes: new Int32Array(size),
  to: new Int32Array(size),
});

const put = (table: PhraseTrie, node: number, hash: number, to: number): void => {
  let at = place(node, hash) & table.mask;
  while (table.nodes[at] !== -1) at = (at + 1) & table.mask;
  table.nodes[at] = node;
  table.hashes[at] = hash;
  table.to[at] = to;
};

const doubled = (table: PhraseTrie): PhraseTrie => {
  const larger = emptyTable((table.mask + 1) * 2);
  for (let at = 0; at <= table.mask; at++) {
    const node = table.nodes[at] as number;
    if (node !== -1) put(larger, node, table.hashes[at] as number, table.to[at] as number);
  }
  return larger;
};

/** An empty trie. */
export const createTrieDraft = (): TrieDraft => {
  let table = emptyTable(FIRST_SIZE);
  let size = 1;
  const ends = new Map<string, number>();

  const step = (node: number, hash: number): number => {
    const known = follow(table, node, hash);
    if (known >= 0) return known;
    const to = size;
    size += 1;
    // At most two fifths full, so that a word that leads nowhere is told from the others at once.
    if (size * 2.5 > table.mask) table = doubled(table);
    put(table, node, hash, to);
    return to;
  };

  return {
    add(phrase) {
      const known = ends.get(phrase);
      if (known !== undefined) return known;
      const end = hashesOf(phrase).reduce(step, 0);
      ends.set(phrase, end);
      return end;
    },
    get size() {
      return size;
    },
    trie: () => table,
  };
};
