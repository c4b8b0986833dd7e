/**
 * What a redactor finds, by the rules alone: each detector's pattern is tried at each place, one after the other. No
 * automaton, no table, no stream: slow, and simple enough to be believed.
 */

import type { Finding } from '../../core/redaction/index.ts';
import { namesOneOf } from '../../core/redaction/name-keywords.ts';
import { assignedName, isInContext, mayFollowName } from '../../core/redaction/surroundings.ts';
import { CONTEXT_BOOST, type Detector, MIN_IN_CONTEXT } from '../../core/redaction/types.ts';

interface Match {
  readonly detector: Detector;
  readonly start: number;
  readonly end: number;
  readonly score: number;
}

const NEAR = 65;
const ALPHANUMERIC = /[A-Za-z0-9]/;

const isAlphanumeric = (text: string, at: number): boolean => ALPHANUMERIC.test(text.charAt(at));

const ESCAPE_LETTER = /\\[abefnrtuvx0]$/;
const ESCAPE_OF_DIGITS = /(?:%|\\x)[\dA-Fa-f]{2}$|\\u[\dA-Fa-f]{4}$/;

/** Where a run of letters and digits begins, the letter of an escape not counted; after an escape; and every other character. */
const isPlace = (text: string, at: number): boolean => {
  if (!isAlphanumeric(text, at)) return true;
  const [before, upTo] = [text.slice(0, at), text.slice(0, at + 1)];
  if (ESCAPE_LETTER.test(upTo)) return false;
  return !isAlphanumeric(text, at - 1) || ESCAPE_LETTER.test(before) || ESCAPE_OF_DIGITS.test(before);
};

/** Whether a detector is tried at a place. */
const isTried = ({ assignedTo }: Detector, name: string | undefined): boolean =>
  assignedTo === undefined || (name !== undefined && namesOneOf(name, assignedTo));

const tried = (detector: Detector, text: string, at: number): Match | undefined => {
  const { pattern, measure, context, score, near } = detector;
  const found = new RegExp(pattern.source, `${pattern.flags}d`);
  found.lastIndex = at;
  const match = found.exec(text);
  if (match === null) return undefined;
  const [whole] = match;
  if (near !== undefined && !whole.slice(0, NEAR).includes(near)) return undefined;
  const value = match.groups?.['value'] ?? whole;
  const start = Math.max(at, match.indices?.groups?.['value']?.[0] ?? at);
  const length = measure === undefined ? value.length : measure(value);
  if (length <= 0) return undefined;
  const isLikely = context !== undefined && score < 1 && isInContext(text, at, context);
  const sure = isLikely ? Math.max(Math.min(1, score + CONTEXT_BOOST), MIN_IN_CONTEXT) : score;
  return { detector, start, end: start + length, score: sure };
};

/** The surest match at a place, of those the longest, of those the first. */
const bestAt = (detectors: readonly Detector[], minScore: number, text: string, at: number): Match | undefined => {
  const name = mayFollowName(text, at) ? assignedName(text, at) : undefined;
  return detectors
    .filter((detector) => isTried(detector, name))
    .flatMap((detector) => tried(detector, text, at) ?? [])
    .filter(({ score }) => score >= minScore)
    .reduce<Match | undefined>(
      (best, match) =>
        best === undefined || match.score > best.score || (match.score === best.score && match.end > best.end)
          ? match
          : best,
      undefined,
    );
};

/** A word that announces a secret says less than the secret itself. */
const matchAt = (detectors: readonly Detector[], minScore: number, text: string, at: number): Match | undefined => {
  const best = bestAt(detectors, minScore, text, at);
  if (best === undefined || best.start === at) return best;
  const itself = bestAt(detectors, minScore, text, best.start);
  return itself?.detector.entity === best.detector.entity && itself.end >= best.end ? itself : best;
};

const TAILS = {
  token: /[A-Za-z0-9_\-+/=~]*/y,
  'dotted-token': /(?:[A-Za-z0-9_\-+/=~]|\.(?=[A-Za-z0-9_\-+/=~]))*/y,
  'private-key': /[\s\S]*?(?:-----END [A-Z0-9 ]{0,40}-----|$)/y,
};

/** Where a value ends whose match ends at `end`. */
const tailEnd = ({ tail }: Detector, text: string, end: number): number => {
  if (tail === undefined) return end;
  const pattern = TAILS[tail];
  pattern.lastIndex = end;
  return end + (pattern.exec(text)?.[0].length ?? 0);
};

/** Hands out numbers: the same one for spellings of the same value. */
const numbering = (): ((entity: string, value: string) => number) => {
  const known = new Map<string, string[]>();
  return (entity, value) => {
    const values = known.get(entity) ?? [];
    known.set(entity, values);
    const plain = value.split(/[ -]/).join('').toLowerCase();
    if (!values.includes(plain)) values.push(plain);
    return values.indexOf(plain) + 1;
  };
};

/** What redaction makes of a text. */
export interface Reference {
  readonly text: string;
  readonly findings: readonly Finding[];
}

/** What `detectors` find in a text, from the left to the right, with placeholders for it. */
export const referenceRedaction = (detectors: readonly Detector[], minScore: number, text: string): Reference => {
  const findings: Finding[] = [];
  const numberOf = numbering();
  let out = '';
  for (let at = 0; at < text.length; ) {
    const match = isPlace(text, at) ? matchAt(detectors, minScore, text, at) : undefined;
    if (match === undefined) {
      out += text.charAt(at);
      at += 1;
      continue;
    }
    const { detector, start, score } = match;
    const { entity, rule } = detector;
    const end = tailEnd(detector, text, match.end);
    findings.push({ entity, ...(rule === undefined ? {} : { rule }), start, end, score });
    // What goes on after a match says nothing of which value it is: a stream has replaced it by then.
    const number = numberOf(entity, text.slice(start, match.end));
    out += `${text.slice(at, start)}[${entity}_${number}]`;
    at = end;
  }
  return { text: out, findings };
};
