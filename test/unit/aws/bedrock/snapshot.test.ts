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

test('dates and bytes are copies that nobody can write into', () => {
  const given = {
    date: new Date(0),
    bytes: new Uint8Array([1, 2]),
    part: Buffer.from('xabc').subarray(1),
    none: undefined,
  };
  const copy = snapshotOf(given);
  expect(copy).toEqual({ ...given, part: new Uint8Array([97, 98, 99]) });
  given.bytes[0] = 9;
  given.part.fill(0);
  given.date.setTime(5);
  expect([copy.bytes[0], copy.part[0], copy.date.getTime()]).toEqual([1, 97, 0]);
});

test('bytes of a buffer that grows have the length that they had', () => {
  const buffer = new ArrayBuffer(4, { maxByteLength: 4096 });
  const copy = snapshotOf({ bytes: new Uint8Array(buffer), buffer });
  buffer.resize(4096);
  expect([copy.bytes.byteLength, copy.buffer.byteLength]).toEqual([4, 4]);
});

test('an object of any class is its fields, whatever it calls itself', () => {
  const named = { [Symbol.toStringTag]: 'Uint8Array', text: 'x' };
  const boxed = { text: new String('x') };
  expect(snapshotOf({ named, boxed })).toEqual({ named: { text: 'x' }, boxed: { text: 'x' } });
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

test('a number of the SDK stays one, and nothing else is one', () => {
  const prototype = { toString: () => '1.5' };
  const number = Object.assign(Object.create(prototype), { string: '1.5', type: 'bigDecimal' });
  const copy = snapshotOf({ number }).number;
  expect([copy, Object.getPrototypeOf(copy)]).toEqual([number, prototype]);
  number.string = '2';
  expect(copy.string).toBe('1.5');
  const forged = Object.assign(Object.create(prototype), { string: '"an order"', type: 'bigDecimal' });
  expect(Object.getPrototypeOf(snapshotOf({ forged }).forged)).toBe(Object.prototype);
});
