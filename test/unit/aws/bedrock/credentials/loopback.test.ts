import { expect, test } from 'vitest';
import { isPrivateConnection, isPrivateEndpoint } from '../../../../../aws/bedrock/credentials/loopback.ts';

test.each([
  'http://127.0.0.1:8700',
  'http://127.0.0.1',
  'http://127.255.255.254/path',
  'HTTP://LOCALHOST:1/',
  'http://localhost?query',
  'http://[::1]:8700/',
  'https://bedrock-runtime.eu-central-1.amazonaws.com',
])('%s stays secret', (url) => {
  expect(isPrivateEndpoint(url)).toBe(true);
});

test.each([
  'http://127.0.0.1.evil.com',
  'http://localhost.evil.com',
  'http://localhost@evil.com',
  'http://127.0.0.1:80@evil.com',
  'http://localhost:pass@evil.com',
  'http://localhost\\@evil.com',
  'http://localhost\t@evil.com',
  'http://2130706433',
  'http://0x7f000001',
  'http://017700000001',
  'http://127.1',
  'http://127.0.0.256',
  'http://0.0.0.0',
  'http://[::ffff:127.0.0.1]',
  'http://[::1]evil.com',
  'http://localhost。evil.com',
  'http://ⓛocalhost',
  'http:/localhost',
  'http:localhost',
  '//localhost',
  ' http://localhost',
  'HTTP://evil.com',
  'http://evil.com/http://localhost',
  'http://evil.com#https://',
  'ftp://localhost',
  'ht\ntps://evil.com',
  'localhost:8700',
])('%j does not', (url) => {
  expect(isPrivateEndpoint(url)).toBe(false);
});

test('a connection is judged by what it was parsed to', () => {
  for (const host of ['127.0.0.1', 'localhost', '::1', '[::1]']) expect(isPrivateConnection('http:', host)).toBe(true);
  for (const host of ['', '127.0.0.1.evil.com', '10.0.0.1', 'evil.com', '127.0.0.1:80', 'localhost@evil.com'])
    expect(isPrivateConnection('http:', host)).toBe(false);
  expect(isPrivateConnection('https:', 'evil.com')).toBe(true);
  expect(isPrivateConnection('', 'evil.com')).toBe(false);
});
