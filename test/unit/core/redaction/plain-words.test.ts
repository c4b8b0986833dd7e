import { describe, expect, test } from 'vitest';
import { createRedactor } from '../../../../core/redaction/index.ts';
import { parsePattern } from '../../../../core/redaction/pattern-syntax.ts';
import { plainWordsOf } from '../../../../core/redaction/plain-words.ts';
import type { Detector } from '../../../../core/redaction/types.ts';
import { referenceRedaction } from '../../../support/redaction-reference.ts';

/** The last words of a text get a look each: so that those before it are passed over. */
const REST = ' and so on, as it was in other times and will be for some more of them too';

/** Any letter may begin a value, and no word is one. */
const LETTERS: Detector = { entity: 'LETTERS', pattern: /[A-Za-z]{40}/y, score: 1 };

type Own = Pick<Detector, 'pattern' | 'assignedTo' | 'near'>;

const found = (text: string, ...detectors: readonly Own[]): readonly string[] => {
  const own: readonly Detector[] = [...detectors.map((each) => ({ entity: 'OWN', score: 1, ...each })), LETTERS];
  const whole = text + REST;
  const findings = createRedactor({ entities: [], detectors: own }).detect(whole);
  expect(findings).toEqual(referenceRedaction(own, 0, whole).findings);
  return findings.map(({ start, end }) => whole.slice(start, end));
};

describe('words are not passed over that a pattern', () => {
  test.each<[string, RegExp, string, string]>([
    ['matches', /abc/y, 'the abc', 'abc'],
    ['matches in another case', /abc/iy, 'the aBC', 'aBC'],
    ['matches the beginning of', /ab(?=c)/y, 'the abcd', 'ab'],
    ['matches one letter of', /q(?!b)/y, 'one quote', 'q'],
    ['matches by their length', /[a-z]{19}(?![a-z])/y, `the ${'abcdefghijklmnopqrst'.slice(1)}`, 'bcdefghijklmnopqrst'],
    ['matches though they are long', /[a-z]{30,40}(?![a-z])/y, `the ${'abc'.repeat(11)}`, 'abc'.repeat(11)],
    ['matches with the next word', /good thru/y, 'one good thru', 'good thru'],
    ['matches with the next word, two spaces on', /good {2}thru/y, 'one good  thru', 'good  thru'],
    ['matches with a mark and the next word', /good, thru/y, 'one good, thru', 'good, thru'],
    ['matches with a mark and what follows', /good\.thru/y, 'one good.thru', 'good.thru'],
    ['matches with a number', /nr \d/y, 'one nr 7', 'nr 7'],
    ['matches with a number behind a mark', /nr\. \d/y, 'one nr. 7', 'nr. 7'],
    ['matches with the white space before them', / [A-Z]{2}\d/y, 'one AB7', ' AB7'],
    ['matches with a mark and the space before them', /, [A-Z]{2}\d/y, 'one, AB7', ', AB7'],
    ['matches with much white space', /\n{9}ab/y, `one${'\n'.repeat(9)}ab`, `${'\n'.repeat(9)}ab`],
    ['matches within, right after an escape', /[ac]d/y, 'one%abcd', 'cd'],
    ['matches with what may be more or less', /[^a]{0,4}[ab]/y, 'on, as', 'on, a'],
    ['matches with words of a length', /(?: [a-z]{2,5}){2}\d/y, 'aaaaaa abc abc7', ' abc abc7'],
    [
      'matches with words of any length',
      /[^@]{26}7/y,
      `${'abcdefghi'.repeat(2)}j the of7`,
      `${'abcdefghi'.repeat(2)}j the of7`,
    ],
    [
      'matches with words of any length, to the end',
      /[a-z ]{27}7/y,
      `${'abcde'.repeat(4)} to be 7`,
      `${'abcde'.repeat(4)} to be 7`,
    ],
    ['matches a capital within', /m[a-z][A-Z]a/y, 'one mcDa', 'mcDa'],
  ])('%s', (_, pattern, text, value) => {
    expect(found(text, { pattern })).toContain(value);
  });
});

describe('a value is found that is assigned', () => {
  test.each<[string, readonly string[], string]>([
    ['by a word', ['key'], 'my key is abc'],
    ['by a word at the beginning', ['key'], 'key is abc'],
    ['over white space', ['key'], 'my key is\n  abc'],
    ['to an option', ['key'], 'call -key abc'],
    ['to an option of one letter', ['-u '], 'call -u abc'],
    ['to an option that a dash ends', ['key'], 'call --a-key abc'],
    ['to an option behind a mark', ['-u '], 'call .-u abc'],
    ['to an option behind a sign', ['-u '], 'call $-u abc'],
    ['to an option without letters', ['---'], 'call --- = abc'],
    ['to a scheme', ['bearer '], 'says bearer abc'],
    ['to a scheme that a backslash is before', ['bearer '], String.raw`says \bearer abc`],
    ['to a name of four words', ['key'], 'the key to the house is Bearer abc'],
    ['to a name with an accent', ['senal'], 'the señal is abc'],
    ['to a name of two words', ['keyhouse'], 'the key house is abc'],
    ['to a name of many parts', ['key'], 'the key.a.b.c.d.e.f.g = abc'],
    ['to a name of two letters', ['pw '], 'the pw = abc'],
    ['to the name of a pair', ['key'], 'name: the.key, value: abc'],
    ['to a name that a keyword of two words is in', ['key house'], 'the house_of_key = abc'],
  ])('%s', (_, assignedTo, text) => {
    expect(found(text, { pattern: /abc/y, assignedTo })).toEqual(['abc']);
  });
});

test('a pattern that nothing is known of is tried at every place', () => {
  expect(found('the aba', { pattern: /(a)b\1/y })).toEqual(['aba']);
});

test('white space that is assigned to a name is found', () => {
  expect(found('the key is  ab', { pattern: / ab/y, assignedTo: ['key'] })).toEqual([' ab']);
});

test.each([/ k{50}@/y, /, k{50}@/y, /\n[a-z ]{50}@/y])(
  'white space before what is near is not passed over: %s',
  (pattern) => {
    const before = pattern.source.startsWith(',') ? ', ' : pattern.source.startsWith(' ') ? ' ' : '\n';
    const text = `so abcdefghijklmnop${before}${'k'.repeat(50)}@ `;
    expect(found(text, { pattern, near: '@' }, { pattern: /[a-z]{3}\d{3}/y })).toEqual([`${before}${'k'.repeat(50)}@`]);
  },
);

test('built-in detectors find what follows an escape, and what an odd option is given', () => {
  const { detect } = createRedactor();
  expect(detect(`x=%abvalid thru 12/29${REST}`)).toMatchObject([{ entity: 'CREDIT_DEBIT_CARD_EXPIRY' }]);
  expect(detect(`curl .-u ada:${'hunter2'}secret https://x.y${REST}`)).toMatchObject([{ rule: 'curl-auth-user' }]);
});

test.each(['(?:[a-z]?-?)?', '(?:a?|b?|c?)', '(?:(?:a?){3}b?){2}'])('a pattern of many %s is soon read', (part) => {
  const parsed = parsePattern(new RegExp(`${part.repeat(40)}\\d`, 'y'));
  if (parsed === undefined) return expect.unreachable();
  const start = performance.now();
  plainWordsOf([parsed]);
  expect(performance.now() - start).toBeLessThan(1000);
});
