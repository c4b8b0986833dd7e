import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createContentPolicy } from '../../core/content/index.ts';
import { timeOf } from '../support/time-of.ts';

/** Pieces that begin, end and break up whatever is looked for. */
const PIECES = [
  '```',
  '````',
  '~~~',
  '`',
  '``',
  'sh',
  'python',
  '\n',
  '\n\n',
  ' ',
  '  ',
  '    ',
  '- ',
  '1. ',
  '> ',
  '$ ',
  'curl https://x',
  '| sh',
  '|',
  'rm ',
  '-rf',
  ' x',
  'sudo ',
  'SELECT * FROM t',
  ';',
  'insert into t ;',
  '<',
  '<script',
  '>',
  '</script>',
  '<img ',
  'onclick=',
  '"',
  "'",
  'javascript',
  ':',
  '&colon;',
  'alert(1)',
  ')',
  '(',
  '\x1b',
  '[31m',
  ']8;;',
  '\x07',
  '\x9b',
  'FOO=',
  'bar',
  '[a]',
  'key=',
  '---',
  'a: b',
  '[code: shell, not run]',
  '[CODE_REMOVED: shell]',
  '[CODE_REMOVED: html]',
  '=',
  'word',
  '😀',
  'x'.repeat(300),
  'powershell ',
  '-enc',
  'data:text/html,x',
  '\r',
  '\t',
  '<style ',
  '<base ',
];
const reply = fc.array(fc.constantFrom(...PIECES), { maxLength: 14 }).map((parts) => parts.join(''));
const action = fc.constantFrom('allow', 'label', 'strip');
const options = fc.oneof(
  fc.constant({}),
  fc.record({
    actions: fc.record({
      code: action,
      command: action,
      query: action,
      script: action,
      configuration: action,
      escape: action,
    }),
  }),
);

const inPieces = ({ stream }: ReturnType<typeof createContentPolicy>, text: string, cuts: readonly number[]) => {
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

describe('a content policy', () => {
  test('is the same for every way of splitting a reply, its findings included', () => {
    fc.assert(
      fc.property(reply, options, fc.array(fc.nat(), { maxLength: 6 }), (text, chosen, cuts) => {
        const filter = createContentPolicy(chosen);
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
      { numRuns: 250, examples: [['<style \u0007', {}, []]] },
    );
  });

  test('is the same at every split of a reply', () => {
    fc.assert(
      fc.property(reply, options, (text, chosen) => {
        const filter = createContentPolicy(chosen);
        const whole = filter.filter(text);
        for (let cut = 0; cut <= text.length; cut++) expect(inPieces(filter, text, [cut]).text).toBe(whole.text);
      }),
      { numRuns: 60 },
    );
  });

  test('twice changes nothing more', () => {
    fc.assert(
      fc.property(fc.oneof(reply, fc.string({ unit: 'binary' })), options, (text, chosen) => {
        // A fence that script follows in its line is taken out in two steps.
        fc.pre(!/[`~][^\n\r]*</.test(text));
        const filter = createContentPolicy(chosen);
        const once = filter.filter(text).text;
        expect(filter.filter(once).text).toBe(once);
      }),
      { numRuns: 400 },
    );
  });

  test('splits no pair of surrogates, and finds spans of the reply', () => {
    fc.assert(
      fc.property(reply, fc.nat(), (text, cut) => {
        const stream = createContentPolicy().stream();
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

  const strict = createContentPolicy({
    actions: { code: 'strip', command: 'strip', query: 'strip', configuration: 'strip' },
  });
  const whole = (text: string): void => void strict.filter(text);
  const inChunks = (text: string): void => {
    const stream = strict.stream();
    for (let at = 0; at < text.length; at += 16) stream.push(text.slice(at, at + 16));
    stream.end();
  };
  const HOSTILE = [
    '[',
    '<',
    '`',
    '~',
    '``` ',
    '\n```',
    '\n~~~\n',
    '`a``b',
    '\x1b',
    '\x1b[',
    '\x1b]',
    '&',
    '<a href=',
    '<a ',
    '<script>',
    '<script',
    'javascript:',
    '\n$ ',
    '\n',
    '\nSELECT ',
    '| sh',
    'curl | ',
    'rm -',
    '- ',
    '> ',
    '\nselect from from from',
    '\necho |',
    'A=',
    '\nA=b',
    '<a onclick=',
    '[a]\n',
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
