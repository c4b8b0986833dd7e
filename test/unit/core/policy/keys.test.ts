import { expect, test } from 'vitest';
import { readDigestKey } from '../../../../core/policy/digest-key.ts';
import type { PolicyKeys } from '../../../../core/policy/keys.ts';
import { definePolicy } from '../../../../core/policy.ts';

const key = (letter: string): string => letter.repeat(32);

test.each<[string, PolicyKeys]>([
  ['one key for each use', { digest: key('d'), mac: key('m') }],
  ['several keys that seal', { digest: key('d'), mac: [key('m'), key('n'), key('m')] }],
  ['a digest key with its version', { digest: { version: 'v2', key: key('d') }, mac: key('m') }],
])('%s is fine', (_, keys) => {
  expect(() => definePolicy({ keys })).not.toThrow();
});

test.each<[string, object]>([
  ['a short key among several', { digest: key('d'), mac: [key('m'), 'short'] }],
  ['no key at all', { digest: key('d'), mac: [] }],
  ['more keys than rotate', { digest: key('d'), mac: ['a', 'b', 'c', 'e', 'f'].map(key) }],
  ['the digest key among those that seal', { digest: key('d'), mac: [key('m'), key('d')] }],
  ['the digest key with a version among those that seal', { digest: { version: 'v2', key: key('d') }, mac: key('d') }],
  ['a digest key with a version and no key', { digest: { version: 'v2' }, mac: key('m') }],
  ['a version with a dot', { digest: { version: 'v1.x', key: key('d') }, mac: key('m') }],
  ['a version that ends the part of a key', { digest: { version: 'v#', key: key('d') }, mac: key('m') }],
  ['an option of a key that is unknown', { digest: { version: 'v2', key: key('d'), kid: 1 }, mac: key('m') }],
  ['a list for a digest key', { digest: [key('d')], mac: key('m') }],
  ['nothing for a digest key', { digest: null, mac: key('m') }],
  ['no digest key', { mac: key('m') }],
  ['no key that seals', { digest: key('d') }],
])('%s is refused, and not quoted', (_, keys) => {
  expect(() => definePolicy({ keys: keys as PolicyKeys })).toThrow(
    expect.objectContaining({ name: 'TypeError', message: expect.not.stringMatching(/m{32}|d{32}|short/) }),
  );
});

test('a digest key is read from text as it is, or with its version from JSON', () => {
  expect(readDigestKey(key('d'))).toBe(key('d'));
  const versioned = { version: 'v2', key: key('d') };
  expect(readDigestKey(JSON.stringify(versioned))).toEqual(versioned);
  expect(() => readDigestKey(`{"key": "${key('d')}"`)).toThrow(
    expect.objectContaining({ name: 'TypeError', message: expect.not.stringContaining('dd') }),
  );
});
