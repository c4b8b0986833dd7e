import { describe, expect, test } from 'vitest';
import { type Automaton, createAutomaton } from '../../../../core/redaction/automaton.ts';
import { createDetectorSets } from '../../../../core/redaction/detector-sets.ts';
import type { Detector } from '../../../../core/redaction/types.ts';

// biome-ignore lint/correctness/noEmptyCharacterClassInRegex: a class without members is what is read here
const ANYTHING = /a[^]b/y;

const detectorOf = (pattern: RegExp): Detector => ({ entity: 'X', pattern, score: 1 });

const automatonOf = (patterns: readonly RegExp[], needs: readonly number[] = []): Automaton =>
  createAutomaton(createDetectorSets(patterns.map(detectorOf)), [...patterns.keys()], { needs });

const mayChange = (pattern: RegExp, text: string): boolean => automatonOf([pattern]).look(text, 0, 0, 0).open;

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
    [/(?<!x)ab/y, 'ax'],
    [/(?<=x)ab/y, 'ab'],
  ])('%s after %j', (pattern, text) => {
    expect(mayChange(pattern, text)).toBe(false);
  });

  test('of no detector', () => {
    expect(automatonOf([]).look('é', 0, 0, 0).open).toBe(false);
  });
});

test.each([
  [/(a)\1/y, 'ax'],
  [/(?<=x{1,81})ab/y, 'ax'],
  [/(?i:a)b/y, 'ax'],
  [/a\p{L}/uy, 'a '],
  [/a[[b]]/vy, 'ax'],
  [new RegExp(`a${'('.repeat(500)}b${')'.repeat(500)}`, 'y'), 'ax'],
])('a pattern that cannot be followed waits: %s', (pattern, text) => {
  expect(mayChange(pattern, text)).toBe(true);
});

const found = (patterns: readonly RegExp[], text: string, conditions = 0, needs = patterns.map(() => 0)): string =>
  automatonOf(patterns, needs).look(text, 0, conditions, 0).candidates.indices.join(' ');

describe('candidates', () => {
  test.each([
    [[/ab/y, /a\d/y], 'ab', '0'],
    [[/ab/y, /a\d/y], 'a1b', '1'],
    [[/ab/y, /abc/y, /abcd/y], 'abce', '0 1'],
    [[/a(?!b)/y, /a(?=c)/y], 'ab', '0 1'],
    [[/É/y, /[^a]/y, /./y, /\d/y], 'É', '0 1 2'],
    [[/x/y], 'a', ''],
    [[/\sa/y, /[\s=]a/y, /\Sa/y], '\u00a0a', '0 1'],
    [[/\xe9/y, /[\xe0-\xff]/y, /[!-~]/y], 'é', '0 1'],
    [[/a\p{L}/uy, /b/y], 'c', '0'],
  ])('of %s at %j', (patterns, text, indices) => {
    expect(found(patterns, text)).toBe(indices);
  });

  test('are those whose conditions hold', () => {
    expect(found([/a/y, /a/y, /a/y], 'a', 0b01, [0, 0b01, 0b11])).toBe('0 1');
  });
});

test('a text that needs more states than may be made leaves the rest to the patterns', { timeout: 30_000 }, () => {
  const patterns = Array.from(
    { length: 12 },
    (_, index) => new RegExp(`(?:a|b){0,40}${'ab'[index % 2]}(?:a|b){${index}}c`, 'y'),
  );
  const automaton = automatonOf(patterns);
  let bits = 1;
  const letters = Array.from({ length: 400_000 }, () => {
    bits = (bits * 48_271) % 0x7fffffff;
    return bits & 64 ? 'a' : 'b';
  }).join('');
  for (let at = 0; at < letters.length; at += 7) {
    const text = `${letters.slice(at, at + 52)}c`;
    const { indices } = automaton.look(text, 0, 0, at).candidates;
    for (const [index, pattern] of patterns.entries()) {
      pattern.lastIndex = 0;
      if (at % 9000 < 63 && pattern.test(text)) expect(indices).toContain(index);
    }
  }
});

test('the table stays bounded, however many walks are taken from outside', { timeout: 30_000 }, () => {
  // Each walk of 15 letters ends in a state of its own: 2 to the power of 15 of them.
  const pattern = /(?:a|b){0,19}a(?:a|b){14}c/y;
  const { states } = createAutomaton(createDetectorSets([detectorOf(pattern)]), [0], { letters: 20 });
  const { cells, start, advance, earn } = states;
  const width = cells.table.length;
  for (let word = 0; word < 40_000; word++) {
    let row = start(0);
    for (let bit = 0; bit < 16; bit++) {
      const unitClass = cells.ascii[(word >> bit) & 1 ? 0x61 : 0x62] ?? 0;
      if ((cells.table[row + unitClass] ?? 0) < 0) expect(advance(row, unitClass)).toBeDefined();
      row = cells.table[row + unitClass] ?? 0;
    }
    earn(1000);
  }
  expect(cells.table.length).toBeGreaterThan(width);
  expect(cells.table.length).toBeLessThanOrEqual(width * 2 ** 7);
});
