/**
 * Which detectors can match at a place, and whether more text can change that: all patterns in one automaton, made
 * deterministic as texts need it. What has been seen before costs one look at a table a unit.
 * Source: Cox, "Regular Expression Matching in the Wild", 2010 (a cache of states with a bound).
 */

import type { DetectorSet, DetectorSets } from './detector-sets.ts';
import { createNondeterministic, DONE, type NfaState } from './nondeterministic.ts';
import { parsePattern } from './pattern-syntax.ts';
import { type PlainWords, plainWordsOf } from './plain-words.ts';
import { createStrides, STRIDE } from './strides.ts';
import { MAX_MATCH } from './types.ts';
import { createUnitClasses } from './unit-classes.ts';

/** What a look at a place says. */
export interface Look {
  /** Detectors that can match there; the others do not, whatever their look-aheads say. */
  candidates: DetectorSet;
  /** The text has ended before the outcome was sure. */
  open: boolean;
}

/** The table of an automaton, to be walked from outside. */
export interface Cells {
  /** To be read anew after {@link Automaton.make}: it is another one when there are more rows. */
  table: Int32Array;
  readonly ascii: Uint8Array;
  classOf(unit: number): number;
  /** Detectors that no table says anything of. */
  readonly unknown: DetectorSet;
}

/** All detectors of a redactor. */
export interface Automaton {
  /**
   * Looks at the place `at`. `conditions` are the bits of what holds there: a detector that needs one that does not is left
   * out. `version` is another one for each text. The look is the same object each time.
   */
  look(text: string, at: number, conditions: number, version: number): Look;
  /** The row that a walk begins in where these conditions hold. Rows of walks before may stand for something else now. */
  start(conditions: number): number;
  /**
   * The table as it is now: a row for each state, in which the next row stands for each class: 0 where nothing can match,
   * below 0 where it is not known yet, above {@link ROW} where something is matched or ends.
   */
  readonly cells: Cells;
  /** Makes what follows a row where a unit of a class is taken, unless too much was made. */
  make(row: number, unitClass: number): boolean;
  /** Says that so many units were passed over: more can be made. */
  passed(units: number): void;
  /** Words that no detector can match where no condition holds. */
  plainWords(): PlainWords;
  /** For each ASCII unit, and last for all others, whether a detector can begin with it: 1 or 0. */
  beginnings(conditions: number): Uint8Array;
}

/** Most states that are kept when a walk begins; then all are made anew. */
const MAX_STATES = 24_576;

/** States that may be made at once, and units that are read for each one more: hostile text cannot have them made without end. */
const START_CREDIT = 8192;
const UNITS_PER_STATE = 48;

/** Shorter walks make no strides: most end within a word. */
const SHORT = 16;

const ASCII = 128;
const UNKNOWN = -1;
const NONE = -1;
const DEAD = 0;

/** What is known of the next state, beside its row. */
const MATCHES = 1 << 28;
const ENDS = 1 << 29;
export const ROW: number = MATCHES - 1;

