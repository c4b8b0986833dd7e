/** What one key has sealed is good under the next, as long as both are given. */

import { expect, test } from 'vitest';
import { createPrincipalDigest } from '../../../aws/dynamodb/principal-digest.ts';
import { macOf } from '../../../aws/mac.ts';
import { issueConfirmation, openConfirmation } from '../../../core/confirmation/index.ts';
import { issueSession, openSession } from '../../../core/session/index.ts';

const [first, second, third] = ['a', 'b', 'c'].map((letter) => macOf(letter.repeat(32))) as [
  ReturnType<typeof macOf>,
  ReturnType<typeof macOf>,
  ReturnType<typeof macOf>,
];

test('the first of several keys seals, and each of them opens', () => {
  const token = issueSession([second, first], 'id', 'user:ada');
  expect(token).toBe(issueSession(second, 'id', 'user:ada'));
  expect(openSession([second, first], issueSession(first, 'id', 'user:ada'), 'user:ada')).toBe('id');
  expect(openSession([third, second], issueSession(first, 'id', 'user:ada'), 'user:ada')).toBeUndefined();
});

test('who a token is for stays bound under an older key', () => {
  expect(openSession([second, first], issueSession(first, 'id', 'user:ada'), 'user:eve')).toBeUndefined();
});

test('a confirmation of the key before works once more after a rotation, with the same id', () => {
  const subject = { owner: 'user:ada', body: '{}' };
  const { token } = issueConfirmation(first, subject, 'nonce', 2000);
  expect(openConfirmation([second, first], token, subject, 1000)).toEqual({ id: 'nonce', expiresAt: 2000 });
  expect(openConfirmation([second, first], token, { ...subject, body: '{"a":1}' }, 1000)).toBeUndefined();
  expect(openConfirmation([second, first], token, subject, 3000)).toBeUndefined();
});

test('the version of a digest key stands before digests, and changes nothing else', () => {
  const key = 'd'.repeat(32);
  const who = { kind: 'user', id: 'ada' } as const;
  const digest = createPrincipalDigest(key)(who);
  expect(digest).toMatch(/^v1\./);
  expect(createPrincipalDigest({ version: 'v2', key })(who)).toBe(digest.replace('v1.', 'v2.'));
});
