import { describe, expect, test } from 'vitest';
import { createRedactor } from '../../../../core/redaction/index.ts';
import { isInPlaceholder, textBefore } from '../../../../core/redaction/placeholders.ts';

describe('the text before a value', () => {
  test.each([
    ['ssn of ', 'ssn of '],
    ['ssn [US_SSN_1] and ', ' and '],
    ['ssn [US_SSN:kbdmpcahqrst] and ', ' and '],
    ['[A_1] [SECRET_12], tel ', ', tel '],
    ['SN_1] and ', ' and '],
    ['tokens[key_1] = ', 'tokens[key_1] = '],
    ['see [1], ssn ', 'see [1], ssn '],
  ])('of %j is %j', (before, expected) => {
    expect(textBefore(`${before}536904399`, before.length)).toBe(expected);
  });

  test('is no longer than the context', () => {
    expect(textBefore('x'.repeat(500), 400)).toBe('x'.repeat(80));
  });
});

test.each([
  ['password: [SECRET_1]', 11, true],
  ['password: [SECRET_1', 11, false],
  ['password: (SECRET_1)', 11, false],
  ['password: [SECRET_1]', 10, false],
  ['password: [secret_1]', 11, false],
])('in %j a placeholder is at %i: %s', (text, index, expected) => {
  expect(isInPlaceholder(text, index)).toBe(expected);
});

describe('redacting twice changes nothing', () => {
  test.each([
    ['password=', 'AP6xxKq91zT'].join(''),
    ['Pass-Nr.: ', 'F1234', '5671'].join(''),
    ['001332', '-1234567'].join(''),
    ['11-11-11', '-11114'].join(''),
    ['536-90-4399', '-02123456'].join(''),
    ['curl -u username:', 'token'].join(''),
    ['AAAAAA00B11C333Y', ' and AAAAAA00B11C333N'].join(''),
    ['bank account ', 'x'.repeat(60), '@example.com 12345678'].join(''),
  ])('in %j', (text) => {
    for (const entities of ['default', 'all'] as const) {
      const { redact } = createRedactor({ entities });
      const once = redact(text).text;
      expect(redact(once).text).toBe(once);
    }
  });
});
