/**
 * Whether more text can change what is found at a place. Each pattern is a small nondeterministic automaton (Thompson,
 * "Regular expression search algorithm", CACM 1968) whose live states are kept as a set, so that a unit of text costs at
 * most one look at each state. No live state at the end of the text: the pattern has looked at no unit beyond it by any
 * of its ways, so that its outcome stands.
 */

import { type PatternPart, parsePattern, type UnitTest } from './pattern-syntax.ts';
import type { TriggerTable } from './trigger-table.ts';
import { type Detector, MAX_MATCH } from './types.ts';

/** Says for one stream which places are still open. */
export interface Watch {
  /**
   * Whether a detector's outcome at `index` can change with more text. `offset` is that of `text` in the stream: a place
   * asked about before goes on from where the text ended then.
   */
  mayChange(text: string, index: number, offset: number): boolean;
  /** Forgets all places, since one is decided. */
  clear(): void;
}

/** Most parts that the automaton of one pattern is built from, with repeats written out; a larger pattern waits. */
const MAX_PARTS = 4096;

/** The state after a whole match, or after a look-ahead is decided: nothing more is looked at. */
const DONE = 0;

/** A state takes a unit that it `accepts` and goes `to` one state; without a test it takes none and goes to two. */
interface State {
  readonly accepts: UnitTest | undefined;
  readonly to: number;
  or: number;
}

/** What an automaton can be in at once. */
type StateSet = readonly number[];

const NONE: StateSet = [];

/** Where a place stands. */
interface Place {
  readonly at: number;
  live: StateSet;
  read: number;
}

/** The automata of all detectors in a table, each built when the first text needs it. */
export const createViability = (table: TriggerTable): (() => Watch) => {
  const states: State[] = [{ accepts: undefined, to: DONE, or: DONE }];
  const entries = new Map<Detector, number | undefined>();
  const starts = new Map<number, StateSet | undefined>();
  /** The last step that reached each state. */
  const reached: number[] = [];
  let step = 0;

  const add = (accepts: UnitTest | undefined, to: number, or: number): number => states.push({ accepts, to, or }) - 1;

  /** The state that `pattern` begins in, or undefined for one that is not known or too large. */
  const build = (pattern: PatternPart | undefined): number | undefined => {
    let parts = 0;
    /** Builds backwards: `next` is the state after `part`. */
    const before = (part: PatternPart, next: number): number => {
      parts += 1;
      if (parts > MAX_PARTS) return DONE;
      if (part.kind === 'unit') return add(part.accepts, next, DONE);
      if (part.kind === 'sequence') return part.parts.reduceRight((after, each) => before(each, after), next);
      if (part.kind === 'choice')
        return part.options.map((option) => before(option, next)).reduce((one, other) => add(undefined, one, other));
      // Both outcomes of a look-ahead go on; what it looks at is followed beside them.
      if (part.kind === 'look') return add(undefined, next, before(part.part, DONE));
      return beforeRepeat(part, next);
    };
    const beforeRepeat = ({ part, min, max }: PatternPart & { kind: 'repeat' }, next: number): number => {
      let first = next;
      if (max > MAX_MATCH) {
        const loop = add(undefined, next, DONE);
        const state = states[loop];
        if (state !== undefined) state.or = before(part, loop);
        first = loop;
      } else
        for (let count = min; count < max && parts <= MAX_PARTS; count++)
          first = add(undefined, next, before(part, first));
      for (let count = 0; count < min && parts <= MAX_PARTS; count++) first = before(part, first);
      return first;
    };
    if (pattern === undefined) return undefined;
    const first = before(pattern, DONE);
    return parts > MAX_PARTS ? undefined : first;
  };

  const entryOf = (detector: Detector): number | undefined => {
    if (!entries.has(detector)) entries.set(detector, build(parsePattern(detector.pattern)));
    return entries.get(detector);
  };

  /** Adds the states that take a unit among those that can be reached from one without taking any. */
  const reach = (from: number, into: number[]): void => {
    if (from === DONE || reached[from] === step) return;
    reached[from] = step;
    const state = states[from];
    if (state === undefined) return;
    if (state.accepts !== undefined) into.push(from);
    else {
      reach(state.to, into);
      reach(state.or, into);
    }
  };

  /** Where the detectors begin that can match at a unit; undefined when one of them cannot be followed. */
  const startOf = (unit: number): StateSet | undefined => {
    const detectors = table.slots[unit];
    if (detectors === undefined) return NONE;
    if (!starts.has(unit)) {
      const first = detectors.map(entryOf);
      const live: number[] = [];
      step += 1;
      for (const entry of first) reach(entry ?? DONE, live);
      starts.set(unit, first.includes(undefined) ? undefined : live);
    }
    return starts.get(unit);
  };

  const advance = (live: StateSet, unit: number): StateSet => {
    const after: number[] = [];
    step += 1;
    for (const index of live) {
      const state = states[index];
      if (state?.accepts?.(unit) === true) reach(state.to, after);
    }
    return after;
  };

  return () => {
    const places: Place[] = [];
    return {
      mayChange(text, index, offset) {
        let place = places.find(({ at }) => at === offset + index);
        if (place === undefined) {
          const live = startOf(text.charCodeAt(index));
          if (live === undefined) return true;
          place = { at: offset + index, live, read: 0 };
          places.push(place);
        }
        while (place.live.length > 0 && index + place.read < text.length) {
          place.live = advance(place.live, text.charCodeAt(index + place.read));
          place.read += 1;
        }
        return place.live.length > 0;
      },
      clear() {
        if (places.length > 0) places.length = 0;
      },
    };
  };
};
