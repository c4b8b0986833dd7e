/** A call as it stands at one moment. */

import { types } from 'node:util';

/** A number of any size, as JSON has it: `-1.5e400` */
const NUMBER = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** A number as the SDK has those of any size, of which it sends the text as it is: what is none would be JSON of its own. */
const numberOf = (value: object): object | undefined => {
  const { string, type } = value as { readonly string?: unknown; readonly type?: unknown };
  if (type !== 'bigDecimal' || typeof string !== 'string' || !NUMBER.test(string)) return undefined;
  return Object.freeze(Object.assign(Object.create(Object.getPrototypeOf(value) as object), { string, type }));
};

/** A copy of bytes: whoever has the others can write into them while the call waits. */
const bytesOf = (value: object): Uint8Array | undefined => {
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength).slice();
  return types.isAnyArrayBuffer(value) ? new Uint8Array(value.slice(0)) : undefined;
};

/** A list of its own, whatever methods the other one has. */
const copyOfList = (list: readonly unknown[]): readonly unknown[] => {
  const copy: unknown[] = [];
  for (let index = 0; index < list.length; index++) copy.push(snapshotOf(list[index]));
  return copy;
};

/**
 * A copy of what JSON is made of: arrays, plain objects, and instances of classes, of which the SDK sends the fields, so
 * that whatever looks for text in a call sees theirs; bytes are copied, too.
 *
 * @throws RangeError for what is nested deeper than the stack goes.
 */
export const snapshotOf = <T>(value: T): T => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return copyOfList(value) as T;
  if (types.isBoxedPrimitive(value)) return value.valueOf() as T;
  if (types.isDate(value)) return new Date(value) as T;
  const whole = bytesOf(value) ?? numberOf(value);
  if (whole !== undefined) return whole as T;
  const copy: Record<string, unknown> = {};
  for (const name of Object.keys(value)) {
    const field: unknown = snapshotOf((value as Record<string, unknown>)[name]);
    if (name === '__proto__') Object.defineProperty(copy, name, { value: field, enumerable: true });
    else copy[name] = field;
  }
  return copy as T;
};
