/** Which places of a source are checks, and that each of them can be switched off by itself. */

import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { checksOf } from '../../../tools/removal/checks.ts';
import { OFF, RUN, switchable } from '../../../tools/removal/switches.ts';

const FILE = 'core/converse/x.ts';

const textsOf = (source: string, file = FILE): readonly string[] => checksOf(file, source).map(({ text }) => text);

/** What the last expression of a source gives while one of its checks is off. */
const without = (source: string, off?: number): unknown => {
  const checks = checksOf(FILE, source);
  const run = (number: number, check: () => unknown): unknown => (number === off ? undefined : check());
  const written = switchable(source, checks, 0);
  try {
    return runInNewContext(written, { [OFF]: (number: number) => number === off, [RUN]: run });
  } catch (error) {
    return String((error as Error).message);
  }
};

describe('checks of a source', () => {
  test.each([
    ['throw new Error("x");', ['throw new Error("x");']],
    ['const f = () => { return "reason"; };', ['return "reason";']],
    ['const f = () => { return { code: "a", reason: "b" }; };', ['return { code: "a", reason: "b" };']],
    ['const isFine = () => { return false; };', ['return false;']],
    ['checked(scope, () => 1);', ['checked(scope, () => 1)']],
    ['const f = async () => { const made = await checkedAsync(scope, work); };', ['checkedAsync(scope, work)']],
    ['assertOpen();', ['assertOpen()']],
    ['try { f(); } catch { throw new Error(); }', ['throw new Error();']],
    ['const f = (a) => (a ? "reason" : undefined);', ['a']],
    ['const f = (a) => (a ? undefined : "reason");', ['a']],
    ['const isFine = (a, b) => a && b;', ['a', 'b']],
    ['const f = (a, b) => { if (a || b) throw new Error(); };', ['throw new Error();', 'a', 'b']],
  ])('are found in %s', (source, texts) => {
    expect([...textsOf(source)].sort()).toEqual([...texts].sort());
  });

  test.each([
    ['what is thrown again', 'try { f(); } catch (error) { if (a) throw error; g(); }'],
    ['what tells that something is there', 'const hasMedia = () => { return false; };'],
    ['a word that is no reason', 'const f = (a) => ({ ttl: a ? "1h" : undefined });'],
  ])('are none in %s', (_, source) => {
    expect(textsOf(source)).toEqual([]);
  });

  test('are not what only tells types apart', () => {
    const source = `const f = (a) => { if (typeof a !== 'string' || a === undefined || a.length > 9) throw new Error(); };`;
    expect([...textsOf(source)].sort()).toEqual(['a.length > 9', 'throw new Error();']);
  });

  test('stand in the function that they name', () => {
    const [check] = checksOf(FILE, 'const outer = () => {\n  const inner = () => {\n    throw new Error();\n  };\n};');
    expect(check).toMatchObject({ within: 'inner', line: 3 });
  });
});

describe('a source with switches', () => {
  const nested = 'checked(0, () => { if (a > 1) throw new Error("inner"); else out = "else"; });';
  const setting = (a: number): string =>
    `let out = "none"; const a = ${a}; const checked = (_, f) => f(); ${nested} out;`;

  test('does what it did while nothing is off', () => {
    expect([without(setting(2)), without(setting(1))]).toEqual(['inner', 'else']);
  });

  test('lacks a check within another one, or the other', () => {
    const [outer, inner] = checksOf(FILE, setting(2));
    expect([outer?.text.startsWith('checked'), inner?.text]).toEqual([true, 'throw new Error("inner");']);
    expect([without(setting(2), 0), without(setting(2), 1)]).toEqual(['none', 'none']);
    expect(without(setting(1), 1)).toBe('else');
  });

  test('lacks one of several conditions', () => {
    const source = (a: boolean, b: boolean): string =>
      `const f = (a, b) => { if (a || b) throw new Error("refused"); return "passed"; }; f(${a}, ${b});`;
    const number = checksOf(FILE, source(true, false)).findIndex(({ text }) => text === 'a');
    expect([without(source(true, false), number), without(source(false, true), number)]).toEqual(['passed', 'refused']);
  });

  test('lets pass what a catch refuses', () => {
    const source = 'const isFine = () => { try { throw 1; } catch { return false; } }; isFine();';
    const number = checksOf(FILE, source).findIndex(({ text }) => text === 'false');
    expect([without(source), without(source, number)]).toEqual([false, true]);
  });
});
