/** Rules of tools against random arguments: nothing throws, and what is found does not depend on where or how it stands. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { namesOnlyHosts } from '../../core/tools/addresses.ts';
import { parsedArguments } from '../../core/tools/arguments.ts';
import { canonicalJson } from '../../core/tools/canonical-json.ts';
import { flowsFromData } from '../../core/tools/data-flow.ts';
import { readingsOf } from '../../core/tools/readings.ts';
import { timeOf } from '../support/time-of.ts';

const HOSTS = ['example.com', '*.example.org'];
const text = fc.string({ unit: 'binary', maxLength: 60 });
const json = fc.jsonValue({ stringUnit: 'binary', maxDepth: 4 });

/** Fields of every object turned round. */
const turned = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([name, field]) => [name, turned(field)]),
  );
};

describe('canonical JSON', () => {
  test('is the same for the same value, and the value again', () => {
    fc.assert(
      fc.property(json, (value) => {
        const written = canonicalJson(value) ?? '';
        expect(canonicalJson(turned(value))).toBe(written);
        expect(JSON.parse(written)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(JSON.parse(written))).toBe(written);
        expect(written).not.toMatch(/(?! )[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]/u);
      }),
    );
  });

  test('differs for what differs', () => {
    fc.assert(
      fc.property(json, json, (a, b) => {
        const isSame = JSON.stringify(turned(turned(a))) === JSON.stringify(turned(turned(b)));
        if (canonicalJson(a) === canonicalJson(b))
          expect(JSON.parse(JSON.stringify(a))).toEqual(JSON.parse(JSON.stringify(b)));
        else expect(isSame).toBe(false);
      }),
    );
  });
});

test('arguments in text are what JSON has, unless a name stands twice', () => {
  fc.assert(
    fc.property(fc.dictionary(text, json), (value) => {
      const written = JSON.stringify(value);
      expect(parsedArguments(written)).toEqual(JSON.parse(written));
      expect(parsedArguments(JSON.stringify(value, undefined, 1))).toEqual(JSON.parse(written));
      for (const [name, field] of Object.entries(value).slice(0, 1))
        expect(
          parsedArguments(`{${JSON.stringify(name)}:${JSON.stringify(field)},${written.slice(1)}`),
        ).toBeUndefined();
    }),
  );
});

describe('addresses', () => {
  /** Words around an address that are no part of it. */
  const words = fc.constantFrom('', ' ', 'see ', '(', '"', '\n', 'Ä ', 'a, b: ', '<', '=');
  const host = fc.constantFrom(
    'evil.test',
    'example.com.evil.test',
    'evil.icu',
    '127.0.0.1',
    '[::1]',
    '2130706433',
    'еxample.com',
  );
  const scheme = fc.constantFrom(
    'https://',
    'http:',
    'HTTPS:\\\\',
    'ftp://',
    '//',
    'ws:/',
    'http://user@',
    'https://example.com@',
  );
  const disguises: readonly ((address: string) => string)[] = [
    (address) => address,
    encodeURIComponent,
    (address) => encodeURIComponent(encodeURIComponent(address)),
    (address) => address.replaceAll('/', '\\/'),
    (address) => address.replaceAll(':', '&colon;').replaceAll('/', '&#47;'),
    (address) => address.replaceAll(/[a-z:/]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`),
    (address) => address.replaceAll(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0)),
    (address) => [...address].join('\u200b'),
  ];

  test('of hosts that are not listed are found, whatever stands around them and however they are written', () => {
    fc.assert(
      fc.property(
        words,
        scheme,
        host,
        fc.constantFrom(...disguises),
        fc.constantFrom('', '/', '/a', ' b'),
        (before, start, name, disguise, after) => {
          expect(namesOnlyHosts({ a: [before + disguise(start + name + after)] }, HOSTS)).toBe(false);
        },
      ),
    );
  });

  test('are looked for in any text without a failure, and a reading is no longer than the text by much', () => {
    const pieces = fc.constantFrom(
      'http',
      ':',
      '/',
      '\\',
      '//',
      '.',
      'a.b',
      '@',
      '[',
      '::1',
      '%2f',
      '&#x2f;',
      '\\u002f',
      '0x7f',
      'www.',
      'data:',
      '\n',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, text), { maxLength: 12 }), (all) => {
        const whole = all.join('');
        expect(typeof namesOnlyHosts({ [whole]: whole }, HOSTS)).toBe('boolean');
        for (const reading of readingsOf(whole)) expect(reading.length).toBeLessThanOrEqual(18 * whole.length + 1);
      }),
    );
  });
});

describe('what comes from data', () => {
  const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789 ';
  const words = fc.string({ unit: fc.constantFrom(...LETTERS), minLength: 40, maxLength: 200 });
  /** A text in which the words of another one do not stand by chance. */
  const OTHER = 'ΑΒΓ ΔΕΖ';

  test('is found wherever it stands, in any case and between any signs', () => {
    const ways: readonly ((run: string) => string)[] = [
      (run) => run,
      (run) => run.toUpperCase(),
      (run) => run.replaceAll(' ', ' \n-\t'),
      (run) => run.replaceAll(' ', ''),
      (run) => [...run].join('\u2060'),
      (run) => Buffer.from(run).toString('base64'),
    ];
    fc.assert(
      fc.property(words, fc.nat(100), fc.constantFrom(...ways), (data, at, way) => {
        const run = data.slice(at, at + 60).trim();
        fc.pre(run.replaceAll(' ', '').length >= 24);
        expect(flowsFromData({ a: way(run) }, { data: [`${OTHER} ${data}`], trusted: [] })).toBe(true);
        expect(flowsFromData({ a: run }, { data: [data], trusted: [data] })).toBe(false);
        expect(flowsFromData({ a: run }, { data: [OTHER], trusted: [] })).toBe(false);
      }),
      { examples: [['ataaaa0ha2laacaa aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 0, (run) => run]] },
    );
  });

  test('is looked for in any text without a failure', () => {
    fc.assert(
      fc.property(json, text, text, (args, data, trusted) => {
        expect(typeof flowsFromData(args, { data: [data], trusted: [trusted] })).toBe('boolean');
      }),
    );
  });
});

test.each<readonly [string, (size: number) => unknown]>([
  ['slashes', (size) => namesOnlyHosts({ a: '/'.repeat(size) }, HOSTS)],
  ['labels', (size) => namesOnlyHosts({ a: 'a.'.repeat(size / 2) }, HOSTS)],
  ['long labels', (size) => namesOnlyHosts({ a: `${'a'.repeat(62)}.`.repeat(size / 63) }, HOSTS)],
  ['colons', (size) => namesOnlyHosts({ a: '12:30:45 '.repeat(size / 9) }, HOSTS)],
  ['encoded percents', (size) => namesOnlyHosts({ a: '%25'.repeat(size / 3) }, HOSTS)],
  [
    'one letter',
    (size) => flowsFromData({ a: 'a'.repeat(size) }, { data: ['a'.repeat(4 * size)], trusted: ['a'.repeat(size)] }),
  ],
  [
    'many values',
    (size) =>
      flowsFromData(
        { a: Array.from({ length: size / 8 }, (_, at) => `x${at}`) },
        { data: ['1 '.repeat(size)], trusted: [] },
      ),
  ],
])('time grows with the text: %s', (_, work) => {
  const [small, large] = [timeOf(() => work(4000), 100), timeOf(() => work(16_000), 100)];
  expect(large).toBeLessThan(20 * small + 100);
});
