import { describe, expect, test } from 'vitest';
import { createRedactor } from '../../../../core/redaction/index.ts';
import type { Detector } from '../../../../core/redaction/types.ts';
import { referenceRedaction } from '../../../support/redaction-reference.ts';

/** The last words of a text get a look each: so that those before it are passed over. */
const REST = ' and so on, as it was in other times and will be for some more of them too';

/** Any letter may begin a value, and no word is one. */
const LETTERS: Detector = { entity: 'LETTERS', pattern: /[A-Za-z]{40}/y, score: 1 };

const found = (detector: Pick<Detector, 'pattern' | 'assignedTo'>, text: string): readonly string[] => {
  const own: readonly Detector[] = [{ entity: 'OWN', score: 1, ...detector }, LETTERS];
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
    ['matches a capital within', /m[a-z][A-Z]a/y, 'one mcDa', 'mcDa'],
  ])('%s', (_, pattern, text, value) => {
    expect(found({ pattern }, text)).toEqual([value]);
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
    expect(found({ pattern: /abc/y, assignedTo }, text)).toEqual(['abc']);
  });
});

test('a pattern that nothing is known of is tried at every place', () => {
  expect(found({ pattern: /(a)b\1/y }, 'the aba')).toEqual(['aba']);
});

test('white space that is assigned to a name is found', () => {
  expect(found({ pattern: / ab/y, assignedTo: ['key'] }, 'the key is  ab')).toEqual([' ab']);
});
