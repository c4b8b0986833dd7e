/** Where a name holds a keyword, its first letters are seen before the value. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BUILT_IN } from '../../core/redaction/detectors/built-in.ts';
import { headsOf, mayHoldKeyword, namesOneOf } from '../../core/redaction/name-keywords.ts';
import { assignedName, mayFollowName } from '../../core/redaction/surroundings.ts';

const KEYWORDS = [...new Set(BUILT_IN.flatMap(({ assignedTo }) => assignedTo ?? []))].filter(
  (each) => !each.startsWith('!'),
);
const OWN = ['pw ', '-u ', '---', '-_ ', 'a b', 'a1b', 'señal', 'k-y', 'x'];

const keyword = fc.constantFrom(...KEYWORDS, ...OWN);
const letters = fc.string({ unit: fc.constantFrom(...'aeu1 _.$-é\n'), maxLength: 8 });
const joined = fc.constantFrom(' ', '', '-', '_', '.', '$', ' -', ' --', '\t', 'é', '.-', '$-');
const operator = fc.constantFrom(
  ' is ',
  '=',
  ': ',
  '": "',
  ' => ',
  '> ',
  ' ',
  ' is Bearer ',
  ' = \'"',
  '\n',
  ": '''\n\n\n",
);

test('names of any kind', () => {
  const text = fc
    .tuple(letters, joined, keyword, joined, letters, operator)
    .map(([before, one, word, other, after, sign]) => `${before}${one}${word.trim()}${other}${after}${sign}`);
  fc.assert(
    fc.property(text, keyword, (before, word) => {
      const at = before.length;
      const name = mayFollowName(`${before}x`, at) ? assignedName(`${before}x`, at) : undefined;
      for (const each of KEYWORDS.concat(word))
        if (name !== undefined && namesOneOf(name, [each]))
          expect(mayHoldKeyword(`${before}x`, at, headsOf([each])), each).toBe(true);
    }),
    { numRuns: 1500 },
  );
});
