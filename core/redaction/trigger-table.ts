/** Which detectors can match where: by the first character, so that most of a text is passed over in one look. */

import { firstUnits, parsePattern } from './pattern-syntax.ts';
import type { Detector } from './types.ts';

/** Detectors by the code of the first character of a match. */
export interface TriggerTable {
  readonly slots: readonly (readonly Detector[] | undefined)[];
  /** Least score of a match that counts. */
  readonly minScore: number;
}

const TABLE_SIZE = 128;

/** @throws TypeError for a detector whose pattern is not sticky. */
export const createTriggerTable = (detectors: readonly Detector[], minScore: number): TriggerTable => {
  const table: Detector[][] = Array.from({ length: TABLE_SIZE }, () => []);
  for (const detector of detectors) {
    if (!detector.pattern.sticky) throw new TypeError(`detector ${detector.entity}: the pattern must be sticky`);
    const starts = firstUnits(parsePattern(detector.pattern));
    for (const [unit, slot] of table.entries()) if (starts(unit)) slot.push(detector);
  }
  return { slots: table.map((slot) => (slot.length > 0 ? slot : undefined)), minScore };
};

/** Whether a UTF-16 unit is an ASCII letter or digit. */
export const isAlphanumeric = (unit: number): boolean =>
  (unit >= 0x30 && unit <= 0x39) || (unit >= 0x41 && unit <= 0x5a) || (unit >= 0x61 && unit <= 0x7a);

const BACKSLASH = 0x5c;

/**
 * Whether a value can start at `index`: not within a run of letters and digits. A letter after a backslash is an escape,
 * as in `\nAKIA…` of JSON text: it belongs to no value, and one can start right after it.
 */
export const startsRun = (text: string, index: number): boolean => {
  const before = text.charCodeAt(index - 1);
  if (before === BACKSLASH) return false;
  return index === 0 || !isAlphanumeric(before) || (index > 1 && text.charCodeAt(index - 2) === BACKSLASH);
};
