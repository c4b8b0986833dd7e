import { describe, expect, test } from 'vitest';
import { foundByDefault, foundOf } from '../../../../support/detector-cases.ts';

const at = (local: string, host: string): string => `${local}@${host}`;

describe('EMAIL_ADDRESS', () => {
  test.each([
    at('ada.lovelace', 'example.com'),
    at('a', 'xn--d1acufc.xn--p1ai'),
    at("o'brien+news", 'mail.example.co.uk'),
    at('ada', 'münchen.example'),
    at('_service-1', 'a-b.museum'),
    at('a&b', 'example.org'),
  ])('is %s, quoted, bracketed or at the end of a sentence', (address) => {
    for (const [before, after] of [
      ['', ''],
      ['<', '>'],
      ["'", "'"],
      ['mailto:', '?subject=x'],
      ['To: ', '.'],
      ['a,', ',b'],
      ['\\n', '\\n'],
    ] as const)
      expect(foundByDefault('EMAIL_ADDRESS', before + address + after)).toEqual([address]);
  });

  test.each([
    at('info', 'example.'),
    at('logo', '2x.png'),
    at('sprite', 'large.webp'),
    at('react', '18.2.0-rc.one'),
    at('git', 'github.com:a/b.git'),
    at('ada', 'localhost'),
    '@scope/package',
  ])('is not %s', (text) => {
    expect(foundOf('EMAIL_ADDRESS', text)).toEqual([]);
  });
});

describe('IP_ADDRESS', () => {
  test.each([
    '203.0.113.7',
    '10.0.0.0/8',
    '2001:db8::1',
    '2001:db8::/32',
    'fe80::1%eth0/64',
    '::1',
    '::ffff:192.0.2.1',
    '64:ff9b::192.0.2.0/96',
    '2001:db8:85a3:0:0:8a2e:370:7334',
  ])('is %s', (address) => {
    for (const [before, after] of [
      ['', ''],
      ['ip=', ' '],
      ['(', ')'],
      ['"', '"'],
      ['from ', '.'],
      ['line\\n', '\\n'],
    ] as const)
      expect(foundOf('IP_ADDRESS', before + address + after)).toEqual([address]);
  });

  test('leaves out a prefix length that cannot be', () => {
    expect(foundOf('IP_ADDRESS', '10.0.0.0/123 2001:db8::/9999')).toEqual(['10.0.0.0', '2001:db8::']);
  });

  test.each([
    'version 1.2.3.4.5',
    '1.2.3',
    '256.1.1.1',
    '2001::25de::cade',
    '12345:db8::1',
    'std::cout << Ada::Bad',
    ':::',
    '12:34:56',
    'text2001:db8::1',
    '1:2:3:4',
  ])('is not in %s', (text) => {
    expect(foundOf('IP_ADDRESS', text)).toEqual([]);
  });
});

describe('MAC_ADDRESS', () => {
  test.each(['00:1B:44:11:3A:B7', '00-1b-44-11-3a-b7', '001b.4411.3ab7'])('is %s', (address) => {
    for (const text of [address, `mac=${address},`, `"${address}"`])
      expect(foundOf('MAC_ADDRESS', text)).toEqual([address]);
  });

  test.each([
    '00:1B:44:11:3A',
    '00:1B:44:11:3A:B7:C8',
    'c8:00:1B:44:11:3A:B7',
    '00:1B-44:11-3A:B7',
    'ff:ff:ff:ff:ff:ff',
    '00:00:00:00:00:00',
  ])('is not %s', (text) => {
    expect(foundOf('MAC_ADDRESS', text)).toEqual([]);
  });
});

describe('URL', () => {
  test.each([
    'https://example.com/path?q=1&b=2#c',
    'http://user@example.com:8080/',
    'ftp://ftp.example.org/a',
    'http://[2001:db8::1]/a',
    'https://203.0.113.7/a',
    'www.example.com',
    'example.co.uk/path',
    'TalkAnorexia.de',
  ])('is %s, without the punctuation around it', (url) => {
    for (const [before, after] of [
      ['', ''],
      ['(', ')'],
      ['"', '"'],
      ['See ', '.'],
      ['[x](', ')'],
      ['<', '>'],
    ] as const)
      expect(foundOf('URL', before + url + after)).toEqual([url]);
  });

  test('keeps brackets of its own, and is found in full however long it is', () => {
    const long = `https://example.com/${'a-b_c='.repeat(200)}`;
    expect(foundOf('URL', 'x https://example.org/wiki/A_(b) y')).toEqual(['https://example.org/wiki/A_(b)']);
    expect(foundOf('URL', `see ${long} there`)).toEqual([long]);
  });

  test.each(['http://intranet', at('ada', 'example.com'), 'www.example', 'index.ts', 'README.md', 'a.b.c', 'e.g.'])(
    'is not %s',
    (text) => {
      expect(foundOf('URL', text)).toEqual([]);
    },
  );
});

test('a USERNAME is what is assigned to that name', () => {
  expect(foundOf('USERNAME', '{"username":"ada_99"} user name is ada.l')).toEqual(['ada_99', 'ada.l']);
  expect(foundOf('USERNAME', 'The username is required. username: null. ada_99')).toEqual([]);
});
