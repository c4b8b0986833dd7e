/** What a redactor runs: its detectors in one automaton, and what they need to know of a place. */

import { type Automaton, createAutomaton } from './automaton.ts';
import { longestOf, parsePattern } from './pattern-syntax.ts';
import { type Detector, MAX_MATCH } from './types.ts';

/** The detectors of a redactor, made ready. */
export interface Engine {
  readonly automaton: Automaton;
  /** Characters that detectors need near by: the condition of number `n` is bit `n + 1`. */
  readonly nears: readonly string[];
  /** Least score of a match that counts. */
  readonly minScore: number;
  readonly detectors: readonly Detector[];
}

/** Condition: a value can be assigned to a name here. */
export const ASSIGNED = 1;

/** Most characters that are looked for; those of further detectors are not. */
const MAX_NEARS = 8;

const check = ({ entity, pattern }: Detector): void => {
  if (!pattern.sticky) throw new TypeError(`detector ${entity}: the pattern must be sticky`);
  const parsed = parsePattern(pattern);
  if (parsed !== undefined && longestOf(parsed) > MAX_MATCH)
    throw new TypeError(`detector ${entity}: the pattern must not match more than ${MAX_MATCH} units`);
};

/** @throws TypeError for a detector whose pattern is not sticky, or can match more than {@link MAX_MATCH} units. */
export const createEngine = (detectors: readonly Detector[], minScore: number): Engine => {
  for (const detector of detectors) check(detector);
  const nears = [...new Set(detectors.flatMap(({ near }) => near ?? []))].slice(0, MAX_NEARS);
  const needs = detectors.map(
    ({ near, assignedTo }) =>
      (assignedTo === undefined ? 0 : ASSIGNED) |
      (near === undefined || !nears.includes(near) ? 0 : 2 << nears.indexOf(near)),
  );
  let automaton: Automaton | undefined;
  return {
    get automaton() {
      automaton ??= createAutomaton(detectors, needs);
      return automaton;
    },
    nears,
    minScore,
    detectors,
  };
};
