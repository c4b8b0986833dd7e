import { describe, expect, test } from 'vitest';
import { holdsOneOf, wordsOf } from '../../../../core/redaction/context-words.ts';

const hears = (text: string, ...context: readonly string[]): boolean => holdsOneOf(wordsOf(text), context);

describe('a context word is heard', () => {
  test.each([
    ['Passport: ', 'passport'],
    ['passportNumber=', 'passport'],
    ['userSsn: ', 'ssn'],
    ['SSNs ', 'ssn'],
    ['my_tax_id = ', 'tax id'],
    ["driver's license no. ", 'driver s licen'],
    ['Visa ', 'visa '],
    ['DL no ', 'dl'],
    ['FØDSELSNUMMER ', 'fødselsnummer'],
    ['identite\u0300 ', 'identitè'],
    ['\u0905\u092a\u0928\u093e \u0906\u0927\u093e\u0930 ', '\u0906\u0927\u093e\u0930'],
    [
      '\u0e23\u0e2b\u0e31\u0e2a\u0e1b\u0e0a\u0e0a\u0e02\u0e2d\u0e07\u0e09\u0e31\u0e19',
      '\u0e23\u0e2b\u0e31\u0e2a\u0e1b\u0e0a\u0e0a',
    ],
    ['\u5979\u7684\u7535\u8bdd\u662f', '\u7535\u8bdd'],
    ['\uc81c \uc5ec\uad8c\ubc88\ud638\ub294', '\uc5ec\uad8c'],
    ['\u6211\u7684SSN\u662f', 'ssn'],
  ])('%j: %s', (text, word) => {
    expect(hears(text, 'other', word)).toBe(true);
  });
});

describe('a context word is not heard', () => {
  test.each([
    ['a bright tint ', 'tin'],
    ['birch:', 'bir'],
    ['a visage ', 'visa '],
    ['QI7WfyVhMtp0F7DlCapsCq', 'dl'],
    ['vacation ', 'cat'],
    ['mypassport ', 'passport'],
    ['tax. An id', 'tax id'],
    ['', 'ssn'],
  ])('%j: %s', (text, word) => {
    expect(hears(text, 'other', word)).toBe(false);
  });

  test('where none is asked for', () => {
    expect(hears('ssn ')).toBe(false);
  });
});

test('the words of a long text take no longer than their length', () => {
  expect(wordsOf('aB'.repeat(40)).length).toBeLessThan(200);
  expect(wordsOf('(c) x|Y')).toBe(' c x y ');
});
