/** What a detector finds at one place. */

import { assignedName, isInContext, namesOneOf } from './surroundings.ts';
import type { TriggerTable } from './trigger-table.ts';
import { CONTEXT_BOOST, type Detector, MIN_IN_CONTEXT } from './types.ts';

/** A match: what is replaced, and by whom. Offsets into the text that was looked at. */
export interface Match {
  readonly detector: Detector;
  readonly start: number;
  readonly end: number;
  readonly score: number;
}

const scoreOf = ({ context, score }: Detector, text: string, index: number): number =>
  context !== undefined && isInContext(text, index, context)
    ? Math.max(Math.min(1, score + CONTEXT_BOOST), MIN_IN_CONTEXT)
    : score;

const isAssigned = ({ assignedTo }: Detector, text: string, index: number): boolean => {
  if (assignedTo === undefined) return true;
  const name = assignedName(text, index);
  return name !== undefined && namesOneOf(name, assignedTo);
};

const tryDetector = (detector: Detector, text: string, index: number, minScore: number): Match | undefined => {
  const { pattern, measure } = detector;
  pattern.lastIndex = index;
  const found = pattern.exec(text);
  if (found === null || !isAssigned(detector, text, index)) return undefined;
  const value = found.groups?.['value'];
  const start = value === undefined ? index : index + found[0].lastIndexOf(value);
  const matched = value ?? found[0];
  const length = measure === undefined ? matched.length : measure(matched);
  const score = scoreOf(detector, text, index);
  return length > 0 && score >= minScore ? { detector, start, end: start + length, score } : undefined;
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
  for (const detector of table.slots[text.charCodeAt(index)] ?? []) {
    const match = tryDetector(detector, text, index, table.minScore);
    if (match === undefined) continue;
    const surer = best === undefined || match.score > best.score;
    const longer = best !== undefined && match.score === best.score && match.end > best.end;
    if (surer || longer) best = match;
  }
  if (best === undefined || best.start === index) return best;
  // A word that announces a secret says less than the secret itself.
  const itself = matchAt(table, text, best.start, settled);
  if (itself === UNSETTLED) return UNSETTLED;
  const same = itself !== undefined && itself.detector.entity === best.detector.entity;
  return same && itself.end >= best.end ? itself : best;
};
