import { describe, expect, test } from 'vitest';
import { identityOf, principalsOf } from '../../../core/caller.ts';
import { ipPrefix } from '../../../core/ip-prefix.ts';

describe('identityOf', () => {
  test.each([
    [
      { user: 'u', apiKey: 'k', ip: '203.0.113.1' },
      { kind: 'user', id: 'u' },
    ],
    [
      { apiKey: 'k', ip: '203.0.113.1' },
      { kind: 'apiKey', id: 'k' },
    ],
    [{ ip: '203.0.113.1' }, { kind: 'ip', id: '203.0.113.1' }],
    [{ tenant: 't', session: 's' }, undefined],
  ] as const)('of %o is %o', (caller, identity) => {
    expect(identityOf(caller)).toEqual(identity);
  });
});

test('everybody is named who could be charged', () => {
  const kinds = principalsOf({ user: 'u', apiKey: 'k', ip: '203.0.113.1', tenant: 't', session: 's' });
  expect(kinds.map(({ kind }) => kind)).toEqual(['session', 'user', 'apiKey', 'ip', 'tenant', 'account']);
});

describe('ipPrefix', () => {
  test.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::1', '2001:db8:1:2::/64'],
    ['2001:db8::', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['2001:0db8:0001:0002::9', '2001:db8:1:2::/64'],
  ])('of %s is %s', (address, prefix) => {
    expect(ipPrefix(address)).toBe(prefix);
  });

  test.each(['', 'localhost', '1:2:3', '1::2::3', '2001:db8:g::', '1:2:3:4:5:6:7:8:9', '1.2.3', ':'.repeat(200)])(
    'of %s, which is no address, is undefined',
    (text) => {
      expect(ipPrefix(text)).toBeUndefined();
    },
  );

  test('addresses of one /64 share a prefix, neighbours do not', () => {
    expect(ipPrefix('2001:db8:0:7::1')).toBe(ipPrefix('2001:db8:0:7:ffff:ffff:ffff:ffff'));
    expect(ipPrefix('2001:db8:0:7::1')).not.toBe(ipPrefix('2001:db8:0:8::1'));
  });
});
