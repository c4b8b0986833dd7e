import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createExfiltrationFilter } from '../../core/exfiltration/index.ts';
import { liveHosts } from '../support/live-hosts.ts';

/** Parts of images and tags, and what is taken out between them. */
const PIECES = [
  '![a](',
  '![',
  '![a][r]',
  '![r]',
  '[',
  '](',
  ']',
  '(',
  ')',
  '[r]: ',
  '\n[r]: ',
  '<',
  '>',
  '<img ',
  '<img/',
  '<im',
  'g src=',
  'src=',
  'src="',
  ' srcset="',
  ' style="background:url(',
  '"',
  "'",
  '=',
  '//evil.test/p',
  '/',
  '//',
  '/evil.test',
  'https:',
  'https://example.com',
  'https://example.com/',
  '@evil.test/',
  '.evil.test/',
  'evil.test',
  ' ',
  '\n',
  '\n\n',
  '\t',
  '\\',
  '`',
  '[x](javascript:y)',
  '![y](//e.test)',
  '<script>',
  '<img src=//e.test>',
  '<a href=javascript:x>',
  '<b title="',
  'javascript:x',
  '\u200b',
  '\u{e0041}',
  '&#47;',
  '&sol;',
  'x'.repeat(130),
  ' '.repeat(70),
  'y'.repeat(520),
  'z'.repeat(2050),
  '[image removed]',
  '[content removed]',
];
const reply = fc.array(fc.constantFrom(...PIECES), { maxLength: 16 }).map((parts) => parts.join(''));
const action = fc.constantFrom('defang', 'strip');
const options = fc.record({
  hosts: fc.constant(['example.com']),
  actions: fc.oneof(fc.constant({}), fc.record({ image: action, link: action, html: action, data: action })),
});
const numRuns = Number(process.env['RUNS'] ?? 700);

describe('what the exfiltration filter leaves of a reply', () => {
  test('loads nothing from a host that is not listed, however a renderer reads it', () => {
    fc.assert(
      fc.property(reply, options, (text, chosen) => {
        const { text: clean } = createExfiltrationFilter(chosen).filter(text);
        expect(liveHosts(clean).filter((host) => host !== 'example.com')).toEqual([]);
      }),
      {
        numRuns,
        examples: [[`<b title="${'y'.repeat(520)}<img src=//e.test>`, { hosts: ['example.com'], actions: {} }]],
      },
    );
  });

  // What is never closed, or longer than is waited for, the second filter may read otherwise: it takes out more.
  test('has nothing more come alive by the same filter', () => {
    fc.assert(
      fc.property(reply, options, (text, chosen) => {
        const filter = createExfiltrationFilter(chosen);
        const twice = filter.filter(filter.filter(text).text).text;
        expect(liveHosts(twice).filter((host) => host !== 'example.com')).toEqual([]);
      }),
      { numRuns },
    );
  });
});

describe('the independent reading of a reply', () => {
  test.each([
    '![a](//evil.test/p)',
    '![a](<//evil.test/p>)',
    '![a](https://evil.test "t")',
    '![r]\n\n[r]: //evil.test/',
    '![a][r]\n\n[r]: <//evil.test/>',
    '[![a](//evil.test)](x)',
    '<img src=//evil.test/p>',
    '<img alt=">" src="https://evil.test/">',
    "<img/src='//evil.test'>",
    '<img srcset="a 1x, //evil.test/b 2x">',
    '<div style="background:url(//evil.test/p)">',
    '![a](/\\evil.test)',
    '![a](&#47;&sol;evil.test)',
  ])('sees that %j is live', (text) => {
    expect(liveHosts(text)).toEqual(['evil.test']);
  });

  test.each(['[a](//evil.test)', '//evil.test', '![a] (//evil.test)', '<img src="x">', '![a](/evil.test)'])(
    'sees that %j is not',
    (text) => {
      expect(liveHosts(text)).toEqual([]);
    },
  );
});
