/**
 * All rules in one automaton over words: a trie of their phrases, and for each sequence the places up to which it has
 * come. One pass over a text; work for each word is bounded by the rules, whatever the text.
 */

import { CLASS } from '../text/characters.ts';
import { fold, type View } from '../text/fold.ts';
import type { Tokens } from '../text/tokens.ts';
import type { Behind, Pattern } from './pattern.ts';
import { createTrieDraft, follow } from './phrase-trie.ts';

/** Gets a match: which pattern, its first and its last word, and what must stand behind it. */
export type OnMatch = (pattern: number, first: number, last: number, behind: readonly Behind[]) => void;

/** A shape of a pattern, by its index there, of which a needed word stands in the text. */
export interface ShapeMatch {
  readonly pattern: number;
  readonly shape: number;
}

/**
 * Finds the patterns that it was made of in the words of a text. Hands over each match as it is found, in the order of
 * their last phrases: there may be as many as words, and most say nothing new.
 *
 * @returns The shapes that are worth trying.
 */
export type Matcher = (view: View, tokens: Tokens, found: OnMatch) => readonly ShapeMatch[];

/** A place in the automaton that a phrase fills: the n-th phrase of a sequence, or a word that a shape needs. */
interface Slot {
  readonly pattern: number;
  /** Index of the slot before it in the sequence; -1 for the first. */
  readonly before: number;
  readonly gap: number;
  readonly isLast: boolean;
  readonly behind: readonly Behind[];
  /** Index of the shape that needs the word; -1 for phrases of sequences. */
  readonly shape: number;
}

/** How many places up to which a sequence has come are remembered: the last ones, since a gap counts from them. */
const REMEMBERED = 4;
/** Signs, other than blanks, that may stand between two words that belong together. */
const MAX_SIGNS = 5;
/** Added to the number of a word that does not belong to the one before it: more than any gap. */
const APART = 64;
/** Units of the longest stem. */
const MAX_STEM = 12;

const STEM = 0x51ed270b;

const hashOfUnits = (units: Uint16Array, start: number, end: number): number => {
  let hash = STEM;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ (units[at] as number), 0x01000193);
  return hash;
};

/** The hash that the units of a stem have. */
const hashOfStem = (phrase: string): number => {
  const { units } = fold(phrase.slice(0, -1));
  if (units.length > MAX_STEM) throw new TypeError(`a stem is one short word: ${phrase}`);
  return hashOfUnits(units, 0, units.length);
};

/** Slots side by side, in the order of the nodes that fill them; those of a node begin at `from[node]`. */
const byNode = (nodes: number, filled: readonly number[], fillers: readonly number[]) => {
  const from = new Int32Array(nodes + 1);
  for (const node of filled) from[node + 1] = (from[node + 1] as number) + 1;
  for (let node = 0; node < nodes; node++) from[node + 1] = (from[node + 1] as number) + (from[node] as number);
  const free = from.slice();
  const slots = new Int32Array(fillers.length);
  for (const [index, node] of filled.entries()) {
    const at = free[node] as number;
    slots[at] = fillers[index] as number;
    free[node] = at + 1;
  }
  return { from, slots };
};

