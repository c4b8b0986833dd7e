import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { issueConfirmation, openConfirmation } from '../../../core/confirmation/index.ts';
import { MAX_TOKEN_LENGTH, type Mac, sameText } from '../../../core/mac.ts';
import { issueSession, openSession } from '../../../core/session/index.ts';

const macWith =
  (key: string): Mac =>
  (text) =>
    createHmac('sha256', key).update(text).digest('base64url');
const mac = macWith('one key');

test('sameText is equality', () => {
  fc.assert(fc.property(fc.string(), fc.string(), (a, b) => sameText(a, b) === (a === b) && sameText(a, a)));
});

describe('sessions', () => {
  const token = issueSession(mac, 'id-1', 'user:ada');

  test('open for the caller they were issued to', () => {
    expect(openSession(mac, token, 'user:ada')).toBe('id-1');
  });

  test.each([
    ['another caller', mac, token, 'user:eve'],
    ['another key', macWith('another key'), token, 'user:ada'],
    ['a made-up token', mac, 's1.id-1.AAAA', 'user:ada'],
    ['another id', mac, token.replace('id-1', 'id-2'), 'user:ada'],
    ['a confirmation token', mac, token.replace(/^s1/, 'c1'), 'user:ada'],
    ['an endless token', mac, `${token}${'A'.repeat(MAX_TOKEN_LENGTH)}`, 'user:ada'],
    ['nothing', mac, '', 'user:ada'],
  ])('do not open for %s', (_, key, text, owner) => {
    expect(openSession(key, text, owner)).toBeUndefined();
  });

  test('no change of a single character opens', () => {
    for (let index = 0; index < token.length; index++) {
      const changed = `${token.slice(0, index)}${token[index] === 'A' ? 'B' : 'A'}${token.slice(index + 1)}`;
      expect(openSession(mac, changed, 'user:ada')).toBeUndefined();
    }
  });
});

describe('confirmations', () => {
  const subject = { owner: 'user:ada', body: '{"messages":[]}' };
  const { token } = issueConfirmation(mac, subject, 'nonce-1', 10_000);

  test('open once for the same caller and body, with an id to use up', () => {
    expect(openConfirmation(mac, token, subject, 9_999)).toEqual({ id: 'nonce-1', expiresAt: 10_000 });
  });

  test.each([
    ['after their time', token, subject, 10_000],
    ['for another body', token, { ...subject, body: '{"messages":[1]}' }, 0],
    ['for another caller', token, { ...subject, owner: 'user:eve' }, 0],
    ['with a later expiry', token.replace(/\.[0-9a-z]+\.(?=[^.]+$)/, '.zzzzzzzz.'), subject, 0],
  ])('do not open %s', (_, text, forSubject, now) => {
    expect(openConfirmation(mac, text, forSubject, now)).toBeUndefined();
  });

  test('a newline in the owner cannot move the border between owner and body', () => {
    const moved = { owner: 'user:ada\n{"a":1}', body: 'x' };
    const other = { owner: 'user:ada', body: '{"a":1}\nx' };
    const { token: text } = issueConfirmation(mac, moved, 'n', 10_000);
    expect(openConfirmation(mac, text, other, 0)).toBeUndefined();
  });
});
