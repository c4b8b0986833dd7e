/** What a detector finds at one place. */

import { NEAR } from './near.ts';
import { lookAt, type Places } from './places.ts';
import { isInContext } from './surroundings.ts';
import { CONTEXT, CONTEXT_BOOST, type Detector, MAX_MATCH, MIN_IN_CONTEXT } from './types.ts';

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

/** How much of a match holds. What is no length counts as all of it: a value rather goes out than stays. */
const lengthOf = ({ measure }: Detector, matched: string): number => {
  if (measure === undefined) return matched.length;
  try {
    const length = measure(matched);
    return Number.isInteger(length) && length <= matched.length ? length : matched.length;
  } catch {
    return matched.length; // what was thrown may quote the value
  }
};

/** The same patterns, telling where groups are. */
const withIndices = new WeakMap<RegExp, RegExp>();

const groupIndex = (pattern: RegExp, text: string, at: number): number => {
  const known = withIndices.get(pattern) ?? new RegExp(pattern.source, `${pattern.flags.replace('d', '')}d`);
  withIndices.set(pattern, known);
  known.lastIndex = at;
  return known.exec(text)?.indices?.groups?.['value']?.[0] ?? at;
};

/** Where the value begins of a match at `at`. Only where its text stands there twice, or outside, it takes a second look. */
const valueIndex = (pattern: RegExp, text: string, [whole]: RegExpExecArray, value: string, at: number): number => {
  const first = whole.indexOf(value);
  const isSure = first >= 0 && first === whole.lastIndexOf(value);
  return isSure ? at + first : Math.max(at, groupIndex(pattern, text, at));
};

/** What a pattern sees: of one that nothing is known of, no more than it may match, so that it takes no longer. */
const seenBy = (detector: Detector, { engine, text }: Places, index: number): readonly [text: string, from: number] => {
  if (engine.unknown.size === 0 || !engine.unknown.has(detector)) return [text, 0];
  const from = Math.max(0, index - CONTEXT);
  return [text.slice(from, index + MAX_MATCH), from];
};

/** Whether a match has what its detector needs; one that has not was not looked for everywhere. */
const isNear = ({ near }: Detector, [whole]: RegExpExecArray): boolean => {
  if (near === undefined) return true;
  const at = whole.indexOf(near);
  return at >= 0 && at < NEAR;
};

const tryDetector = (detector: Detector, places: Places, index: number): Match | undefined => {
  const { pattern } = detector;
  const [seen, from] = seenBy(detector, places, index);
  pattern.lastIndex = index - from;
  const found = pattern.exec(seen);
  if (found === null || !isNear(detector, found)) return undefined;
  const value = found.groups?.['value'];
  const start = value === undefined ? index : from + valueIndex(pattern, seen, found, value, index - from);
  const length = lengthOf(detector, value ?? found[0]);
  if (length <= 0) return undefined;
  const score = scoreOf(detector, places.text, index);
  return score >= places.engine.minScore ? { detector, start, end: start + length, score } : undefined;
};

/** More text can change what is found. */
export const UNSETTLED = 'unsettled';

/** The best match of what can match at `index`: the surest, then the longest. */
const bestAt = (places: Places, index: number): Match | undefined => {
  let best: Match | undefined;
  for (const detector of places.candidates.detectors) {
    const match = tryDetector(detector, places, index);
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
export const matchAt = (places: Places, index: number, final: boolean): Match | undefined | typeof UNSETTLED => {
  const best = bestAt(places, index);
  if (best === undefined || best.start === index) return best;
  // A word that announces a secret says less than the secret itself.
  lookAt(places, best.start, final);
  if (places.open) return UNSETTLED;
  const itself = bestAt(places, best.start);
  const same = itself !== undefined && itself.detector.entity === best.detector.entity;
  return same && itself.end >= best.end ? itself : best;
};
