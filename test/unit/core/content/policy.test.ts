import { describe, expect, test } from 'vitest';
import { CONTENT_HOLD, createContentPolicy } from '../../../../core/content/index.ts';
import { inWords, PLAIN_REPLIES } from '../../../support/hold-back.ts';

const usual = createContentPolicy();
const all = (action: 'label' | 'strip') =>
  createContentPolicy({
    actions: { code: action, command: action, query: action, script: action, configuration: action, escape: action },
  });
const strip = all('strip');
const label = all('label');
const RM = ['rm', '-rf'].join(' ');

describe('a content policy', () => {
  test.each([
    ['a fence', 'a\n```sh\nls\n```\nb', 'a\n[CODE_REMOVED: shell]\nb'],
    ['a fence of tildes, its closing line longer', '~~~ py\n```\n~~\n~~~~~\nb', '[CODE_REMOVED: python]\nb'],
    ['a fence within a list', '- a\n  ```Console\n  ls\n  ```\n- b', '- a\n  [CODE_REMOVED: shell]\n- b'],
    ['a fence within a quotation', '> ```ts\n> x\n> ```\nb', '> [CODE_REMOVED: typescript]\nb'],
    ['a fence that is never closed', 'a\n```{.yaml}\na: b', 'a\n[CODE_REMOVED: configuration]'],
    ['a fence of no language', '```\nx\n```', '[CODE_REMOVED: other]'],
    ['a prompt', 'a\n$ ls -la\nb', 'a\n[CODE_REMOVED: shell]\nb'],
    ['a PowerShell prompt', 'PS C:\\> dir\nb', '[CODE_REMOVED: shell]\nb'],
    ['a command', `${RM} /tmp/x\nb`, '[CODE_REMOVED: shell]\nb'],
    ['a command in a sentence', `Just run ${RM} /tmp/x\nb`, 'Just run rm [CODE_REMOVED: shell]\nb'],
    ['a code span', `Run \`${RM} /tmp/x\` now`, 'Run `[CODE_REMOVED: shell]` now'],
    [
      'what is piped into a shell',
      'Do curl https://a.test | sudo bash\nb',
      'Do curl https://a.test [CODE_REMOVED: shell]\nb',
    ],
    ['encoded PowerShell', 'powershell -nop -enc SQBFAFgA\nb', '[CODE_REMOVED: shell]\nb'],
    ['a query', 'DROP TABLE users; b', '[CODE_REMOVED: sql] b'],
    ['a query over lines', "SELECT *\nFROM t\nWHERE a = 'b'\n\nc", '[CODE_REMOVED: sql]\n\nc'],
    ['a script', 'a <ScRiPt src=x>alert(1)</sCript > b', 'a [CODE_REMOVED: html] b'],
    ['a style', '<style>p{}</style>b', '[CODE_REMOVED: html]b'],
    ['a handler', '<svg onload=alert(1)>', '<svg onload="[CODE_REMOVED: html]">'],
    [
      'a handler behind a quoted bracket',
      `<a title=">" onclick='x()'>`,
      `<a title=">" onclick='[CODE_REMOVED: html]'>`,
    ],
    ['an address that runs', '[a](JavaScript:alert(1)) b', '[a](JavaScript[CODE_REMOVED: html]) b'],
    ['an address in disguise', '<a href="javascript&#58;alert(1)">', '<a href="javascript[CODE_REMOVED: html]">'],
    ['settings', 'HOST=a.test\nPORT=1\nb', '[CODE_REMOVED: configuration]\n[CODE_REMOVED: configuration]\nb'],
    ['a section', '[db]\nhost = a\n\nb', '[CODE_REMOVED: configuration]\n\nb'],
    ['front matter', '---\ntitle: a\n---\nb', '[CODE_REMOVED: configuration]\nb'],
    ['colours', '\x1b[1;31ma\x1b[0m \x9b2Jb', 'a b'],
    ['links and clipboards of terminals', '\x1b]8;;https://a.test\x1b\\a\x1b]8;;\x07 \x1b]52;c;YQ==\x07b', 'a b'],
    ['what overwrites', 'a\b\x7fb\x1bcd', 'abd'],
    ['a script put together by what is removed', '<scr\x1b[0mipt>x</script>b', '[CODE_REMOVED: html]b'],
  ])('strips %s', (_, text, expected) => {
    expect(strip.filter(text).text).toBe(expected);
    expect(strip.filter(expected).text).toBe(expected);
  });

  test.each([
    ['a fence', 'a\n```sh\nls\n```\nb', 'a\n[code: shell, not run]\n```sh\nls\n```\nb'],
    ['a fence within a list', '- a\n  ~~~\n  ls\n  ~~~', '- a\n  [code: other, not run]\n  ~~~\n  ls\n  ~~~'],
    ['a command', '$ ls\nb', '[code: shell, not run] $ ls\nb'],
    ['a code span', 'a `sudo ls` b', 'a [code: shell, not run] `sudo ls` b'],
    ['an escape', 'a\x1b[1mb', 'a␛b'],
  ])('labels %s', (_, text, expected) => {
    expect(label.filter(text).text).toBe(expected);
    expect(label.filter(expected).text).toBe(expected);
  });

  test('takes out what runs by default, and leaves code', () => {
    const code = 'a\n```html\n<script>x</script>\n```\nUse `<script>` or `$ ls`.\n$ ls\nSELECT 1;\nA_B=c\n';
    expect(usual.filter(code)).toEqual({ text: code, findings: [] });
    expect(usual.filter('a <iframe src=x></iframe>\x1b[2Jb').text).toBe('a [CODE_REMOVED: html]b');
  });

  test.each([
    'You need sudo for that; use curl or rm to remove it | a | b.',
    'Select a pear from the list; update the plan and delete from memory what you can. Create a table for two.',
    '# Heading\n\n> quoted\n\n- [ ] task\n- item -rf\n\n---\na: b\n\n| a | sh |\n|---|---|\n',
    'if (a<b && c>d) { x = y ? "on" : off; } JavaScript: the good parts. data: none',
    '    ```\n    indented, no fence',
    'a `` b ` c `` d ``` e',
    '1914 was a year. E=mc2, A=B, x = 1',
  ])('finds nothing in %j', (text) => {
    expect(strip.filter(text).findings).toEqual([]);
    expect(strip.filter(text).text).toBe(text);
  });

  test('goes by language before kind, but never lets a script pass for its language', () => {
    const policy = createContentPolicy({ actions: { code: 'strip' }, languages: { python: 'allow', html: 'allow' } });
    expect(policy.filter('```py\nx\n```\n```js\ny\n```').text).toBe('```py\nx\n```\n[CODE_REMOVED: javascript]');
    expect(policy.filter('<script>x</script>').text).toBe('[CODE_REMOVED: html]');
  });

  test('ends a reply at what is blocked', () => {
    const policy = createContentPolicy({ languages: { shell: 'block' } });
    expect(policy.filter('a\n```bash\nls\n```\nb')).toEqual({
      text: 'a\n',
      findings: [{ kind: 'code', language: 'shell', action: 'block', start: 2, end: 5 }],
    });
    const stream = policy.stream();
    expect(stream.push('a\n$ l') + stream.push('s\nmore') + stream.push('more') + stream.end()).toBe('a\n');
  });

  test('replaces code at its start', () => {
    const stream = strip.stream();
    expect(stream.push('a\n```sh\nls')).toBe('a\n[CODE_REMOVED: shell]');
    expect(stream.push('x'.repeat(10_000))).toBe('');
    expect(stream.end('\n```\nb')).toBe('\nb');
  });

  test('passes prose at once', () => {
    for (const kind of ['prose', 'json', 'German', 'Japanese']) {
      const stream = strip.stream();
      let [pushed, given] = [0, 0];
      for (const word of inWords(PLAIN_REPLIES[kind] ?? '')) {
        pushed += word.length;
        given += stream.push(word).length;
        expect(pushed - given).toBeLessThanOrEqual(word.trim().length);
      }
    }
  });

  test('never holds back more than it says', () => {
    for (const begun of ['`', '```', '$ ', 'A=', '<a onclick=', '[', '- ', '|', 'SELECT ']) {
      const stream = label.stream();
      let [pushed, given] = [0, 0];
      for (const piece of [begun, ...Array.from({ length: 300 }, () => 'abcdefgh')]) {
        pushed += piece.length;
        given += stream.push(piece).length;
        if (stream.findings.length > 0) break;
        expect(pushed - given).toBeLessThanOrEqual(2 * CONTENT_HOLD + 16);
      }
    }
  });

  test.each([
    [{ action: {} }],
    [{ actions: { code: 'drop' } }],
    [{ actions: { sql: 'strip' } }],
    [{ languages: { cobol: 'strip' } }],
  ])('refuses options %j', (options) => {
    expect(() => createContentPolicy(options as never)).toThrow(TypeError);
  });
});
