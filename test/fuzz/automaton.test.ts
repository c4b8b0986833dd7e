import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createAutomaton } from '../../core/redaction/automaton.ts';
import { createDetectorSets } from '../../core/redaction/detector-sets.ts';
import { BUILT_IN } from '../../core/redaction/detectors/built-in.ts';
import { PRIVATE_VALUES } from '../support/private-values.ts';

/** Patterns over a small alphabet, with all that the automaton follows. */
const { pattern } = fc.letrec<{ pattern: string; term: string; sequence: string }>((tie) => ({
  pattern: fc.array(tie('sequence'), { minLength: 1, maxLength: 2 }).map((options) => options.join('|')),
  sequence: fc
    .array(fc.tuple(tie('term'), fc.constantFrom('', '', '', '?', '*', '+', '{2}', '{0,2}', '{1,3}?', '{2,}')), {
      maxLength: 4,
    })
    .map((parts) => parts.map(([term, quantifier]) => term + quantifier).join('')),
  term: fc.oneof(
    { maxDepth: 2 },
    fc.constantFrom(
      'a',
      'b',
      '1',
      '\\d',
      '\\w',
      '\\W',
      '.',
      '[ab]',
      '[^a]',
      '[^\\]]',
      '\\s',
      '[\\sa]',
      '\\xe9',
      '\\x61',
      '\\.',
      '{',
      ']',
    ),
    tie('pattern').map((inner) => `(?:${inner})`),
    tie('pattern').map((inner) => `(${inner})`),
    fc.tuple(fc.constantFrom('?=', '?!'), tie('pattern')).map(([sign, inner]) => `(${sign}${inner})`),
    fc.constantFrom('(?:$)', '(?:\\b)', '(?:\\B)', '(?:^)'),
  ),
}));
const text = fc.string({
  unit: fc.constantFrom('a', 'b', 'B', '1', '.', ' ', '\n', '{', ']', '梨', 'é', '\u00a0'),
  maxLength: 8,
});

const outcome = (regExp: RegExp, of: string): string => {
  regExp.lastIndex = 0;
  return JSON.stringify(regExp.exec(of));
};

test('what cannot change does not change, whatever follows', { timeout: 90_000 }, () => {
  let stood = 0;
  fc.assert(
    fc.property(pattern, fc.constantFrom('y', 'iy', 'my', 'sy'), text, fc.array(text), (source, flags, rest, more) => {
      const regExp = new RegExp(source, flags);
      const automaton = createAutomaton(createDetectorSets([{ entity: 'X', pattern: regExp, score: 1 }]), [0]);
      const known = `a${rest}`;
      const look = automaton.look(known, 0, 0, 0);
      if (!/^(?:null|\["")/.test(outcome(regExp, known))) expect(look.candidates.indices).toEqual([0]);
      fc.pre(!look.open);
      stood += 1;
      for (const each of more) expect(outcome(regExp, known + each)).toBe(outcome(regExp, known));
    }),
    { numRuns: 3000 },
  );
  expect(stood).toBeGreaterThan(500);
});

const part = fc.oneof(
  fc.constantFrom(...PRIVATE_VALUES.map(({ value }) => value)),
  fc.constantFrom(' ', '-', '.', '@', ':', '://', '1', '12', 'a', 'G', '"', '\n', 'token', 'secret key', '=', '梨'),
);

let version = 0;
const nextVersion = (): number => {
  version += 1;
  return version;
};

const everything = createAutomaton(createDetectorSets(BUILT_IN), [...BUILT_IN.keys()]);

test('of the built-in detectors too, and what matches is a candidate', () => {
  fc.assert(
    fc.property(fc.array(part, { minLength: 1 }), fc.nat(), (parts, cut) => {
      const whole = parts.join('');
      const known = whole.slice(0, 1 + (cut % whole.length));
      const { open, candidates } = everything.look(known, 0, 0, nextVersion());
      for (const [index, { pattern }] of BUILT_IN.entries()) {
        const now = outcome(pattern, known);
        if (now !== 'null') expect(candidates.indices).toContain(index);
        if (!open) expect(outcome(pattern, whole)).toBe(now);
      }
    }),
    { numRuns: 1000 },
  );
});
