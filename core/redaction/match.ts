/** What a detector finds at one place. */

import type { DetectorSet } from './detector-sets.ts';
import { lookAt, type Places } from './places.ts';
import { isInContext } from './surroundings.ts';
import { CONTEXT_BOOST, type Detector, MIN_IN_CONTEXT } from './types.ts';

/** A match: what is replaced, and by whom. Offsets into the text that was looked at. */
export interface Match {
  readonly detector: Detector;
  readonly start: number;
  readonly end: number;
  readonly score: number;
}

const scoreOf = ({ context, score }: Detector, text: string, index: number): number =>
  context !== undefined && score < 1 && isInContext(text, index, context)
    ? Math.max(Math.min(1, score + CONTEXT_BOOST), MIN_IN_CONTEXT)
    : score;

const tryDetector = (detector: Detector, text: string, index: number, minScore: number): Match | undefined => {
  const { pattern, measure } = detector;
  pattern.lastIndex = index;
  const found = pattern.exec(text);
  if (found === null) return undefined;
  const value = found.groups?.['value'];
  const start = value === undefined ? index : index + found[0].lastIndexOf(value);
  const matched = value ?? found[0];
  const length = measure === undefined ? matched.length : measure(matched);
  if (length <= 0) return undefined;
  const score = scoreOf(detector, text, index);
  return score >= minScore ? { detector, start, end: start + length, score } : undefined;
};

/** More text can change what is found. */
export const UNSETTLED = 'unsettled';

/** The best match of what can match at `index`: the surest, then the longest. */
const bestOf = ({ detectors }: DetectorSet, text: string, index: number, minScore: number): Match | undefined => {
  let best: Match | undefined;
  for (const detector of detectors) {
    const match = tryDetector(detector, text, index, minScore);
    if (match === undefined) continue;
    const surer = best === undefined || match.score > best.score;
    const longer = best !== undefined && match.score === best.score && match.end > best.end;
    if (surer || longer) best = match;
  }
  return best;
};

/**
 * The best match at `index`, at which `places` has looked last and found it settled: more text changes nothing. A value
 * within the match may be open still.
 */
export const matchAt = (
  places: Places,
  index: number,
  final: boolean,
  minScore: number,
): Match | undefined | typeof UNSETTLED => {
  const { text } = places;
  const best = bestOf(places.candidates, text, index, minScore);
  if (best === undefined || best.start === index) return best;
  // A word that announces a secret says less than the secret itself.
  lookAt(places, best.start, final);
  if (places.open) return UNSETTLED;
  const itself = bestOf(places.candidates, text, best.start, minScore);
  const same = itself !== undefined && itself.detector.entity === best.detector.entity;
  return same && itself.end >= best.end ? itself : best;
};
