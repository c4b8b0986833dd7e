import fc from 'fast-check';
import { expect, test } from 'vitest';
import { snapshotOf } from '../../../../aws/bedrock/snapshot.ts';

test('a snapshot equals what it was taken of, and shares no array and no plain object with it', () => {
  const shared = (a: unknown, b: unknown): boolean =>
    typeof a === 'object' &&
    a !== null &&
    (a === b || Object.entries(a).some(([name, field]) => shared(field, (b as Record<string, unknown>)[name])));
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const copy = snapshotOf(value);
      expect(copy).toEqual(value);
      expect(JSON.stringify(copy)).toBe(JSON.stringify(value));
      expect(shared(copy, value)).toBe(false);
    }),
  );
});

test('instances are the same: their fields are not what is sent', () => {
  const [date, bytes] = [new Date(0), new Uint8Array([1, 2])];
  const copy = snapshotOf({ date, bytes, none: undefined });
  expect(copy.date).toBe(date);
  expect(copy.bytes).toBe(bytes);
});

test('an instance of a class is its fields, as the SDK sends it, however deep it stands', () => {
  class Row {
    readonly mail = 'ada';
    readonly inner = [Object.create(Row.prototype, { deep: { value: 1, enumerable: true } })];
    toJSON() {
      return { other: 'name' };
    }
  }
  const copy = snapshotOf({ rows: [new Row()] });
  expect(Object.getPrototypeOf(copy.rows[0])).toBe(Object.prototype);
  expect(copy).toStrictEqual({ rows: [{ mail: 'ada', inner: [{ deep: 1 }] }] });
});

test('a number of the SDK stays one', () => {
  const number = Object.assign(Object.create({ toString: () => '1.5' }), { string: '1.5', type: 'bigDecimal' });
  expect(snapshotOf({ number }).number).toBe(number);
});
