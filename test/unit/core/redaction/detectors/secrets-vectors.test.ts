import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { createRedactor } from '../../../../../core/redaction/index.ts';

const VECTORS = new URL('../../../../../../shared/corpora/redaction/gitleaks.jsonl.gz', import.meta.url);

interface Vector {
  readonly rule: string;
  readonly text: string;
  /** In code points. */
  readonly spans: readonly (readonly [start: number, end: number])[];
}

/** Share of a span that must be found: the quotes around a login may stay. */
const COVERED = 0.9;

describe.skipIf(!existsSync(VECTORS))(
  'on the development vectors (skipped where they are absent)',
  { timeout: 60_000 },
  () => {
    const redactor = createRedactor();
    const vectors = (): readonly Vector[] =>
      gunzipSync(readFileSync(VECTORS))
        .toString()
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));

    const secretsIn = (text: string) => redactor.detect(text).filter(({ entity }) => entity === 'SECRET');

    const isFound = ({ text, spans }: Vector): boolean => {
      const points = [...text];
      const unitsTo = (point: number): number => points.slice(0, point).join('').length;
      const found = secretsIn(text);
      return spans.every(([from, to]) => {
        const [start, end] = [unitsTo(from), unitsTo(to)];
        const covered = found.map((one) => Math.max(0, Math.min(end, one.end) - Math.max(start, one.start)));
        return covered.reduce((sum, length) => sum + length, 0) >= COVERED * (end - start);
      });
    };

    test('finds at least nine of ten secrets of every rule', () => {
      const positives = Map.groupBy(
        vectors().filter(({ spans }) => spans.length > 0),
        ({ rule }) => rule,
      );
      const recalls = [...positives].map(([rule, rows]) => [rule, rows.filter(isFound).length / rows.length] as const);
      expect(recalls.length).toBeGreaterThan(100);
      expect(recalls.filter(([, recall]) => recall < 0.9)).toEqual([]);
      expect(recalls.reduce((sum, [, recall]) => sum + recall, 0) / recalls.length).toBeGreaterThan(0.95);
    });

    test('flags at most one in twenty that are no secrets', () => {
      const negatives = vectors().filter(({ spans }) => spans.length === 0);
      const flagged = negatives.filter(({ text }) => secretsIn(text).length > 0);
      expect(flagged.length / negatives.length).toBeLessThanOrEqual(0.05);
    });
  },
);
