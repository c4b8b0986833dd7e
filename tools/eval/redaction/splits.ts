/**
 * Streams against an oracle: however a text is split, what comes out is the text with its spans replaced. The oracle
 * knows nothing of streams: it takes the spans that were found in the whole text, and cuts and counts for itself.
 */

import type { Finding, Redactor } from '../../../core/redaction/index.ts';
import { type Random, seeded } from '../../../training/random.ts';
import { isSame, type Span } from './spans.ts';

/** What was checked. */
export interface SplitSummary {
  /** Sets of entities with which it was checked. */
  readonly sets: readonly string[];
  readonly texts: number;
  /** Of them, those in which the labelled values are exactly what was found. */
  readonly asLabelled: number;
  /** Streams that were run. */
  readonly streams: number;
  /** Those that gave another text or other findings than the oracle. */
  readonly differences: number;
  /** Of these, those that let pass what the oracle hides. */
  readonly leaks: number;
  /** Texts that a second redaction changes. */
  readonly changedTwice: number;
}

/** Checks texts. */
export interface SplitCheck {
  /** @returns Whether all streams gave what the oracle gives. */
  check(text: string, labelled: readonly Span[] | undefined): boolean;
  summary(): SplitSummary;
}

/** The text with placeholders, from its spans: cut and numbered here, in the simplest way. */
export const expectedText = (text: string, findings: readonly Finding[]): string => {
  const numbers = new Map<string, number>();
  const counts = new Map<string, number>();
  const parts: string[] = [];
  let end = 0;
  for (const finding of findings) {
    const value = text.slice(finding.start, finding.end).split(/[ -]/).join('').toLowerCase();
    const key = `${finding.entity} ${value}`;
    const number = numbers.get(key) ?? (counts.get(finding.entity) ?? 0) + 1;
    if (!numbers.has(key)) counts.set(finding.entity, number);
    numbers.set(key, number);
    parts.push(text.slice(end, finding.start), `[${finding.entity}_${number}]`);
    end = finding.end;
  }
  return [...parts, text.slice(end)].join('');
};

/** Longest text of which every split is tried, in UTF-16 units; of longer ones as many splits, spread evenly. */
const MAX_EVERY = 4096;

/** Longest piece of a random split, in UTF-16 units. */
const PIECES = [1, 2, 3, 5, 8, 16, 40] as const;

const atRandom = (text: string, longest: number, random: Random): readonly string[] => {
  const pieces: string[] = [];
  for (let start = 0; start < text.length; ) {
    const end = start + 1 + Math.floor(random() * longest);
    pieces.push(text.slice(start, end));
    start = end;
  }
  return pieces;
};

const waysOf = function* (text: string, random: Random): Generator<readonly string[]> {
  const step = Math.max(1, Math.ceil(text.length / MAX_EVERY));
  for (let at = 1; at < text.length; at += step) yield [text.slice(0, at), text.slice(at)];
  for (const longest of PIECES) yield atRandom(text, longest, random);
};

const SEED = 20_261_130;

/** Whether a value that is hidden in the expected text shows in another. */
const shows = (text: string, findings: readonly Finding[], expected: string, streamed: string): boolean =>
  findings.some(({ start, end }) => {
    const value = text.slice(start, end);
    return streamed.includes(value) && !expected.includes(value);
  });

const sameFindings = (a: readonly Finding[], b: readonly Finding[]): boolean =>
  a.length === b.length &&
  a.every((each, index) => {
    const other = b[index] as Finding;
    return (
      isSame(each, other) && each.entity === other.entity && each.rule === other.rule && each.score === other.score
    );
  });

/** Streams of one set of entities. */
export const createSplitCheck = (
  sets: readonly { readonly name: string; readonly redactor: Pick<Redactor, 'detect' | 'redact' | 'stream'> }[],
): SplitCheck => {
  const random = seeded(SEED);
  const counts = { texts: 0, asLabelled: 0, streams: 0, differences: 0, leaks: 0, changedTwice: 0 };

  const checkWith = (
    { detect, redact, stream }: Pick<Redactor, 'detect' | 'redact' | 'stream'>,
    text: string,
    labelled: readonly Span[] | undefined,
  ): boolean => {
    const findings = detect(text);
    const expected = expectedText(text, findings);
    const before = counts.differences;
    const compare = (streamed: string, found: readonly Finding[]): void => {
      counts.streams += 1;
      if (streamed === expected && sameFindings(found, findings)) return;
      counts.differences += 1;
      if (shows(text, findings, expected, streamed)) counts.leaks += 1;
    };
    counts.texts += 1;
    const asLabelled =
      labelled?.length === findings.length && findings.every((each, index) => isSame(each, labelled[index] as Span));
    if (asLabelled) counts.asLabelled += 1;
    const whole = redact(text);
    compare(whole.text, whole.findings);
    if (redact(whole.text).text !== whole.text) counts.changedTwice += 1;
    for (const pieces of waysOf(text, random)) {
      const open = stream();
      const out = pieces.map((piece) => open.push(piece));
      out.push(open.end());
      compare(out.join(''), open.findings);
    }
    return counts.differences === before;
  };

  return {
    check: (text, labelled) => sets.map(({ redactor }) => checkWith(redactor, text, labelled)).every(Boolean),
    summary: () => ({ sets: sets.map(({ name }) => name), ...counts }),
  };
};
