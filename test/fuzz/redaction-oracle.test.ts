/**
 * Redaction against a reference that knows its rules and nothing of how it works, on our own texts and on vectors. All
 * vectors: `npm run eval -- redaction --splits`.
 */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BUILT_IN } from '../../core/redaction/detectors/built-in.ts';
import { createRedactor, MIN_IN_CONTEXT, type Redactor } from '../../core/redaction/index.ts';
import { ANNOUNCED_VALUES, PRIVATE_VALUES } from '../support/private-values.ts';
import { referenceRedaction } from '../support/redaction-reference.ts';

const DEFAULT = BUILT_IN.filter(({ byDefault = true }) => byDefault);
const SETS = [
  {
    name: 'default',
    redactor: createRedactor(),
    refer: (text: string) => referenceRedaction(DEFAULT, MIN_IN_CONTEXT, text),
  },
  {
    name: 'all',
    redactor: createRedactor({ entities: 'all' }),
    refer: (text: string) => referenceRedaction(BUILT_IN, 0, text),
  },
];

const inPieces = (redactor: Redactor, pieces: readonly string[]): string => {
  const stream = redactor.stream();
  return pieces.map((piece) => stream.push(piece)).join('') + stream.end();
};

const cutAt = (text: string, cuts: readonly number[]): readonly string[] => {
  const places = [...cuts.map((cut) => cut % (text.length + 1)), text.length].sort((one, other) => one - other);
  return places.map((place, index) => text.slice(places[index - 1] ?? 0, place));
};

/** Longer texts are cut. */
const MAX_TEXT = 400;

/** Every split of a text, and it in single units. */
const checkSplits = (text: string): void => {
  for (const { name, redactor, refer } of SETS) {
    const { text: expected, findings } = refer(text);
    expect(redactor.detect(text), name).toEqual(findings);
    expect(redactor.redact(text).text, name).toBe(expected);
    for (let cut = 1; cut < text.length; cut++)
      if (inPieces(redactor, [text.slice(0, cut), text.slice(cut)]) !== expected)
        expect.unreachable(`${name} at ${cut}`);
    expect(inPieces(redactor, text.split('')), name).toBe(expected);
  }
};

const own = [
  ...PRIVATE_VALUES.map(({ value }) => `Here: ${value}, and so on.`),
  ...ANNOUNCED_VALUES.map(({ text }) => text),
];

test.each(own)('a text of ours is redacted as the rules say, at every split #%#', checkSplits);

const PARTS = [
  ...PRIVATE_VALUES.map(({ value }) => value),
  ...ANNOUNCED_VALUES.map(({ text }) => text),
  ...[
    'ssn ',
    'passport: ',
    'password=',
    'token is ',
    '\\n',
    '\\\\n',
    '"',
    "': '",
    ' ',
    '\n',
    '.',
    '-',
    '@',
    '://',
    '+1 ',
    '(',
  ],
  ...['AKIA', 'eyJ', '[SECRET_1]', '[US_SSN:bcdfghjkmnpq]', '536904399', 'K1234567', '梨', '\ud83d', 'Ünter', '1 1 1'],
];

test('mixtures of values and what stands around them are redacted as the rules say, however they are cut', () => {
  const mixture = fc.array(fc.constantFrom(...PARTS), { maxLength: 8 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(mixture, fc.array(fc.nat(), { maxLength: 6 }), (text, cuts) => {
      for (const { redactor, refer } of SETS) {
        const { text: expected, findings } = refer(text);
        expect(redactor.detect(text)).toEqual(findings);
        expect(inPieces(redactor, cutAt(text, cuts))).toBe(expected);
      }
    }),
    { numRuns: 150, examples: [[`\\n${['ada.lovelace', 'example.com'].join('@')}`, []]] },
  );
});

const CORPORA = new URL('../../../shared/corpora/redaction/', import.meta.url);

/** Of each file so many rows, spread evenly. */
const SAMPLE = 25;

const sampleOf = (file: string): readonly string[] => {
  const lines = gunzipSync(readFileSync(new URL(file, CORPORA)))
    .toString()
    .trim()
    .split('\n');
  const texts = lines.map((line) => JSON.parse(line)).map(({ text, number }) => String(text ?? number));
  const step = Math.max(1, Math.floor(texts.length / SAMPLE));
  return texts
    .filter((_, index) => index % step === 0)
    .slice(0, SAMPLE)
    .map((text) => text.slice(0, MAX_TEXT));
};

describe.skipIf(!existsSync(CORPORA))('vectors (skipped where they are absent)', { timeout: 60_000 }, () => {
  const files = existsSync(CORPORA) ? readdirSync(CORPORA) : [];
  test.each(files)('of %s are redacted as the rules say, at every split', (file) => {
    for (const text of sampleOf(file)) checkSplits(text);
  });
});
