/** Which detectors can match where: by the first character, so that most of a text is passed over in one look. */

import type { Detector } from './types.ts';

/** Detectors by the code of the first character of a match. */
export type TriggerTable = readonly (readonly Detector[] | undefined)[];

const TABLE_SIZE = 128;

/** @throws TypeError for a detector that starts with anything but ASCII, or whose pattern is not sticky. */
export const createTriggerTable = (detectors: readonly Detector[]): TriggerTable => {
  const table: Detector[][] = Array.from({ length: TABLE_SIZE }, () => []);
  for (const detector of detectors) {
    if (!detector.pattern.sticky) throw new TypeError(`detector ${detector.entity}: the pattern must be sticky`);
    for (const start of detector.starts) {
      const slot = table[start.charCodeAt(0)];
      if (slot === undefined) throw new TypeError(`detector ${detector.entity}: starts must be ASCII`);
      slot.push(detector);
    }
  }
  return table.map((slot) => (slot.length > 0 ? slot : undefined));
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
