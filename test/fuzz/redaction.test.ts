import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRedactor } from '../../core/redaction/index.ts';
import { ANNOUNCED_VALUES, PRIVATE_VALUES } from '../support/private-values.ts';
import { timeOf } from '../support/time-of.ts';

const redactor = createRedactor();
const everything = createRedactor({ entities: 'all' });

/** Text that nothing finds anything in, and that touches no value: it ends and begins with a space. */
const filler = fc
  .array(fc.constantFrom('pear', 'well', 'the', 'Ümlaut', '梨', '👩‍🌾', 'e.g.', 'no42', '--', '\n', '"', '\\'), {
    maxLength: 8,
  })
  .map((parts) => ` ${parts.join(' ')} `);
const value = fc.constantFrom(...PRIVATE_VALUES);
/** A text with private values in it, and what it must become: an oracle that knows where it put them. */
const mixture = fc.array(fc.tuple(filler, value), { maxLength: 5 }).map((parts) => {
  const numbers = new Map<string, Map<string, number>>();
  let expected = '';
  for (const [before, { entity, value: secret }] of parts) {
    const known = numbers.get(entity) ?? new Map<string, number>();
    numbers.set(entity, known);
    const key = secret.replaceAll(/[ -]/g, '').toLowerCase();
    known.set(key, known.get(key) ?? known.size + 1);
    expected += `${before}[${entity}_${known.get(key)}]`;
  }
  return { text: parts.map(([before, { value: secret }]) => before + secret).join(''), expected };
});

/** Values, what announces them, and what is neither, with signs between them. */
const jumble = fc
  .array(
    fc.tuple(
      fc.oneof(
        value.map(({ value: secret }) => secret).filter((secret) => !secret.includes('-----')), // a key's last line is part of a name
        fc.constantFrom(...ANNOUNCED_VALUES.map(({ text }) => text)),
        fc.constantFrom(
          'ssn',
          'bank account',
          'phone:',
          'password=',
          'api_key: "',
          'passport',
          'tel',
          'https://',
          'pin',
        ),
        fc.stringMatching(/^\d{1,14}$/),
        fc.stringMatching(/^[A-Z]{1,3}\d{4,9}$/),
        fc.stringMatching(/^\d{2,4}[-/.]\d{2,4}[-/.]\d{2,4}$/),
      ),
      fc.constantFrom(' ', ', ', '-', '.', ':', '/', '\n', '"', '('),
    ),
    { maxLength: 7 },
  )
  .map((parts) => parts.flat().join(''));

const inPieces = (text: string, cuts: readonly number[]): string => {
  const stream = redactor.stream();
  const at = [...cuts.map((cut) => cut % (text.length + 1)), text.length].sort((a, b) => a - b);
  let out = '';
  let from = 0;
  for (const to of at) {
    out += stream.push(text.slice(from, to));
    from = to;
  }
  return out + stream.end();
};

describe('redaction', () => {
  test('becomes what an oracle expects that knows where the values are', () => {
    fc.assert(
      fc.property(mixture, ({ text, expected }) => {
        expect(redactor.redact(text).text).toBe(expected);
      }),
      { numRuns: 300 },
    );
  });

  test('is the same for every way of splitting a text', () => {
    fc.assert(
      fc.property(mixture, fc.array(fc.nat(), { maxLength: 6 }), ({ text, expected }, cuts) => {
        expect(inPieces(text, cuts)).toBe(expected);
      }),
      { numRuns: 300 },
    );
  });

  test.each([...PRIVATE_VALUES.map(({ value: text }) => text), ...ANNOUNCED_VALUES.map(({ text }) => text)])(
    'is the same at every split of value #%#',
    (secret) => {
      const text = `Here: ${secret}, and that was it.`;
      const { text: whole } = redactor.redact(text);
      for (let cut = 0; cut <= text.length; cut++) expect(inPieces(text, [cut])).toBe(whole);
      expect(
        inPieces(
          text,
          Array.from({ length: text.length }, (_, index) => index),
        ),
      ).toBe(whole);
    },
  );

  test('finds a value whatever stands before its name', () => {
    const [token, key] = [
      ['glpat', '-aB3dE6gH9jK2mN5pQ8sT'].join(''),
      ['wJalrXUtnFEMI/K7MDENG', '/bPxRfiCYEXAMPLEKEY'].join(''),
    ];
    expect(redactor.redact(`${token} aws_secret_access_key = ${key} `).text).not.toContain(key);
  });

  test('twice changes nothing more', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          mixture.map(({ text }) => text),
          jumble,
          fc.string({ unit: 'binary' }),
        ),
        (text) => {
          const once = redactor.redact(text).text;
          expect(redactor.redact(once).text).toBe(once);
          // Of all entities: digits beside a number are only a number of their own once that one is replaced.
          const twice = everything.redact(everything.redact(text).text).text;
          expect(everything.redact(twice).text).toBe(twice);
        },
      ),
      { numRuns: 400, examples: [['0100/60-000 04000 ']] },
    );
  });

  test('never throws, and its findings are ordered spans of the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        let last = 0;
        for (const { start, end, score } of everything.detect(text)) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          expect(score > 0 && score <= 1).toBe(true);
          last = end;
        }
        expect(last).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 300 },
    );
  });

  test('of JSON keeps keys and stays JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), value, (json, { value: secret }) => {
        const { value: clean } = redactor.redactJson({ json, secret });
        const text = JSON.stringify(clean);
        expect(text).not.toContain(JSON.stringify(secret).slice(1, -1));
        expect(Object.keys(JSON.parse(text))).toEqual(['json', 'secret']);
      }),
      { numRuns: 300 },
    );
  });
});

const HOSTILE = [
  'eyJ',
  'a@',
  'AKIA',
  '1',
  '.',
  '-',
  '1 ',
  '[',
  'a-',
  'password=',
  '-----BEGIN PRIVATE KEY',
  '+1',
  '://a:',
  'A1 ',
  'sk-ant-',
  '`',
  '{"a":',
];

test.each(HOSTILE)('takes time in proportion to a hostile text of %j', (unit) => {
  const text = (length: number): string => unit.repeat(length / unit.length);
  const [small, large] = [text(15_000), text(120_000)];
  everything.redact(small);
  // Eight times the text: a quadratic redactor would need 64 times as long.
  const limit =
    30 *
    Math.max(
      1,
      timeOf(() => everything.redact(small)),
    );
  expect(timeOf(() => everything.redact(large), limit)).toBeLessThan(limit);
});

const inUnits = (text: string): void => {
  const stream = everything.stream();
  for (const unit of text) stream.push(unit);
  stream.end();
};

test.each([...HOSTILE, 'a', '@', '1-', '(2'])('takes time in proportion to %j pushed one unit at a time', (unit) => {
  const text = (length: number): string => unit.repeat(length / unit.length);
  inUnits(text(3000));
  const limit =
    30 *
    Math.max(
      1,
      timeOf(() => inUnits(text(3000))),
    );
  expect(timeOf(() => inUnits(text(24_000)), limit)).toBeLessThan(limit);
});