/** A state, beside its row in the table. */
interface State {
  /** The states of the nondeterministic automaton that it stands for: a unit each, so many of the first ones. */
  readonly members: string;
  readonly size: number;
  /** Detectors that are matched here. */
  readonly matched: DetectorSet;
  /** Detectors that can still match. */
  alive: DetectorSet | undefined;
}

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
  /** Which detector each state belongs to. */
  const owners = new Int32Array(nfa.states.length).fill(UNKNOWN);
  const classes = createUnitClasses(nfa.states.flatMap(({ accepts }) => accepts ?? []));

  const { ascii } = classes;
  /** Columns of a row: one a class. */
  const width = classes.limit;
  /** A row a state: where the row of the next state begins, and its flags. The first is that of the dead state. */
  const cells: Cells = { table: new Int32Array(width * 256), ascii, classOf: classes.of, unknown };
  let states: State[] = [];
  let numbers = new Map<string, number>();
  let starts: (number | undefined)[] = [];
  let credit = START_CREDIT;
  /** For each state of the nondeterministic automaton the number of its test, and where it goes. */
  const tests = Int32Array.from(nfa.states, ({ accepts }) =>
    accepts === undefined ? NONE : classes.numberOf(accepts),
  );
  const after = Int32Array.from(nfa.states, ({ to }) => to);
  /** The last step that reached each of them. */
  const reached = new Int32Array(nfa.states.length);
  let step = 0;
  /** The states that were reached in this step and take a unit, and how many. */
  const members = new Uint16Array(nfa.states.length);
  let size = 0;
  let matched: number[] = [];

  const newStep = (): void => {
    step += 1;
    size = 0;
    matched = [];
  };

  /** Adds the states that take a unit among those that can be reached from one without taking any. */
  const reach = (from: number): void => {
    if (from === DONE || reached[from] === step) return;
    reached[from] = step;
    if (tests[from] !== NONE) {
      members[size] = from;
      size += 1;
      return;
    }
    const { pattern, to, or } = nfa.states[from] as NfaState;
    if (pattern === undefined) {
      reach(to);
      reach(or);
    } else matched.push(pattern);
  };

  /** The row of what was reached in this step. */
  const rowOf = (): number => {
    const key = `${String.fromCharCode(...members.subarray(0, size).sort())}\0${matched.join(' ')}`;
    const known = numbers.get(key);
    if (known !== undefined) return known;
    const set = sets.of(matched);
    const row = states.length * width;
    if (row + width > cells.table.length) {
      const larger = new Int32Array(cells.table.length * 2);
      larger.set(cells.table);
      cells.table = larger;
    }
    cells.table.fill(UNKNOWN, row, row + width);
    states.push({ members: key, size, matched: set, alive: undefined });
    numbers.set(key, row);
    return row;
  };

  const forget = (): void => {
    states = [];
    numbers = new Map();
    starts = [];
    newStep();
    rowOf();
  };
  forget();

  /** Reaches what patterns begin with whose conditions hold. */
  const reachStart = (conditions: number): void => {
    newStep();
    for (const [index, entry] of entries.entries())
      if (entry !== undefined && ((needs[index] ?? 0) & ~conditions) === 0) reach(entry);
    matched = [];
  };

  const startOf = (conditions: number): number => {
    reachStart(conditions);
    const row = rowOf();
    starts[conditions] = row;
    return row;
  };

  const earn = (units: number): void => {
    credit = Math.min(START_CREDIT, credit + units / UNITS_PER_STATE);
  };

  const stateOf = (row: number): State => states[row / width] as State;

  /** The row after that of `row` where a unit of a class is taken, made now; undefined where no more may be made. */
  const advance = (row: number, unitClass: number): number | undefined => {
    if (credit < 1) return undefined;
    credit -= 1;
    newStep();
    const before = stateOf(row);
    const takes = classes.accepted(unitClass);
    for (let index = 0; index < before.size; index++) {
      const from = before.members.charCodeAt(index);
      if (takes[tests[from] as number] === 1) reach(after[from] as number);
    }
    const isDead = size === 0 && matched.length === 0;
    const flags = (matched.length > 0 ? MATCHES : 0) | (size === 0 && !isDead ? ENDS : 0);
    const next = isDead ? DEAD : rowOf() | flags;
    cells.table[row + unitClass] = next;
    return next;
  };

  const ownersOf = (): void => {
    const mark = (from: number, index: number): void => {
      const pending = [from];
      for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
        const state = nfa.states[at];
        if (at === DONE || state === undefined || owners[at] !== UNKNOWN) continue;
        owners[at] = index;
        pending.push(state.to, state.or);
      }
    };
    for (const [index, entry] of entries.entries()) if (entry !== undefined) mark(entry, index);
  };
  ownersOf();

  const aliveIn = (state: State): DetectorSet => {
    state.alive ??= sets.of(
      Array.from({ length: state.size }, (_, index) => owners[state.members.charCodeAt(index)] ?? 0),
    );
    return state.alive;
  };

  const tables = new Map<number, Uint8Array>();
  const beginningsOf = (conditions: number): Uint8Array => {
    if (unknown !== sets.none) return new Uint8Array(ASCII + 1).fill(1);
    reachStart(conditions);
    const begin = Array.from(members.subarray(0, size), (member) => nfa.states[member]?.accepts ?? []).flat();
    return Uint8Array.from({ length: ASCII + 1 }, (_, unit) =>
      begin.some((test) => (unit < ASCII ? test(unit) : test.wide)) ? 1 : 0,
    );
  };

  const strides = createStrides(sets.none);
  const start = (conditions: number): number => {
    if (states.length > MAX_STATES) {
      forget();
      strides.clear();
    }
    return starts[conditions] ?? startOf(conditions);
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
      const unitClass = unit < ASCII ? (ascii[unit] as number) : classes.of(unit);
      let next = cells.table[now + unitClass] as number;
      if (next === UNKNOWN) {
        const made = advance(now, unitClass);
        if (made === undefined) {
          candidates = sets.union(candidates, aliveIn(stateOf(now)));
          known = false;
          break;
        }
        next = made;
      }
      now = next & ROW;
      if (next <= ROW) continue;
      if ((next & MATCHES) !== 0) candidates = sets.union(candidates, stateOf(now).matched);
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
      row = start(conditions);
      at = from;
      candidates = unknown;
      // No pattern looks further, though one that is not counted to its end may seem to.
      const end = Math.min(text.length, from + MAX_MATCH);
      const isWalked = walk(text, Math.min(end, from + SHORT));
      if (isWalked && row !== DEAD && at < end) stride(text, end, version);
      earn(at - from + 1);
      result.candidates = candidates;
      result.open = row !== DEAD || unknown !== sets.none;
      return result;
    },
    start,
    passed: earn,
    make: (from, unitClass) => advance(from, unitClass) !== undefined,
    cells,
    plainWords: () =>
      plainWordsOf(patterns.filter((_, index) => (needs[index] ?? 0) === 0).flatMap((each) => each ?? [])),
    beginnings(conditions) {
      const table = tables.get(conditions) ?? beginningsOf(conditions);
      tables.set(conditions, table);
      return table;
    },
  };
};
