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
