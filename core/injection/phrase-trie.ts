/** A trie of phrases over words: which phrases start at a word, in one look-up for each word that they go on for. */

import { fold } from '../text/fold.ts';
import { mixed, tokenise } from '../text/tokens.ts';

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

/** The words of a phrase, as hashes. */
export const hashesOf = (phrase: string): readonly number[] => {
  const { count, hashes } = tokenise(fold(phrase).units);
  return [...hashes.subarray(0, count)];
};

/** A trie in the making. Node 0 is its root. */
export interface TrieDraft {
  /** Adds a phrase. @returns The node at its end. */
  add(phrase: string): number;
  readonly size: number;
  trie(): PhraseTrie;
}

/** An empty trie. */
export const createTrieDraft = (): TrieDraft => {
  const children: Map<number, number>[] = [new Map()];
  const edges: (readonly [node: number, hash: number, to: number])[] = [];
  const ends = new Map<string, number>();

  const step = (node: number, hash: number): number => {
    const known = children[node]?.get(hash);
    if (known !== undefined) return known;
    const to = children.length;
    children.push(new Map());
    children[node]?.set(hash, to);
    edges.push([node, hash, to]);
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
      return children.length;
    },
    trie() {
      let size = 1024;
      while (size < edges.length * 2.5) size *= 2;
      const table = {
        mask: size - 1,
        nodes: new Int32Array(size).fill(-1),
        hashes: new Int32Array(size),
        to: new Int32Array(size),
      };
      for (const [node, hash, to] of edges) {
        let at = place(node, hash) & table.mask;
        while (table.nodes[at] !== -1) at = (at + 1) & table.mask;
        table.nodes[at] = node;
        table.hashes[at] = hash;
        table.to[at] = to;
      }
      return table;
    },
  };
};
