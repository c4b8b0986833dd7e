/** Detectors are checked when a redactor is made: one that cannot be run, or whose placeholders are none, is refused. */

import { callable, checkOptions, flag, listOf, type OptionCheck, oneOf, text } from '../options.ts';
import { longestOf, parsePattern } from './pattern-syntax.ts';
import { type Detector, MAX_MATCH } from './types.ts';

/** What placeholders can be made of, so that they are known again in a text that was redacted before. */
const ENTITY = /^[A-Z][A-Z\d_]{1,59}$/;

const entity: OptionCheck = (value) =>
  typeof value === 'string' && ENTITY.test(value) ? undefined : '2 to 60 capital letters, digits and underscores';

const stickyPattern: OptionCheck = (value) =>
  value instanceof RegExp && value.sticky ? undefined : 'a sticky regular expression';

const score: OptionCheck = (value) =>
  typeof value === 'number' && value >= 0 && value <= 1 ? undefined : 'a number from 0 to 1';

const oneUnit: OptionCheck = (value) => (typeof value === 'string' && value.length === 1 ? undefined : 'one character');

const CHECKS: Readonly<Record<keyof Detector, OptionCheck>> = {
  entity,
  rule: text(),
  pattern: stickyPattern,
  score,
  measure: callable,
  context: listOf(text()),
  assignedTo: listOf(text()),
  near: oneUnit,
  tail: oneOf('token', 'dotted-token', 'private-key'),
  byDefault: flag,
};

/**
 * Checks a detector of somebody else's.
 *
 * @throws TypeError for an unknown or invalid field, or a pattern that can match more than {@link MAX_MATCH} units.
 */
export const checkDetector = (detector: Detector): void => {
  const { entity: name, pattern, score: base } = detector;
  const owner = `detector ${ENTITY.test(String(name)) ? name : 'without a name'}`;
  // What is missing is refused like what is wrong.
  checkOptions(owner, { ...detector, entity: name ?? '', pattern: pattern ?? '', score: base ?? '' }, CHECKS);
  const parsed = parsePattern(pattern);
  if (parsed !== undefined && longestOf(parsed) > MAX_MATCH)
    throw new TypeError(`${owner}: the pattern must not match more than ${MAX_MATCH} units`);
};
