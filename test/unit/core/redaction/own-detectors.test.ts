import { describe, expect, test } from 'vitest';
import { checkDetector } from '../../../../core/redaction/detector-check.ts';
import { BUILT_IN } from '../../../../core/redaction/detectors/built-in.ts';
import { createRedactor, type Detector, MAX_MATCH } from '../../../../core/redaction/index.ts';
import { timeOf } from '../../../support/time-of.ts';

const badge: Detector = { entity: 'BADGE', pattern: /NW-\d{5}/y, score: 1 };

const redact = (detector: Partial<Detector>, text: string): string =>
  createRedactor({ entities: [], detectors: [{ ...badge, ...detector }] }).redact(text).text;

const inUnits = (detector: Partial<Detector>, text: string): string => {
  const stream = createRedactor({ entities: [], detectors: [{ ...badge, ...detector }] }).stream();
  return [...text].map((unit) => stream.push(unit)).join('') + stream.end();
};

describe('a detector is refused', () => {
  test.each([
    ['whose entity is no name of a placeholder', { entity: 'staff id]' }],
    ['whose entity is a single letter', { entity: 'X' }],
    ['without an entity', { entity: undefined }],
    ['without a pattern', { pattern: undefined }],
    ['whose pattern is a string', { pattern: 'NW' }],
    ['whose pattern is not sticky', { pattern: /NW/ }],
    ['that matches without an end', { pattern: /NW\d+/y }],
    ['that matches without an end after a repeat of nothing', { pattern: /(?:)*NW\d+/y }],
    ['without a score', { score: undefined }],
    ['whose score is above 1', { score: 2 }],
    ['whose score is no number', { score: Number.NaN }],
    ['whose context is one string', { context: 'badge' }],
    ['whose keyword is empty', { assignedTo: [''] }],
    ['that needs two characters near by', { near: 'NW' }],
    ['with an unknown tail', { tail: 'rest' }],
    ['with an unknown field', { contexts: ['badge'] }],
  ])('%s', (_, fields) => {
    expect(() => createRedactor({ detectors: [{ ...badge, ...fields } as never] })).toThrow(TypeError);
  });
});

test.each(BUILT_IN.map((detector) => [detector.rule ?? detector.entity, detector] as const))(
  'the built-in detector %s is one',
  (_, detector) => {
    expect(() => checkDetector(detector)).not.toThrow();
  },
);

describe('a measure', () => {
  test.each([
    ['no number', () => Number.NaN],
    ['nothing', () => undefined],
    ['more than the match', () => 99],
    ['a part of a unit', () => 1.5],
    ['an error', () => expect.unreachable('a measure that throws')],
  ])('that gives %s counts all of the match', (_, measure) => {
    expect(redact({ measure: measure as never }, 'Badge NW-12345, gate 2')).toBe('Badge [BADGE_1], gate 2');
  });

  test('may be less than the match', () => {
    expect(redact({ measure: () => 4 }, 'Badge NW-12345, gate 2')).toBe('Badge [BADGE_1]2345, gate 2');
  });
});

describe('a group named value', () => {
  test.each([
    ['first of two that are alike', /no (?<value>\d{2})-\d{2}/y, 'no 12-12.', 'no [BADGE_1]-12.'],
    ['last of two that are alike', /no \d{2}-(?<value>\d{2})/y, 'no 12-12.', 'no 12-[BADGE_1].'],
    ['ahead of the match', /no (?=(?<value>\d{2}))/y, 'no 12-12.', 'no [BADGE_1]-12.'],
    ['behind the match', /(?<=(?<value>\d{2})-)no/y, '12-no!', '12-[BADGE_1]!'],
  ])('is replaced where it stands: %s', (_, pattern, text, expected) => {
    expect(redact({ pattern }, text)).toBe(expected);
    expect(inUnits({ pattern }, text)).toBe(expected);
  });
});

describe('a pattern of which nothing is known', () => {
  const pattern = /NW[\s\S]*?!/uy;

  test('matches no more than any other, in a text as in a stream', () => {
    const fits = `NW${'-'.repeat(MAX_MATCH - 3)}! `;
    const tooLong = `NW${'-'.repeat(MAX_MATCH)}! `;
    expect(redact({ pattern }, fits)).toBe('[BADGE_1] ');
    expect(inUnits({ pattern }, fits)).toBe('[BADGE_1] ');
    expect(redact({ pattern }, tooLong)).toBe(tooLong);
    expect(inUnits({ pattern }, tooLong)).toBe(tooLong);
  });

  test('takes time in proportion to a text that it cannot match', () => {
    const text = (length: number): string => 'NW '.repeat(length / 3);
    redact({ pattern }, text(3000));
    const limit =
      30 *
      Math.max(
        1,
        timeOf(() => redact({ pattern }, text(30_000))),
      );
    expect(timeOf(() => redact({ pattern }, text(240_000)), limit)).toBeLessThan(limit);
  });
});
