/** Places of values in a text: where a match stands, what overlaps, what is a placeholder already. */

import { BUILT_IN } from './detectors/built-in.ts';
import type { Finding } from './types.ts';

/** A value that was found, and not where. */
export interface Match extends Pick<Finding, 'entity' | 'rule'> {
  readonly match: string;
}

/** How sure a judge is that gives no score: what Presidio gives for names that a model finds. */
export const JUDGED_SCORE = 0.85;

const LETTER_OR_DIGIT = /[\p{L}\p{M}\p{N}]/u;
/** Scripts that write words without spaces, or particles onto names. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

const ASCII = 0x80;

/** Whether a character and another such are one word, side by side. Most are ASCII, where no script is asked for. */
const joins = (character: string): boolean =>
  LETTER_OR_DIGIT.test(character) && (character.charCodeAt(0) < ASCII || !UNSPACED.test(character));

const characterBefore = (text: string, at: number): string => {
  const unit = text[at - 1] ?? '';
  return /[\udc00-\udfff]/.test(unit) ? text.slice(at - 2, at) : unit;
};

const characterAt = (text: string, at: number): string => String.fromCodePoint(text.codePointAt(at) ?? 0x20);

/** Whether a match at a place is part of a longer word: `Ann` in `Annual`. */
const wordsAround = (match: string): ((text: string, start: number) => boolean) => {
  const begins = joins(characterAt(match, 0));
  const ends = joins(characterBefore(match, match.length));
  return (text, start) =>
    (begins && joins(characterBefore(text, start))) || (ends && joins(characterAt(text, start + match.length)));
};

const startsOf = (text: string, match: string): readonly number[] => {
  const starts: number[] = [];
  for (let at = text.indexOf(match); at >= 0; at = text.indexOf(match, at + match.length)) starts.push(at);
  return starts;
};

/**
 * Every place where matches stand in a text, but not within longer words, unless a match stands nowhere else. `undefined`
 * where one stands nowhere: what cannot be found cannot be replaced.
 */
export const placesOf = (text: string, matches: readonly Match[]): readonly Finding[] | undefined => {
  const findings: Finding[] = [];
  const seen = new Set<string>();
  for (const { entity, rule, match } of matches) {
    if (match === '') return undefined;
    if (seen.has(match)) continue;
    seen.add(match);
    const starts = startsOf(text, match);
    if (starts.length === 0) return undefined;
    const isWithinWord = wordsAround(match);
    const words = starts.filter((start) => !isWithinWord(text, start));
    for (const start of words.length > 0 ? words : starts)
      findings.push({ entity, ...(rule && { rule }), start, end: start + match.length, score: JUDGED_SCORE });
  }
  return merged(findings);
};

const lengthOf = ({ start, end }: Finding): number => end - start;

/** Findings in order; those that overlap are one, of the longest one's entity. */
export const merged = (findings: readonly Finding[]): readonly Finding[] => {
  const sorted = findings.toSorted((one, other) => one.start - other.start || other.end - one.end);
  const out: Finding[] = [];
  for (const finding of sorted) {
    const last = out.at(-1);
    if (last === undefined || finding.start >= last.end) {
      out.push(finding);
      continue;
    }
    const longest = lengthOf(finding) > lengthOf(last) ? finding : last;
    out[out.length - 1] = { ...longest, start: last.start, end: Math.max(last.end, finding.end) };
  }
  return out;
};

/** `[EMAIL_ADDRESS_1]`, `[EMAIL_ADDRESS:kbdmpcahfghj]` */
const PLACEHOLDER = /\[([A-Z][A-Z0-9_]{1,63})(?::[a-z]{12})?\]/g;

const ENTITIES: ReadonlySet<string> = new Set(BUILT_IN.map(({ entity }) => entity));

/**
 * Findings less those in placeholders that stand there already. One that goes beyond a placeholder takes all of it with
 * it. What only looks like a placeholder is text like any other: a name in brackets is a name.
 */
export const outsidePlaceholders = (text: string, findings: readonly Finding[]): readonly Finding[] => {
  if (findings.length === 0) return findings;
  const placeholders = [...text.matchAll(PLACEHOLDER)]
    .filter(([, name = '']) => ENTITIES.has(name.replace(/_\d{1,5}$/, '')))
    .map(({ 0: match, index }) => ({ start: index, end: index + match.length }));
  if (placeholders.length === 0) return findings;
  return merged(
    findings.flatMap((finding) => {
      const met = placeholders.filter(({ start, end }) => start < finding.end && end > finding.start);
      if (met.some(({ start, end }) => start <= finding.start && end >= finding.end)) return [];
      const start = Math.min(finding.start, ...met.map((placeholder) => placeholder.start));
      const end = Math.max(finding.end, ...met.map((placeholder) => placeholder.end));
      return [{ ...finding, start, end }];
    }),
  );
};
