import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createExfiltrationFilter } from '../../core/exfiltration/index.ts';
import { timeOf } from '../support/time-of.ts';

/** Pieces that begin, end and break up whatever is looked for. */
const PIECES = [
  '[',
  '](',
  '![',
  '!',
  ']',
  '(',
  ')',
  '](//e.test',
  ']: ',
  '<',
  '>',
  '<img ',
  '<a href=',
  'src=',
  'style=',
  '"',
  "'",
  'https://site.test/x',
  'https://example.com/a',
  '//e.test',
  '?q=dGhlIHBhc3N3b3JkIGlzIGh1bnRlcjI',
  '\n',
  '\n\n',
  ' ',
  'r',
  '![a][r]',
  '[r]: ',
  '`',
  '\\',
  '&#104;',
  '\u200b',
  '\u{e0041}',
  '😀',
  'é',
  '\ufe0f',
  'data:x',
  'javascript:',
  '=',
  '<script>',
  '</a>',
  'www.site.test',
  '.',
  'word',
  'url(',
  'x'.repeat(300),
  'y'.repeat(700),
  ' '.repeat(90),
  'http',
  's:',
  '/',
  'on',
  'click=',
];
const reply = fc.array(fc.constantFrom(...PIECES), { maxLength: 14 }).map((parts) => parts.join(''));
const action = fc.constantFrom('allow', 'defang', 'strip');
const options = fc.oneof(
  fc.constant({}),
  fc.record({
    actions: fc.record({
      image: action,
      link: action,
      'bare-url': action,
      html: action,
      data: action,
      invisible: action,
    }),
  }),
);

const inPieces = ({ stream }: ReturnType<typeof createExfiltrationFilter>, text: string, cuts: readonly number[]) => {
  const pieces = stream();
  const at = [...cuts.map((cut) => cut % (text.length + 1)), text.length].sort((a, b) => a - b);
  let out = '';
  let from = 0;
  for (const to of at) {
    out += pieces.push(text.slice(from, to));
    from = to;
  }
  return { text: out + pieces.end(), findings: pieces.findings };
};

describe('the exfiltration filter', () => {
  test('is the same for every way of splitting a reply, its findings included', () => {
    fc.assert(
      fc.property(reply, options, fc.array(fc.nat(), { maxLength: 6 }), (text, chosen, cuts) => {
        const filter = createExfiltrationFilter(chosen);
        const whole = filter.filter(text);
        expect(inPieces(filter, text, cuts)).toEqual(whole);
        expect(
          inPieces(
            filter,
            text,
            Array.from({ length: text.length }, (_, index) => index),
          ),
        ).toEqual(whole);
      }),
      { numRuns: 200 },
    );
  });

  test('is the same at every split of a reply', () => {
    fc.assert(
      fc.property(reply, options, (text, chosen) => {
        const filter = createExfiltrationFilter(chosen);
        const whole = filter.filter(text);
        for (let cut = 0; cut <= text.length; cut++) expect(inPieces(filter, text, [cut]).text).toBe(whole.text);
      }),
      { numRuns: 60 },
    );
  });

  test('twice changes nothing more', () => {
    fc.assert(
      fc.property(fc.oneof(reply, fc.string({ unit: 'binary' })), options, (text, chosen) => {
        const filter = createExfiltrationFilter(chosen);
        const once = filter.filter(text).text;
        expect(filter.filter(once).text).toBe(once);
      }),
      { numRuns: Number(process.env['RUNS'] ?? 400) },
    );
  });

  test('splits no pair of surrogates, and finds spans of the reply', () => {
    fc.assert(
      fc.property(reply, fc.nat(), (text, cut) => {
        const stream = createExfiltrationFilter().stream();
        const at = cut % (text.length + 1);
        const first = stream.push(text.slice(0, at));
        if (text.isWellFormed()) expect(first.isWellFormed()).toBe(true);
        stream.end(text.slice(at));
        for (const { start, end } of stream.findings) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 300 },
    );
  });

  const strict = createExfiltrationFilter({ actions: { link: 'defang', 'bare-url': 'strip' } });
  const whole = (text: string): void => void strict.filter(text);
  const inChunks = (text: string): void => {
    const stream = strict.stream();
    for (let at = 0; at < text.length; at += 16) stream.push(text.slice(at, at + 16));
    stream.end();
  };
  const HOSTILE = [
    '[',
    '](',
    '![',
    '<',
    '`',
    '~',
    '&',
    '<a href=',
    '<a ',
    '![](//e)',
    '[![](//e)',
    '<img src="//e',
    '\u200b',
    '](a "',
    ']: ',
    '![a][',
    'https://',
    'https://e.x ',
    'www.',
    '<a =x',
    '<a b=\'"',
    '[[a](javascript:1)',
    ']',
    '<b [',
    '<script ',
    '\n',
    '[r]: //e\n',
  ];

  test.each(HOSTILE)('takes time in proportion to a hostile reply of %j', (unit) => {
    const text = (length: number): string => unit.repeat(length / unit.length);
    for (const work of [whole, inChunks]) {
      work(text(10_000));
      // Eight times the text: a quadratic filter would need 64 times as long.
      const limit =
        30 *
        Math.max(
          1,
          timeOf(() => work(text(10_000))),
        );
      expect(timeOf(() => work(text(80_000)), limit)).toBeLessThan(limit);
    }
  });
});
