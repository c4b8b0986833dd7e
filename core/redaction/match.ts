/** What a detector finds at one place. */

import type { TriggerTable } from './trigger-table.ts';
import { CONTEXT, type Detector } from './types.ts';

/** A match: what is replaced, and by whom. Offsets into the text that was looked at. */
export interface Match {
  readonly detector: Detector;
  readonly start: number;
  readonly end: number;
}

const hasContext = (detector: Detector, text: string, index: number): boolean => {
  if (detector.context === undefined) return true;
  const before = text.slice(Math.max(0, index - CONTEXT), index).toLowerCase();
  return detector.context.some((word) => before.includes(word));
};

const tryDetector = (detector: Detector, text: string, index: number): Match | undefined => {
  const { pattern, measure } = detector;
  pattern.lastIndex = index;
  const found = pattern.exec(text);
  if (found === null || !hasContext(detector, text, index)) return undefined;
  const value = found.groups?.['value'];
  const start = value === undefined ? index : index + found[0].lastIndexOf(value);
  const matched = value ?? found[0];
  const length = measure === undefined ? matched.length : measure(matched);
  return length > 0 ? { detector, start, end: start + length } : undefined;
};

/** More text can change what is found. */
export const UNSETTLED = 'unsettled';

/**
 * The best match that starts at `index`: the surest, then the longest. It looks at places that are `settled` only: those
 * where more text changes nothing.
 */
export const matchAt = (
  table: TriggerTable,
  text: string,
  index: number,
  settled: (index: number) => boolean,
): Match | undefined | typeof UNSETTLED => {
  if (!settled(index)) return UNSETTLED;
  let best: Match | undefined;
  for (const detector of table[text.charCodeAt(index)] ?? []) {
    const match = tryDetector(detector, text, index);
    if (match === undefined) continue;
    const surer = best === undefined || detector.score > best.detector.score;
    const longer = best !== undefined && detector.score === best.detector.score && match.end > best.end;
    if (surer || longer) best = match;
  }
  if (best === undefined || best.start === index) return best;
  // A word that announces a secret says less than the secret itself.
  const itself = matchAt(table, text, best.start, settled);
  if (itself === UNSETTLED) return UNSETTLED;
  const same = itself !== undefined && itself.detector.entity === best.detector.entity;
  return same && itself.end >= best.end ? itself : best;
};
