/** What a redactor runs: its detectors in one automaton, and what they need to know of a place. */

import { type Automaton, createAutomaton } from './automaton.ts';
import { unitKinds } from './beginnings.ts';
import { createDetectorSets, type DetectorSet, type DetectorSets } from './detector-sets.ts';
import { headsOf } from './name-keywords.ts';
import { NO_PLAIN_WORDS, type PlainWords, SPACES } from './plain-words.ts';
import type { Detector } from './types.ts';

/** The detectors of a redactor, made ready. */
export interface Engine {
  /** Of detectors whose values count wherever they stand. */
  readonly free: Automaton;
  /** Of those whose values count where they are assigned to a name. */
  readonly assigned: Automaton;
  readonly sets: DetectorSets;
  /** Detectors whose patterns no automaton follows. */
  readonly unknown: ReadonlySet<Detector>;
  /** What each ASCII unit is to a place, and last all others: see {@link unitKinds}. */
  readonly kinds: Uint8Array;
  /** Words that no detector can match. */
  readonly plainWords: PlainWords;
  /** Of the keywords of `assigned`: see {@link headsOf}. */
  readonly heads: Int32Array;
  /** The detectors of `assigned`. */
  readonly named: DetectorSet;
  /** Characters that detectors need near by: the condition of number `n` is bit `n`. */
  readonly nears: readonly string[];
  /** A number that no text has had. */
  nextVersion(): number;
  /** Least score of a match that counts. */
  readonly minScore: number;
}

/** Versions come again after so many texts. */
const MAX_VERSION = 0x3fffffff;

/** Letters of a word that is no value by its length alone. */
const LONGEST_WORD = 20;

/** Most characters that are looked for; those of further detectors are not. */
const MAX_NEARS = 8;

/** An engine of detectors that were checked: see `checkDetector`. */
export const createEngine = (detectors: readonly Detector[], minScore: number): Engine => {
  const nears = [...new Set(detectors.flatMap(({ near }) => near ?? []))].slice(0, MAX_NEARS);
  const needs = detectors.map(({ near }) =>
    near === undefined || !nears.includes(near) ? 0 : 1 << nears.indexOf(near),
  );
  const sets = createDetectorSets(detectors);
  const indicesOf = (isAssigned: boolean): readonly number[] =>
    detectors.flatMap(({ assignedTo }, index) => ((assignedTo !== undefined) === isAssigned ? [index] : []));
  const named = sets.of(indicesOf(true));
  let version = 0;
  let free: Automaton | undefined;
  let assigned: Automaton | undefined;
  let unknown: ReadonlySet<Detector> | undefined;
  let kinds: Uint8Array | undefined;
  let heads: Int32Array | undefined;
  let plainWords: PlainWords | undefined;
  return {
    get free() {
      free ??= createAutomaton(sets, indicesOf(false), { needs });
      return free;
    },
    get assigned() {
      assigned ??= createAutomaton(sets, named.indices, { letters: LONGEST_WORD });
      return assigned;
    },
    get unknown() {
      unknown ??= new Set([...this.free.unknown.detectors, ...this.assigned.unknown.detectors]);
      return unknown;
    },
    get kinds() {
      kinds ??= unitKinds(this.free.beginnings((1 << nears.length) - 1), this.assigned.beginnings(0));
      return kinds;
    },
    get plainWords() {
      // What is assigned to a name does not begin right after a letter, but may with further spaces.
      const begins = this.assigned.beginnings(0);
      plainWords ??= SPACES.some((unit) => begins[unit] === 1) ? NO_PLAIN_WORDS : this.free.plainWords();
      return plainWords;
    },
    get heads() {
      heads ??= headsOf(named.detectors.flatMap(({ assignedTo }) => assignedTo ?? []));
      return heads;
    },
    sets,
    named,
    nears,
    nextVersion() {
      version = (version + 1) & MAX_VERSION;
      return version;
    },
    minScore,
  };
};
