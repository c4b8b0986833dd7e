import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../../../../core/tools/canonical-json.ts';

describe('canonical JSON', () => {
  test('is the same whatever order fields came in', () => {
    expect(canonicalJson({ b: [1, { d: 2, c: 3 }], a: null })).toBe('{"a":null,"b":[1,{"c":3,"d":2}]}');
    expect(canonicalJson({ a: null, b: [1, { c: 3, d: 2 }] })).toBe('{"a":null,"b":[1,{"c":3,"d":2}]}');
    expect(canonicalJson({ 10: 1, 9: 2 })).toBe('{"10":1,"9":2}');
  });

  test('is the value again when it is parsed, whatever stands in it', () => {
    const value = {
      'ä\u202e': ['\u0000\u007f\u0085\u00a0\u00ad\u2028\u3164\ufeff\ud800😀\u{e0041}"\\/<>'],
      n: -1.5e-7,
    };
    const text = canonicalJson(value) ?? '';
    expect(JSON.parse(text)).toEqual(value);
    expect(text).not.toMatch(/[\p{C}\p{Default_Ignorable_Code_Point}\u00a0\u2028]/u);
    expect(text).toContain('ä');
    expect(text).toContain('😀');
  });

  test('tells apart what is not the same', () => {
    const values = [1, '1', [1], { a: 1 }, { a: '1' }, true, 'true', null, 'null', '', [], {}, [[]], 'a,b', ['a', 'b']];
    expect(new Set(values.map(canonicalJson)).size).toBe(values.length);
  });

  test('leaves out what is undefined, as JSON does', () => {
    expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}');
  });

  test('has the numbers of the SDK that no float holds', () => {
    class NumericValue {
      readonly type = 'bigDecimal';
      readonly string: string;
      constructor(string: string) {
        this.string = string;
      }
    }
    expect(canonicalJson({ a: 12345678901234567890123n, b: new NumericValue('0.12345678901234567890123') })).toBe(
      '{"a":12345678901234567890123,"b":0.12345678901234567890123}',
    );
    expect(canonicalJson(new NumericValue('1;2'))).toBeUndefined();
    expect(canonicalJson({ string: '1', type: 'bigDecimal' })).toBe('{"string":"1","type":"bigDecimal"}');
    expect(canonicalJson(10n ** 200n)).toBeUndefined();
  });

  test.each([
    Number.NaN,
    Number.POSITIVE_INFINITY,
    new Date(0),
    new Map(),
    () => 1,
    Symbol('a'),
    undefined,
    [undefined],
  ])('is none for what JSON has no text for: %s', (value) => {
    expect(canonicalJson(value)).toBeUndefined();
  });

  test('is none for what nests deeper than 64 levels', () => {
    expect(canonicalJson(JSON.parse('['.repeat(64) + ']'.repeat(64)))).toBeDefined();
    expect(canonicalJson(JSON.parse('['.repeat(66) + ']'.repeat(66)))).toBeUndefined();
    expect(canonicalJson(JSON.parse('['.repeat(100_000) + ']'.repeat(100_000)))).toBeUndefined();
  });
});
