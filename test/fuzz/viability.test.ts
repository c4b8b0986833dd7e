import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PERSONAL_DETECTORS } from '../../core/redaction/detectors/personal.ts';
import { SECRET_DETECTORS } from '../../core/redaction/detectors/secrets.ts';
import { createTriggerTable } from '../../core/redaction/trigger-table.ts';
import { createViability } from '../../core/redaction/viability.ts';
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
    fc.constantFrom('a', 'b', '1', '\\d', '\\w', '\\W', '.', '[ab]', '[^a]', '[^\\]]', '\\x61', '\\.', '{', ']'),
    tie('pattern').map((inner) => `(?:${inner})`),
    tie('pattern').map((inner) => `(${inner})`),
    fc.tuple(fc.constantFrom('?=', '?!'), tie('pattern')).map(([sign, inner]) => `(${sign}${inner})`),
    fc.constantFrom('(?:$)', '(?:\\b)', '(?:\\B)', '(?:^)'),
  ),
}));
const text = fc.string({ unit: fc.constantFrom('a', 'b', 'B', '1', '.', ' ', '\n', '{', ']', '梨'), maxLength: 8 });

const outcome = (regExp: RegExp, of: string): string => {
  regExp.lastIndex = 0;
  return JSON.stringify(regExp.exec(of));
};

test('what cannot change does not change, whatever follows', () => {
  let stood = 0;
  fc.assert(
    fc.property(pattern, fc.constantFrom('y', 'iy', 'my', 'sy'), text, fc.array(text), (source, flags, rest, more) => {
      const regExp = new RegExp(source, flags);
      const watch = createViability(createTriggerTable([{ entity: 'X', pattern: regExp, score: 1 }], 0))();
      const known = `a${rest}`;
      fc.pre(!watch.mayChange(known, 0, 0));
      stood += 1;
      for (const each of more) expect(outcome(regExp, known + each)).toBe(outcome(regExp, known));
    }),
    { numRuns: 3000 },
  );
  expect(stood).toBeGreaterThan(500);
});

const detectors = [...PERSONAL_DETECTORS, ...SECRET_DETECTORS];
const part = fc.oneof(
  fc.constantFrom(...PRIVATE_VALUES.map(({ value }) => value)),
  fc.constantFrom(' ', '-', '.', '@', ':', '://', '1', '12', 'a', 'G', '"', '\n', 'token', 'secret key', '=', '梨'),
);

test('of the built-in detectors too, and a place asked at every unit says the same as one asked once', () => {
  fc.assert(
    fc.property(fc.constantFrom(...detectors), fc.array(part, { minLength: 1 }), fc.nat(), (detector, parts, cut) => {
      const whole = parts.join('');
      const known = whole.slice(0, 1 + (cut % whole.length));
      const viability = createViability(createTriggerTable([detector], 0));
      const [once, often] = [viability(), viability()];
      for (let end = 1; end < known.length; end++) often.mayChange(known.slice(0, end), 0, 0);
      const open = once.mayChange(known, 0, 0);
      expect(often.mayChange(known, 0, 0)).toBe(open);
      if (!open) expect(outcome(detector.pattern, whole)).toBe(outcome(detector.pattern, known));
    }),
    { numRuns: 3000 },
  );
});
