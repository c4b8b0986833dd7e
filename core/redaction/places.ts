/** Where in a text a value can begin. Functions of the module, not of a stream: they are the hot path, and stay compiled. */

import type { DetectorSet } from './detector-sets.ts';
import type { Engine } from './engine.ts';
import { assignedName, mayFollowName } from './surroundings.ts';
import { MAX_MATCH } from './types.ts';

/** What a stream remembers of the text that it looks at. */
export interface Places {
  readonly engine: Engine;
  /** For each ASCII unit, and last for all others, what can begin with it: {@link BEGINS} and {@link BEGINS_ALWAYS}. */
  readonly kinds: Uint8Array;
  /** Where the next character of each kind stands that detectors need, in the present text. */
  readonly found: number[];
  text: string;
  /** Another one for each text of any stream. */
  version: number;
  /** What the last look said. */
  candidates: DetectorSet;
  open: boolean;
}

/** Units within which a detector's character must stand. */
const NEAR = 65;

const ASCII = 128;
const BACKSLASH = 0x5c;

const ALPHANUMERIC = 1;
/** A value can begin with the unit, if its conditions hold. */
const BEGINS = 2;
/** A value can begin with the unit wherever it stands. */
const BEGINS_ALWAYS = 4;

const isAlphanumeric = (unit: number): boolean =>
  (unit >= 0x30 && unit <= 0x39) || (unit >= 0x41 && unit <= 0x5a) || (unit >= 0x61 && unit <= 0x7a);

/** Places of the texts that `engine` reads. */
export const createPlaces = (engine: Engine): Places => {
  const { free, assigned, nears, sets } = engine;
  const any = free.beginnings((1 << nears.length) - 1);
  const ifAssigned = assigned.beginnings(0);
  const kinds = Uint8Array.from(
    any,
    (begins, unit) =>
      (unit < ASCII && isAlphanumeric(unit) ? ALPHANUMERIC : 0) +
      (begins === 1 || ifAssigned[unit] === 1 ? BEGINS : 0) +
      (begins === 1 ? BEGINS_ALWAYS : 0),
  );
  return { engine, kinds, found: nears.map(() => -1), text: '', version: 0, candidates: sets.none, open: false };
};

const isNear = (places: Places, index: number, at: number, final: boolean): boolean => {
  const { text, found } = places;
  let where = found[index] as number;
  if (where < at) {
    const next = text.indexOf(places.engine.nears[index] as string, at);
    where = next < 0 ? text.length + NEAR : next;
    found[index] = where;
  }
  return where < at + NEAR || (!final && where > text.length && text.length - at < NEAR);
};

const conditionsAt = (places: Places, at: number, final: boolean): number => {
  let conditions = 0;
  for (let index = 0; index < places.found.length; index++)
    if (isNear(places, index, at, final)) conditions |= 1 << index;
  return conditions;
};

/** Adds what can stand at a place that may follow a name: the name is asked for where there is the shape of a value. */
const lookAssigned = (places: Places, at: number, settled: boolean): void => {
  const { text, version, engine } = places;
  const { assigned, named, sets } = engine;
  const { candidates, open } = assigned.look(text, at, 0, version);
  if (candidates === sets.none && (settled || !open)) return;
  const name = assignedName(text, at);
  if (name === undefined) return;
  places.candidates = sets.union(places.candidates, candidates.named(name));
  places.open ||= open && named.named(name) !== sets.none;
};

/** Looks at the place `at`: which detectors can match, and whether more text can change that. */
export const lookAt = (places: Places, at: number, final: boolean): void => {
  const { text, kinds, engine } = places;
  const settled = final || text.length - at >= MAX_MATCH;
  const unit = text.charCodeAt(at);
  if (((kinds[unit < ASCII ? unit : ASCII] as number) & BEGINS_ALWAYS) === 0) {
    places.candidates = engine.sets.none;
    places.open = false;
  } else {
    const look = engine.free.look(text, at, conditionsAt(places, at, final), places.version);
    places.candidates = look.candidates;
    places.open = look.open;
  }
  if (mayFollowName(text, at)) lookAssigned(places, at, settled);
  if (settled) places.open = false;
};

/**
 * Whether a value can begin at `index`: not within a run of letters and digits. A letter after a backslash is an escape,
 * as in `\nAKIA…` of JSON text: it belongs to no value, and one can begin right after it.
 */
const beginsRun = (text: string, index: number): boolean => {
  const before = text.charCodeAt(index - 1);
  if (before === BACKSLASH) return false;
  return index === 0 || !isAlphanumeric(before) || (index > 1 && text.charCodeAt(index - 2) === BACKSLASH);
};

/** The first unit from `from` on with which a value can begin, if its conditions hold; the end where there is none. */
const nextBeginning = (text: string, from: number, kinds: Uint8Array): number => {
  const end = text.length;
  let at = from;
  // What was left off at may be the letter of an escape, which begins nothing: what follows it may.
  if (at > 0 && at < end && text.charCodeAt(at - 1) === BACKSLASH && isAlphanumeric(text.charCodeAt(at))) at += 1;
  let within = at < end && !beginsRun(text, at);
  while (at < end) {
    const unit = text.charCodeAt(at);
    const kind = kinds[unit < ASCII ? unit : ASCII] as number;
    if ((kind & ALPHANUMERIC) === 0) {
      if ((kind & BEGINS) !== 0) return at;
      within = false;
      at += 1;
      // The letter after a backslash begins nothing, but what follows it may.
      if (unit === BACKSLASH && at < end && isAlphanumeric(text.charCodeAt(at))) at += 1;
    } else {
      if (!within && (kind & BEGINS) !== 0) return at;
      within = true;
      at += 1;
    }
  }
  return at;
};

/** The first unit after `at` that another value can begin with, for all that the one unit says. */
const after = (text: string, at: number): number => {
  const end = text.length;
  const unit = text.charCodeAt(at);
  let next = at + 1;
  if (unit === BACKSLASH) return next < end && isAlphanumeric(text.charCodeAt(next)) ? next + 1 : next;
  if (isAlphanumeric(unit)) while (next < end && isAlphanumeric(text.charCodeAt(next))) next += 1;
  return next;
};

/**
 * The next place, from `from` on, at which a detector can match or the outcome is open; the end of the text where there
 * is none.
 */
export const nextPlace = (places: Places, from: number, final: boolean): number => {
  const { text, kinds, engine } = places;
  const end = text.length;
  let at = nextBeginning(text, from, kinds);
  while (at < end) {
    lookAt(places, at, final);
    if (places.open || places.candidates !== engine.sets.none) return at;
    at = nextBeginning(text, after(text, at), kinds);
  }
  return end;
};

/** Says that the text is another one now. */
export const setText = (places: Places, text: string): void => {
  places.text = text;
  places.version = places.engine.nextVersion();
  places.found.fill(-1);
};
