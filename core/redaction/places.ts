/** Where in a text a value can begin. */

import type { Look } from './automaton.ts';
import { ASSIGNED, type Engine } from './engine.ts';
import { mayBeAssigned } from './may-be-assigned.ts';
import { assignedName } from './surroundings.ts';
import { MAX_MATCH } from './types.ts';

/** Goes over a text from place to place. One a stream: it remembers what it has looked at. */
export interface Places {
  /**
   * The next place, from `from` on, at which a detector can match or the outcome is open; the end of the text where there
   * is none. What the look at it said is in `look`.
   */
  next(text: string, from: number, final: boolean): number;
  /** What a look at the place `at` says; it is not open where more text changes nothing. */
  lookAt(text: string, at: number, final: boolean): Look;
  /** The last look. */
  readonly look: Look;
}

/** Units within which a detector's character must stand. */
const NEAR = 65;

const ASCII = 128;
const BACKSLASH = 0x5c;

const isAlphanumeric = (unit: number): boolean =>
  (unit >= 0x30 && unit <= 0x39) || (unit >= 0x41 && unit <= 0x5a) || (unit >= 0x61 && unit <= 0x7a);

const ALPHANUMERIC = Uint8Array.from({ length: ASCII + 1 }, (_, unit) =>
  unit < ASCII && isAlphanumeric(unit) ? 1 : 0,
);

/**
 * Whether a value can begin at `index`: not within a run of letters and digits. A letter after a backslash is an escape,
 * as in `\nAKIA…` of JSON text: it belongs to no value, and one can begin right after it.
 */
const beginsRun = (text: string, index: number): boolean => {
  const before = text.charCodeAt(index - 1);
  if (before === BACKSLASH) return false;
  return index === 0 || !isAlphanumeric(before) || (index > 1 && text.charCodeAt(index - 2) === BACKSLASH);
};

/** Places of the texts that `engine` reads. */
export const createPlaces = ({ automaton, nears, keywords }: Engine): Places => {
  const everything = (2 << nears.length) - 1;
  const beginnings = automaton.beginnings(everything);
  const always = automaton.beginnings(0);
  /** Where the next character of each kind stands that detectors need; in which text. */
  const found = new Float64Array(nears.length);
  let foundIn = '';

  /** Whether a value at `at` is assigned to a name that a detector knows. */
  const hasKeyword = (text: string, at: number): boolean => {
    if (keywords === undefined || !mayBeAssigned(text, at)) return false;
    const name = assignedName(text, at);
    return name !== undefined && keywords.test(name);
  };

  const isNear = (index: number, text: string, at: number, final: boolean): boolean => {
    let where = found[index] as number;
    if (where < at) {
      const next = text.indexOf(nears[index] as string, at);
      where = next < 0 ? Number.POSITIVE_INFINITY : next;
      found[index] = where;
    }
    return where < at + NEAR || (!final && where === Number.POSITIVE_INFINITY && text.length - at < NEAR);
  };

  const conditionsAt = (text: string, at: number, final: boolean): number => {
    if (text !== foundIn) {
      found.fill(-1);
      foundIn = text;
    }
    let conditions = hasKeyword(text, at) ? ASSIGNED : 0;
    for (let index = 0; index < nears.length; index++) if (isNear(index, text, at, final)) conditions |= 2 << index;
    return conditions;
  };

  const lookAt = (
    text: string,
    at: number,
    final: boolean,
    conditions: number = conditionsAt(text, at, final),
  ): Look => {
    const look = automaton.look(text, at, conditions);
    if (final || text.length - at >= MAX_MATCH) look.open = false;
    return look;
  };

  const isPlace = (text: string, at: number, unit: number, final: boolean): boolean => {
    const kind = unit < ASCII ? unit : ASCII;
    if (beginnings[kind] === 0) return false;
    const conditions = conditionsAt(text, at, final);
    if (conditions === 0 && always[kind] === 0) return false;
    const look = lookAt(text, at, final, conditions);
    return look.open || look.candidates.detectors.length > 0;
  };

  return {
    next(text, from, final) {
      const end = text.length;
      let at = from;
      if (at < end && ALPHANUMERIC[Math.min(text.charCodeAt(at), ASCII)] === 1 && !beginsRun(text, at)) {
        at += 1;
        while (at < end && ALPHANUMERIC[Math.min(text.charCodeAt(at), ASCII)] === 1 && !beginsRun(text, at)) at += 1;
      }
      while (at < end) {
        const unit = text.charCodeAt(at);
        if (isPlace(text, at, unit, final)) return at;
        at += 1;
        if (unit === BACKSLASH) {
          if (ALPHANUMERIC[Math.min(text.charCodeAt(at), ASCII)] === 1) at += 1;
        } else if (unit < ASCII && ALPHANUMERIC[unit] === 1)
          while (at < end) {
            const next = text.charCodeAt(at);
            if (next >= ASCII || ALPHANUMERIC[next] === 0) break;
            at += 1;
          }
      }
      return Math.min(at, end);
    },
    lookAt,
    look: automaton.last,
  };
};
