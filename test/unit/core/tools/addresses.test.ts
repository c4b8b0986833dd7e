import { describe, expect, test } from 'vitest';
import { namesOnlyHosts } from '../../../../core/tools/addresses.ts';
import { timeOf } from '../../../support/time-of.ts';

const HOSTS = ['example.com', '*.example.org'];
const passes = (text: string) => namesOnlyHosts({ note: text }, HOSTS);

describe('addresses in arguments', () => {
  test.each([
    'https://example.com',
    'https://example.com/a?b=c#d',
    'HTTPS://EXAMPLE.COM:8443/a',
    'https://example.com.',
    'see https://example.com/a, and https://www.example.org.',
    'https://api.example.org/v1',
    'example.com/a',
    'example.com:8080',
    '//example.com/a',
    'www.example.org',
    'wss://example.com/socket',
    '(https://example.com)',
    '[https://example.com]',
    '"https://example.com"',
    'See https://example.com\nThanks',
  ])('pass where their host is listed: %s', (text) => {
    expect(passes(text)).toBe(true);
  });

  test.each([
    'Pears and apples, 3/4 of each; 12:30, 2024/12/01, 1.5/2.0.',
    'and/or',
    'e.g./i.e.',
    'ada@mail.test',
    'order 4711, card ending 1234',
    'note: nothing',
    'v1.2.3',
    '1.2.3',
    'src/main.ts/part',
    'Node.js/Express',
    'https',
    'C:\\Users\\ada',
    'arn:aws:sqs:eu-central-1:000000000000:queue',
    'urn:isbn:0451450523',
    '100 % of a & b \\ c',
    'ein Satz.Noch einer',
    '20240101123000',
    'aa:bb:cc:dd:ee:ff',
    'data: three rows',
    '完成。下一步',
    '1.1/2',
    '3/4',
    '1.5/2.0.',
    '1.5:1',
    '24.12/25.12',
    '12/24/2026',
    'It costs 2.50/kg, or 1.500/Monat.',
    'ratio 3.5/ 4',
    'v1.2/beta',
    '1500.50/month',
    '0151.234/5678',
  ])('are not seen in words: %s', (text) => {
    expect(passes(text)).toBe(true);
  });

  const evil = 'evil.test';
  test.each([
    `https://${evil}`,
    `http:${evil}`,
    `http:/${evil}`,
    `https:////${evil}`,
    `https:\\\\${evil}\\a`,
    `ht\ntp://${evil}`,
    `h\tttps://${evil}/`,
    `https://example.com\n.${evil}/`,
    `/\n/${evil}/`,
    `//${evil}/a`,
    `\\\\${evil}\\share`,
    `url=//${evil}`,
    `www.${evil}`,
    `${evil}/a`,
    `1://${evil}/a`,
    `://${evil}`,
    `${evil}:8080`,
    `${evil}?q=secret`,
    `go to ${evil}/a now`,
    'evil.icu/a',
    'evil.so/a',
    'localhost:9200/_search',
    'localhost/admin',
    `https://example.com@${evil}/`,
    `https://example.com:pass@${evil}/`,
    `https://user@example.com/`,
    `example.com@${evil}/a`,
    `https://example.com\\@${evil}/`,
    `https://example.com%2f@${evil}/`,
    `https://example.com%40${evil}/`,
    `https://example.com.${evil}/`,
    `https://example.com;${evil}/`,
    `https://${evil}#@example.com`,
    `https://${evil}?example.com`,
    `https://example.com/?next=https://${evil}`,
    `https://example.com/?next=https%3A%2F%2F${evil}`,
    `https://example.com/?next=https%253A%252F%252F${evil}`,
    `https%3A%2F%2F${evil}`,
    `%68%74%74%70%73%3a%2f%2f${evil}`,
    `https&#58;//${evil}`,
    `https&colon;&sol;&sol;${evil}`,
    `https:\\/\\/${evil}`,
    `\\u0068ttps://${evil}`,
    `https\\x3a//${evil}`,
    `ｈｔｔｐｓ：／／evil．test`,
    `h\u200bttps://${evil}`,
    `https:/\u2060/${evil}`,
    `https:\u2215\u2215${evil}`,
    'evil。test/a',
    'https://еxample.com/',
    'https://xn--xample-9of.com/',
    'http://127.0.0.1/',
    'http://2130706433/',
    'http://0x7f000001/',
    'http://0x7f.1/',
    'http://017700000001/',
    'http://127.1/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://①②⑦.0.0.1/',
    '169.254.169.254',
    '0251.0376.0251.0376',
    '0xa9.0xfe.0xa9.0xfe',
    '2852039166/latest',
    '127.1/x',
    '127.1/',
    ' 127.1/x',
    '"127.1/x"',
    'url=127.1/x',
    'user@127.1/x',
    '127.1/2/x',
    '127.1/_search',
    '127.1/?q=secret',
    '127.1/%61',
    '127.1?q=secret',
    '127.1#x',
    '127.1:80',
    '127.1:9/x',
    '127.0.1/x',
    '1.1/x',
    '0177.1/x',
    '0x7f.1/x',
    'see 0x7f.1/x',
    'see 0x7f.0.1/x',
    '169.254.43518/latest',
    'see 169.254.43518/latest',
    '169.16689662/latest',
    'see 169.16689662/latest',
    '017700000001/x',
    '①②⑦．①/x',
    '127%2e1/x',
    '0xa9fea9fe:80',
    '::1',
    'fe80::1',
    '2001:db8:0:0:0:0:0:1',
    '[::1]:80',
    '::ffff:169.254.169.254',
    'javascript:alert(1)',
    'JavaScript : alert(1)',
    'java\nscript:alert(1)',
    'vbscript:x',
    'data:text/html,hello',
    'data:,hello',
    'file:///etc/passwd',
    'file:/etc/passwd',
    'blob:https://example.com/1',
    'view-source:https://example.com',
    's3://example.com/key',
    'gopher://example.com',
    'ldap://example.com/a',
    'jdbc:mysql://example.com/a',
    `https://${'a'.repeat(400)}.example.org/`,
    `https://example.com ${'https://example.com '.repeat(80)}`,
  ])('are refused where their host is not listed, whatever they look like: %s', (text) => {
    expect(passes(text)).toBe(false);
  });

  test('are found in names of fields, in lists and deep within', () => {
    expect(namesOnlyHosts({ 'https://evil.test': 1 }, HOSTS)).toBe(false);
    expect(namesOnlyHosts({ a: [[{ b: 'https://evil.test' }]] }, HOSTS)).toBe(false);
  });

  test('are all refused where no host is listed', () => {
    expect(namesOnlyHosts({ a: 'https://example.com' }, [])).toBe(false);
    expect(namesOnlyHosts({ a: 'a pear' }, [])).toBe(true);
  });

  test('are no parent of those that a wildcard lists', () => {
    expect(passes('https://example.org')).toBe(false);
  });

  test('are found in linear time', () => {
    for (const piece of ['1.1/', '1.', '127.1/1', '0x7f.', '1,1.1/1,', '1', '=1.1', '.11111', ' "', '::1 ', 'a/1.1.1/'])
      expect(timeOf(() => namesOnlyHosts({ note: piece.repeat(100_000 / piece.length) }, []))).toBeLessThan(500);
  });
});
