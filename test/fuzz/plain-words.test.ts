/** Words that are passed over: nothing is missed that a naive reading of the same detectors finds. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BUILT_IN } from '../../core/redaction/detectors/built-in.ts';
import { createRedactor } from '../../core/redaction/index.ts';
import { longestOf, type PatternPart, parsePattern } from '../../core/redaction/pattern-syntax.ts';
import { type Detector, MAX_MATCH, MIN_IN_CONTEXT } from '../../core/redaction/types.ts';
import { referenceRedaction } from '../support/redaction-reference.ts';

/** A text that goes on for long enough: its last words get a look each. */
const REST = ' and so on, as it was in other times and will be for some more of them too';

const NOTHING: PatternPart = { kind: 'sequence', parts: [] };

const atom = fc.constantFrom(
  ...[
    'a',
    'b',
    'c',
    'A',
    '[ab]',
    '[a-z]',
    '[A-Z]',
    '[A-Za-z]',
    '[^ ]',
    '\\w',
    '\\s',
    ' ',
    ',',
    '\\.',
    '!',
    '\\d',
    '.',
    '\\n',
  ],
);
const quantified = fc
  .tuple(atom, fc.constantFrom('', '', '', '?', '{2}', '{1,3}', '{0,4}', '{6,20}', '{25}', '{27}'))
  .map(([unit, times]) => `${unit}${times}`);
const plainSequence = fc.array(quantified, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(''));
const group = fc
  .tuple(fc.array(plainSequence, { minLength: 1, maxLength: 2 }), fc.constantFrom('', '?', '{2}', '{1,3}'))
  .map(([options, times]) => `(?:${options.join('|')})${times}`);
const sequence = fc
  .array(fc.oneof({ weight: 4, arbitrary: quantified }, { weight: 1, arbitrary: group }), {
    minLength: 1,
    maxLength: 5,
  })
  .map((parts) => parts.join(''));
const pattern = fc
  .tuple(
    fc.array(sequence, { minLength: 1, maxLength: 2 }),
    fc.constantFrom('', '', '(?![a-z])', '(?=[ .])', '$', '\\b'),
    fc.constantFrom('y', 'iy'),
  )
  .map(([options, end, flags]) => new RegExp(`(?:${options.join('|')})${end}`, flags))
  .filter((each) => longestOf(parsePattern(each) ?? NOTHING) <= MAX_MATCH);

const detectors = fc.array(
  fc
    .record({
      pattern,
      near: fc.option(fc.constant('@'), { nil: undefined, freq: 4 }),
      assignedTo: fc.option(fc.constantFrom(['ab '], ['key'], ['secret'], ['a b'], ['-u '], ['caé']), {
        nil: undefined,
      }),
    })
    .map(({ pattern: own, near, assignedTo }): Detector => {
      return { entity: 'OWN', pattern: own, score: 1, ...(near && { near }), ...(assignedTo && { assignedTo }) };
    }),
  { minLength: 1, maxLength: 3 },
);

const WORDS = [
  'a',
  'b',
  'ab',
  'Ab',
  'abc',
  'is',
  'to',
  'A',
  'AB',
  'key',
  'secret',
  'caé',
  '-u',
  '7',
  'b7',
  'a@b',
  'abcabcabcabcabcabcabcabc',
];
const BETWEEN = [
  ' ',
  ' ',
  ' ',
  ' ',
  '  ',
  ', ',
  '. ',
  '.',
  '\n',
  '! ',
  '? ',
  ') ',
  ': ',
  '=',
  '\\n',
  '%20',
  '%ab',
  ' $-u ',
  '.-u ',
  '"',
  "'",
  '-',
  '\t',
  '\n\n\n\n\n\n\n\n\n',
];

const prose = (words: readonly string[]) =>
  fc
    .array(fc.tuple(fc.constantFrom(...words), fc.constantFrom(...BETWEEN)), { minLength: 1, maxLength: 14 })
    .map((parts) => parts.flat().join(''));

test('words of any text, by detectors of any kind', () => {
  fc.assert(
    fc.property(detectors, prose(WORDS), fc.nat(), (own, text, cut) => {
      const whole = text + REST;
      const redactor = createRedactor({ entities: [], detectors: own });
      const expected = referenceRedaction(own, 0, whole);
      expect(redactor.detect(whole)).toEqual(expected.findings);
      const stream = redactor.stream();
      const at = cut % whole.length;
      expect(stream.push(whole.slice(0, at)) + stream.end(whole.slice(at))).toBe(expected.text);
    }),
    { numRuns: 1500 },
  );
});

const KNOWN = [
  ...[
    'the',
    'password',
    'is',
    'was',
    'to',
    'be',
    'swift',
    'code',
    'DEUTDEFF',
    'deutdeff',
    'BIC',
    'my',
    'pw',
    '--user',
    '-u',
  ],
  ...[
    'valid',
    'thru',
    'good',
    '12/29',
    'cvv',
    '123',
    'pin',
    '4711',
    'phone',
    '+49',
    '30',
    '901820',
    'Monday',
    'aged',
    '40',
  ],
  ...[
    'X',
    '1234567L',
    'AB',
    '12',
    '34',
    '56',
    'C',
    'hunter2!',
    'Kartenprüfnummer',
    'username',
    'ada',
    'token',
    'value',
    'name',
  ],
  ...[
    'AKIA',
    'sk-',
    'eyJ',
    'HTTP',
    'McDonald',
    'don’t',
    'Zürich',
    'ada.lovelace',
    'international',
    'secretary',
    'user',
    '4111',
  ],
];

test.each(['default', 'all'] as const)('words around values, by the detectors of %s', (entities) => {
  const chosen = BUILT_IN.filter(({ byDefault = true }) => entities === 'all' || byDefault);
  const redactor = createRedactor({ entities });
  fc.assert(
    fc.property(prose(KNOWN), (text) => {
      const whole = text + REST;
      const minScore = entities === 'all' ? 0 : MIN_IN_CONTEXT;
      expect(redactor.detect(whole)).toEqual(referenceRedaction(chosen, minScore, whole).findings);
    }),
    { numRuns: 100 },
  );
});
