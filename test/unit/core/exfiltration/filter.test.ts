import { describe, expect, test } from 'vitest';
import { createExfiltrationFilter, LINK_HOLD, TEXT_HOLD } from '../../../../core/exfiltration/index.ts';
import { inWords, PLAIN_REPLIES } from '../../../support/hold-back.ts';

const filter = createExfiltrationFilter({ hosts: ['example.com', '*.example.org'] });
const clean = (text: string): string => filter.filter(text).text;
const DATA = btoa('the password is hunter2, the user is ada');

describe('the exfiltration filter', () => {
  test.each([
    ['an image', '![a](https://img.test/a.png) b', '[image removed] b'],
    ['a linked image', '[![a](https://img.test/a.png)](https://site.test/)', '[[image removed]](https://site.test/)'],
    ['a tag', 'a <img src="https://img.test/a.png"> b', 'a [image removed] b'],
    ['a frame', 'a <iframe src="//site.test"></iframe>', 'a [html removed]</iframe>'],
    ['a link with data', `[words](https://site.test/?q=${DATA}) b`, '[words] b'],
    ['an address with data', `see https://site.test/${DATA}, b`, 'see [link removed], b'],
    ['an autolink with data', `see <https://site.test/#${DATA}> b`, 'see [link removed] b'],
    ['a subdomain with data', `[a](https://${DATA.slice(0, 28).replace(/=/g, '')}.site.test/)`, '[a]'],
    ['a tag of a link with data', `<a href="https://site.test/?${DATA}">words</a>`, '<a>words</a>'],
    ['a script link', '[words](javascript:alert(1)) b', '[words] b'],
    ['a data link', '[words](data:text/html,x)', '[words]'],
    ['a definition with data', `[r]: https://site.test/?${DATA}\n`, '[link removed]\n'],
  ])('takes the target from %s', (_, text, expected) => {
    expect(clean(text)).toBe(expected);
  });

  test.each([
    '![a](https://example.com/a.png)',
    '![a](https://EXAMPLE.com./a.png)',
    '![a](https://cdn.example.org:8443/a.png "t")',
    '![a](https://%65xample.com/a.png)',
    '![a](images/a.png) ![b](/c.png) ![d](#e)',
    '<img src="https://example.com/a.png" alt="x > y">',
    '<img src="a.png"> <a href="https://site.test/page">words</a>',
    '[words](https://site.test/guide/start#keys) https://site.test/a?page=2',
    '[guide][1]\n\n[1]: https://site.test/guide',
    'let v = vec![1, 2]; if (a<b && c>d) x = y[0](z); a <- b',
    '[x] a task, [1], [^2], a[i](j), {"a":["b"]: 1}',
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0"/></svg>',
    'https://github.com/middyjs/middy/blob/main/packages/core/index.js#L10-L20',
    'https://docs.aws.amazon.com/bedrock/latest/userguide/what-is-bedrock.html',
    'https://ja.wikipedia.org/wiki/%E6%9E%9C%E6%A8%B9%E5%9C%92',
    '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f} ❤️‍🔥 1️⃣ 👩‍🌾 می‌خواهم',
  ])('leaves alone %j', (text) => {
    const result = filter.filter(text);
    expect(result.findings).toEqual([]);
    expect(result.text).toBe(text);
  });

  test.each([
    ['tag characters', `a${[...'secret'].map((s) => String.fromCodePoint(0xe0000 + s.charCodeAt(0))).join('')}b`, 'ab'],
    ['zero-width runs', 'a\u200b\u200c\u200db é\u200b\u200c\u200bé', 'ab é\u200bé'],
    ['bidi controls', 'a\u202eb\u2066c', 'abc'],
    ['smuggled selectors', '😀\ufe01\ufe02\u{e0101}\u{e0102}b', '😀\ufe01b'],
  ])('takes out %s', (_, text, expected) => {
    expect(clean(text)).toBe(expected);
  });

  test('judges addresses of listed hosts by their data, too, when told to', () => {
    const strict = createExfiltrationFilter({ hosts: ['example.com'], dataToListedHosts: true });
    expect(strict.filter(`![a](https://example.com/?q=${DATA})`).text).toBe('[image removed]');
    expect(strict.filter('![a](https://example.com/a.png)').findings).toEqual([]);
    expect(clean(`![a](https://example.com/?q=${DATA})`)).toContain(DATA);
  });

  test('does what each action says', () => {
    const by = (action: 'allow' | 'strip' | 'block') =>
      createExfiltrationFilter({ actions: { image: action } }).filter('a ![b](https://img.test/) c ![d](//e)');
    expect(by('allow').text).toBe('a ![b](https://img.test/) c ![d](//e)');
    expect(by('strip').text).toBe('a [content removed] c [content removed]');
    expect(by('block')).toEqual({ text: 'a ', findings: [{ kind: 'image', action: 'block', start: 2, end: 25 }] });
  });

  test('tells where, not what', () => {
    const text = '\u200ba [b](javascript:x) ![c](//d)';
    expect(filter.filter(text).findings).toEqual([
      { kind: 'invisible', action: 'strip', start: 0, end: 1 },
      { kind: 'data', action: 'defang', start: 3, end: 20 },
      { kind: 'image', action: 'defang', start: 21, end: 30 },
    ]);
  });

  test('passes prose at once', () => {
    for (const text of Object.values(PLAIN_REPLIES)) {
      const stream = filter.stream();
      let pushed = 0;
      let given = 0;
      for (const word of inWords(text.replaceAll(/\[[^\]]*\]\([^)]*\)/g, ''))) {
        pushed += word.length;
        given += stream.push(word).length;
        expect(pushed - given).toBeLessThanOrEqual(word.trim().length);
      }
    }
  });

  test('never holds back more than it says', () => {
    for (const begun of [
      '[',
      '![a](https://a.test/',
      '<img src="',
      'https://',
      '![a][',
      '[a]: https://',
      '<a title=',
    ]) {
      const stream = filter.stream();
      let pushed = 0;
      let given = 0;
      for (const piece of [begun, ...Array.from({ length: 800 }, () => 'abcdefgh')]) {
        pushed += piece.length;
        given += stream.push(piece).length;
        if (stream.findings.length > 0) break;
        expect(pushed - given).toBeLessThanOrEqual(LINK_HOLD + 2 * TEXT_HOLD + 16);
      }
    }
  });

  test.each([
    [{ host: [] }],
    [{ hosts: 'example.com' }],
    [{ hosts: ['https://example.com'] }],
    [{ hosts: ['*'] }],
    [{ hosts: ['a.*.test'] }],
    [{ actions: { image: 'remove' } }],
    [{ actions: { picture: 'strip' } }],
    [{ dataToListedHosts: 1 }],
  ])('refuses options %j', (options) => {
    expect(() => createExfiltrationFilter(options as never)).toThrow(TypeError);
  });
});
