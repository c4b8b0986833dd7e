import { describe, expect, test } from 'vitest';
import { createTriggerTable } from '../../../../core/redaction/trigger-table.ts';
import { createViability } from '../../../../core/redaction/viability.ts';

// biome-ignore lint/correctness/noEmptyCharacterClassInRegex: a class without members is what is read here
const ANYTHING = /a[^]b/y;

const mayChange = (pattern: RegExp, text: string): boolean => {
  const watch = createViability(createTriggerTable([{ entity: 'X', pattern, score: 1 }], 0))();
  return watch.mayChange(text, 0, 0);
};

describe('an outcome is open', () => {
  test.each([
    [/abc/y, 'ab'],
    [/a\d{2,3}/y, 'a12'],
    [/a(?!\d)/y, 'a'],
    [/a(?=bc)/y, 'ab'],
    [/a$/y, 'a'],
    [/a$/my, 'a'],
    [/a\b/y, 'a'],
    [/(?:a|abc)x?/y, 'ab'],
    [/a+/y, 'aaa'],
    [/a{2,}b/y, 'aaaaa'],
    [/ab*?c/y, 'abb'],
    [/a{x}/y, 'a{'],
    [/a[\]x]b/y, 'a]'],
    [ANYTHING, 'a\n'],
    [/a.b/sy, 'a\n'],
    [/É?a梨/iy, 'a'],
    [/[^x](?<value>é)/iy, 'a'],
    [/a\x41\u0042\//y, 'aAB'],
  ])('%s after %j', (pattern, text) => {
    expect(mayChange(pattern, text)).toBe(true);
  });
});

describe('an outcome stands', () => {
  test.each([
    [/abc/y, 'abc'],
    [/abc/y, 'ax'],
    [/abc/iy, 'aBd'],
    [/a\d{2,3}/y, 'a123'],
    [/a\d{2,3}/y, 'a12 '],
    [/a(?!\d)/y, 'ab'],
    [/a(?=bc)/y, 'abc'],
    [/a$/y, 'ab'],
    [/a\b/y, 'ab'],
    [/a+/y, 'aab'],
    [/a{2,}b/y, 'aaab'],
    [/a{x}/y, 'aa'],
    [ANYTHING, 'a\nc'],
    [/a.b/y, 'a\n'],
    [/[^x](?<value>é)/iy, 'aÉ'],
    [/^a/y, 'a'],
  ])('%s after %j', (pattern, text) => {
    expect(mayChange(pattern, text)).toBe(false);
  });

  test('of no detector, since none begins with the unit', () => {
    expect(createViability(createTriggerTable([], 0))().mayChange('é', 0, 0)).toBe(false);
  });
});

test.each([
  [/(a)\1/y, 'ax'],
  [/(?<=x)ab/y, 'ax'],
  [/(?i:a)b/y, 'ax'],
  [/a\p{L}/uy, 'a '],
  [/a[[b]]/vy, 'ax'],
  [/a(?:(?:b{1,300}){1,300}){1,300}/y, 'ax'],
  [new RegExp(`a${'('.repeat(500)}b${')'.repeat(500)}`, 'y'), 'ax'],
])('a pattern that cannot be followed waits: %s', (pattern, text) => {
  expect(mayChange(pattern, text)).toBe(true);
});

test('a place goes on from where the text ended before', () => {
  const pattern = /a[0-9]{2}-(?!x)/y;
  const watch = createViability(createTriggerTable([{ entity: 'X', pattern, score: 1 }], 0))();
  expect(watch.mayChange('..a1', 2, 0)).toBe(true);
  expect(watch.mayChange('a12-', 0, 2)).toBe(true);
  expect(watch.mayChange('a12-y', 0, 2)).toBe(false);
  expect(watch.mayChange('a12-y', 0, 2)).toBe(false);
  watch.clear();
  expect(watch.mayChange('a12', 0, 2)).toBe(true);
});
