/**
 * Which detectors can match at a place, and whether more text can change that: all patterns in one automaton, made
 * deterministic as texts need it. What has been seen before costs one look at a table a unit.
 * Source: Cox, "Regular Expression Matching in the Wild", 2010 (a cache of states with a bound).
 */

import type { DetectorSet, DetectorSets } from './detector-sets.ts';
import { createDeterministic, DEAD, type Deterministic, ENDS, MATCHES, ROW, UNKNOWN } from './deterministic.ts';
import { createNondeterministic } from './nondeterministic.ts';
import { parsePattern } from './pattern-syntax.ts';
import { type PlainWords, plainWordsOf } from './plain-words.ts';
import { createStrides, STRIDE } from './strides.ts';
import { MAX_MATCH } from './types.ts';

/** What a look at a place says. */
export interface Look {
  /** Detectors that can match there; the others do not, whatever their look-aheads say. */
  candidates: DetectorSet;
  /** The text has ended before the outcome was sure. */
  open: boolean;
}

/** All detectors of a redactor. */
export interface Automaton {
  /**
   * Looks at the place `at`. `conditions` are the bits of what holds there: a detector that needs one that does not is left
   * out. `version` is another one for each text. The look is the same object each time.
   */
  look(text: string, at: number, conditions: number, version: number): Look;
  /** To be walked from outside. */
  readonly states: Deterministic;
  /** Detectors that no state says anything of. */
  readonly unknown: DetectorSet;
  /** Words that no detector can match where no condition holds. */
  plainWords(): PlainWords;
  /** For each ASCII unit, and last for all others, whether a detector can begin with it: 1 or 0. */
  beginnings(conditions: number): Uint8Array;
}

/** Shorter walks make no strides: most end within a word. */
const SHORT = 16;

const ASCII = 128;

/** What an automaton does beyond its patterns. */
export interface AutomatonOptions {
  /** Which conditions each detector needs, as bits. @default none */
  readonly needs?: readonly number[];
  /** Repeats of letters up to that are counted. Words are many, and make many states. @default 8 */
  readonly letters?: number;
}

const COUNTED_LETTERS = 8;

/**
 * The automaton of those of the detectors of `sets` whose indices are given. A detector whose pattern is not known can
 * match anywhere, and its outcome is always open.
 */
export const createAutomaton = (
  sets: DetectorSets,
  indices: readonly number[],
  { needs = [], letters = COUNTED_LETTERS }: AutomatonOptions = {},
): Automaton => {
  const nfa = createNondeterministic(letters);
  const patterns = sets.detectors.map(({ pattern }, index) =>
    indices.includes(index) ? parsePattern(pattern) : undefined,
  );
  const entries = patterns.map((pattern, index) => (pattern === undefined ? undefined : nfa.add(pattern, index)));
  const unknown = sets.of(indices.filter((index) => entries[index] === undefined));
  const strides = createStrides(sets.none);
  const states = createDeterministic({ nfa, entries, needs, sets, forgotten: strides.clear });
  const { cells, advance } = states;

  const tables = new Map<number, Uint8Array>();
  const beginningsOf = (conditions: number): Uint8Array => {
    if (unknown !== sets.none) return new Uint8Array(ASCII + 1).fill(1);
    const begin = states.firstTests(conditions);
    return Uint8Array.from({ length: ASCII + 1 }, (_, unit) =>
      begin.some((test) => (unit < ASCII ? test(unit) : test.wide)) ? 1 : 0,
    );
  };

  const result: Look = { candidates: sets.none, open: false };

  /** Where the walk that is under way has come to. */
  let at = 0;
  let row = DEAD;
  let candidates = unknown;

  /** Walks on up to `end`. False where no more states may be made: then all that can still match is a candidate. */
  const walk = (text: string, end: number): boolean => {
    let now = row;
    let index = at;
    let known = true;
    for (; index < end && now !== DEAD; index++) {
      const unit = text.charCodeAt(index);
      const unitClass = unit < ASCII ? (cells.ascii[unit] as number) : cells.classOf(unit);
      let next = cells.table[now + unitClass] as number;
      if (next === UNKNOWN) {
        const made = advance(now, unitClass);
        if (made === undefined) {
          candidates = sets.union(candidates, states.aliveAt(now));
          known = false;
          break;
        }
        next = made;
      }
      now = next & ROW;
      if (next <= ROW) continue;
      if ((next & MATCHES) !== 0) candidates = sets.union(candidates, states.matchedAt(now));
      if ((next & ENDS) !== 0) now = DEAD;
    }
    row = now;
    at = index;
    return known;
  };

  /** Walks on in strides. */
  const stride = (text: string, end: number, version: number): boolean => {
    if (!walk(text, Math.min(end, at + (STRIDE - (at % STRIDE))))) return false;
    while (row !== DEAD && at + STRIDE <= end) {
      const from = row;
      const known = strides.find(version, at, from);
      if (known >= 0) {
        candidates = sets.union(candidates, strides.matched[known] as DetectorSet);
        row = strides.to[known] as number;
        at += STRIDE;
        continue;
      }
      const before = candidates;
      const begin = at;
      candidates = sets.none;
      const isWalked = walk(text, begin + STRIDE);
      if (isWalked) strides.keep(begin, from, row, candidates);
      candidates = sets.union(before, candidates);
      if (!isWalked) return false;
    }
    return walk(text, end);
  };

  return {
    look(text, from, conditions, version) {
      row = states.start(conditions);
      at = from;
      candidates = unknown;
      // No pattern looks further, though one that is not counted to its end may seem to.
      const end = Math.min(text.length, from + MAX_MATCH);
      const isWalked = walk(text, Math.min(end, from + SHORT));
      if (isWalked && row !== DEAD && at < end) stride(text, end, version);
      states.earn(at - from + 1);
      result.candidates = candidates;
      result.open = row !== DEAD || unknown !== sets.none;
      return result;
    },
    states,
    unknown,
    plainWords: () =>
      plainWordsOf(patterns.filter((_, index) => (needs[index] ?? 0) === 0).flatMap((each) => each ?? [])),
    beginnings(conditions) {
      const table = tables.get(conditions) ?? beginningsOf(conditions);
      tables.set(conditions, table);
      return table;
    },
  };
};
