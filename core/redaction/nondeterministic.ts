/**
 * Patterns as one nondeterministic automaton (Thompson, "Regular expression search algorithm", CACM 1968). It follows
 * look-aheads beside the pattern, whatever their outcome, and does not count long repeats: it never says that nothing can match where something can.
 */

import type { PatternPart, UnitTest } from './pattern-syntax.ts';

/** A state takes a unit that it `accepts` and goes `to` one state; without a test it takes none and goes to two. */
export interface NfaState {
  readonly accepts: UnitTest | undefined;
  readonly to: number;
  or: number;
  /** The pattern that is matched here. */
  readonly pattern: number | undefined;
}

/** Nothing more is looked at. */
export const DONE = 0;

/** Repeats of more than that are not counted to their end: a state for each count would be many states for little. */
const COUNTED = 40;

const LETTERS = [0x67, 0x64, 0x47, 0x44]; // g, d, G, D

const acceptsLetters = (part: PatternPart): boolean => {
  if (part.kind === 'unit') return LETTERS.some((letter) => part.accepts(letter));
  if (part.kind === 'sequence') return part.parts.some(acceptsLetters);
  return part.kind === 'choice' ? part.options.some(acceptsLetters) : acceptsLetters(part.part);
};

/** Most states of an automaton, so that a UTF-16 unit can stand for one. */
const MAX_STATES = 0xffff;

/** Most parts that the automaton of one pattern is built from, with repeats written out. */
const MAX_PARTS = 4096;

/** All patterns of one set. */
export interface Nondeterministic {
  readonly states: readonly NfaState[];
  /** Adds a pattern. @returns The state that it begins in, or undefined where it, or the automaton, is too large. */
  add(pattern: PatternPart, index: number): number | undefined;
}

/** An empty automaton. It counts what accepts letters to `letters`. */
export const createNondeterministic = (letters: number): Nondeterministic => {
  const states: NfaState[] = [{ accepts: undefined, to: DONE, or: DONE, pattern: undefined }];
  let parts = 0;

  const state = (accepts: UnitTest | undefined, to: number, or: number, pattern?: number): number =>
    states.push({ accepts, to, or, pattern }) - 1;

  const repeat = ({ part, min, max }: PatternPart & { kind: 'repeat' }, next: number): number => {
    let first = next;
    const counted = acceptsLetters(part) ? letters : COUNTED;
    if (max > counted) {
      first = state(undefined, next, DONE);
      const loop = states[first];
      if (loop !== undefined) loop.or = before(part, first);
    } else
      for (let count = min; count < max && parts <= MAX_PARTS; count++)
        first = state(undefined, next, before(part, first));
    for (let count = 0; count < min && count < counted && parts <= MAX_PARTS; count++) first = before(part, first);
    return first;
  };

  /** Builds backwards: `next` is the state after `part`. */
  const before = (part: PatternPart, next: number): number => {
    parts += 1;
    if (parts > MAX_PARTS) return DONE;
    if (part.kind === 'unit') return state(part.accepts, next, DONE);
    if (part.kind === 'sequence') return part.parts.reduceRight((after, each) => before(each, after), next);
    if (part.kind === 'choice')
      return part.options.map((option) => before(option, next)).reduce((one, other) => state(undefined, one, other));
    if (part.kind === 'look') return state(undefined, next, before(part.part, DONE));
    return repeat(part, next);
  };

  return {
    states,
    add(pattern, index) {
      parts = 0;
      const first = before(pattern, state(undefined, DONE, DONE, index));
      return parts > MAX_PARTS || states.length > MAX_STATES ? undefined : first;
    },
  };
};