/** Makes one matcher of all patterns. */
export const createMatcher = (patterns: readonly Pattern[]): Matcher => {
  const slots: Slot[] = [];
  const draft = createTrieDraft();
  const filledNodes: number[] = [];
  const fillers: number[] = [];
  const stemStarts = new Uint8Array(0x10000);
  const stems = new Map<number, number[]>();

  const add = (phrase: string, slot: number): void => {
    if (phrase.endsWith('*')) {
      stemStarts[fold(phrase).units[0] as number] = 1;
      const hash = hashOfStem(phrase);
      const known = stems.get(hash);
      if (known === undefined) stems.set(hash, [slot]);
      else known.push(slot);
      return;
    }
    filledNodes.push(draft.add(phrase));
    fillers.push(slot);
  };

  for (const [pattern, { sequences: all, shapes }] of patterns.entries()) {
    for (const { phrases, gaps, behind } of all) {
      for (const [index, { phrases: texts }] of phrases.entries()) {
        const isLast = index === phrases.length - 1;
        const before = index === 0 ? -1 : slots.length - 1;
        slots.push({ pattern, before, gap: gaps[index - 1] ?? 0, isLast, behind, shape: -1 });
        for (const text of new Set(texts)) add(text, slots.length - 1);
      }
    }
    for (const [shape, { needs }] of shapes.entries()) {
      slots.push({ pattern, before: -1, gap: 0, isLast: true, behind: [], shape });
      for (const text of needs) add(text, slots.length - 1);
    }
  }

  const trie = draft.trie();
  const { from: fillsFrom, slots: fills } = byNode(draft.size, filledNodes, fillers);
  /** By slot, the last few places: number and index of the last word, index of the first. */
  const lastNumbers = new Int32Array(slots.length * REMEMBERED).fill(-0x40000000);
  const firsts = new Int32Array(slots.length * REMEMBERED);
  const turns = new Uint8Array(slots.length);
  /** Numbers of words go on from text to text, so that nothing has to be forgotten between them. */
  let base = 0;

  return ({ units }, { count, starts, ends, hashes, breaks, ideographs }, found) => {
    const shapes = new Map<number, ShapeMatch>();
    if (base > 0x3fff0000) {
      lastNumbers.fill(-0x40000000);
      base = 0;
    }

    const belongs = (index: number): boolean => {
      const kind = breaks[index] as number;
      if (ideographs[index] === 1) return kind < CLASS.sentence;
      return (
        kind <= CLASS.blank ||
        kind === CLASS.line ||
        (starts[index] as number) - (ends[index - 1] as number) <= MAX_SIGNS
      );
    };

    const fill = (id: number, first: number, last: number, number: number): void => {
      const slot = slots[id] as Slot;
      if (slot.shape >= 0) {
        shapes.set(id, { pattern: slot.pattern, shape: slot.shape });
        return;
      }
      let from = first;
      if (slot.before >= 0) {
        const at = slot.before * REMEMBERED;
        const lastAllowed = number - 1;
        let nearest = -1;
        for (let back = 0; back < REMEMBERED; back++) {
          const there = lastNumbers[at + back] as number;
          if (
            there <= lastAllowed &&
            lastAllowed - there <= slot.gap &&
            (nearest < 0 || there > (lastNumbers[nearest] as number))
          )
            nearest = at + back;
        }
        if (nearest < 0) return;
        from = firsts[nearest] as number;
      }
      if (slot.isLast) {
        found(slot.pattern, from, last, slot.behind);
        return;
      }
      const turn = turns[id] as number;
      lastNumbers[id * REMEMBERED + turn] = number + last - first;
      firsts[id * REMEMBERED + turn] = from;
      turns[id] = (turn + 1) % REMEMBERED;
    };

    let number = base + APART;
    for (let index = 0; index < count; index++) {
      number += index > 0 && !belongs(index) ? APART : 1;
      let node = follow(trie, 0, hashes[index] as number);
      for (let last = index; node >= 0; ) {
        const end = fillsFrom[node + 1] as number;
        for (let at = fillsFrom[node] as number; at < end; at++) fill(fills[at] as number, index, last, number);
        last += 1;
        if (last >= count || !belongs(last)) break;
        node = follow(trie, node, hashes[last] as number);
      }
      const start = starts[index] as number;
      if (stemStarts[units[start] as number] === 1) {
        const end = Math.min(ends[index] as number, start + MAX_STEM);
        let hash = STEM;
        for (let at = start; at < end; at++) {
          hash = Math.imul(hash ^ (units[at] as number), 0x01000193);
          for (const id of stems.get(hash) ?? []) fill(id, index, index, number);
        }
      }
    }
    base = number + APART;
    return [...shapes.values()];
  };
};
