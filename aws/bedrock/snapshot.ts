/** A call as it stands at one moment. */

/** Whether `value` is an object of its fields alone, whichever realm made it. */
const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
};

/**
 * A copy of what JSON is made of: arrays and plain objects. Instances of classes (dates, bytes, whatever has a `toJSON`)
 * are the same, since a copy of their fields would be sent as something else.
 *
 * @throws RangeError for what is nested deeper than the stack goes.
 */
export const snapshotOf = <T>(value: T): T => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(snapshotOf) as T;
  if (!isPlain(value)) return value;
  const copy: Record<string, unknown> = {};
  for (const name of Object.keys(value)) {
    const field: unknown = snapshotOf((value as Record<string, unknown>)[name]);
    if (name === '__proto__') Object.defineProperty(copy, name, { value: field, enumerable: true });
    else copy[name] = field;
  }
  return copy as T;
};
