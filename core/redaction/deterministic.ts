/**
 * The states of an automaton, made deterministic as texts need them, each a row of a table: as many as texts have earned by
 * their length, and no more than a bound.
 */

import type { DetectorSet, DetectorSets } from './detector-sets.ts';
import { DONE, type NfaState, type Nondeterministic } from './nondeterministic.ts';
import type { UnitTest } from './pattern-syntax.ts';
import { createUnitClasses } from './unit-classes.ts';

/**
 * The table as it is now: a row for each state, in which the next row stands for each class of units: {@link DEAD} where
 * nothing can match, {@link UNKNOWN} where it is not known yet, above {@link ROW} where something is matched or ends.
 */
export interface Cells {
  /** To be read anew after {@link Deterministic.advance}: it is another one when there are more rows. */
  table: Int32Array;
  readonly ascii: Uint8Array;
  classOf(unit: number): number;
}

/** The states that were made so far. */
export interface Deterministic {
  readonly cells: Cells;
  /** The row that a walk begins in where these conditions hold. Rows of walks before may stand for something else now. */
  start(conditions: number): number;
  /** What follows a row where a unit of a class is taken, made now; undefined where no more may be made. */
  advance(row: number, unitClass: number): number | undefined;
  /** Says that so many units were read or passed over: more can be made. */
  earn(units: number): void;
  /** Detectors that are matched where a walk has come to a row. */
  matchedAt(row: number): DetectorSet;
  /** Detectors that can still match there. */
  aliveAt(row: number): DetectorSet;
  /** What patterns begin with whose conditions hold. */
  firstTests(conditions: number): readonly UnitTest[];
}

/** What states are made of. */
export interface DeterministicOptions {
  readonly nfa: Nondeterministic;
  /** For each detector the state that its pattern begins in; undefined for one that is none of them. */
  readonly entries: readonly (number | undefined)[];
  /** For each detector which conditions it needs, as bits. */
  readonly needs: readonly number[];
  readonly sets: DetectorSets;
  /** All rows are made anew. */
  forgotten(): void;
}

/** Most states that are kept when a walk begins; then all are made anew. */
const MAX_STATES = 24_576;

/** States that may be made at once, and units that are read for each one more: hostile text cannot have them made without end. */
const START_CREDIT = 8192;
const UNITS_PER_STATE = 48;

export const UNKNOWN = -1;
const NONE = -1;
export const DEAD = 0;

/** What is known of the next state, beside its row. */
export const MATCHES: number = 1 << 28;
export const ENDS: number = 1 << 29;
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

/** No states but the dead one. */
export const createDeterministic = ({ nfa, entries, needs, sets, forgotten }: DeterministicOptions): Deterministic => {
  /** Which detector each state belongs to. */
  const owners = new Int32Array(nfa.states.length).fill(UNKNOWN);
  const classes = createUnitClasses(nfa.states.flatMap(({ accepts }) => accepts ?? []));

  const { ascii } = classes;
  /** Columns of a row: one a class. */
  const width = classes.limit;
  /** A row a state: where the row of the next state begins, and its flags. The first is that of the dead state. */
  const cells: Cells = { table: new Int32Array(width * 256), ascii, classOf: classes.of };
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

  return {
    cells,
    start(conditions) {
      if (states.length > MAX_STATES) {
        forget();
        forgotten();
      }
      return starts[conditions] ?? startOf(conditions);
    },
    advance,
    earn,
    matchedAt: (row) => stateOf(row).matched,
    aliveAt: (row) => aliveIn(stateOf(row)),
    firstTests(conditions) {
      reachStart(conditions);
      return Array.from(members.subarray(0, size), (member) => nfa.states[member]?.accepts ?? []).flat();
    },
  };
};
