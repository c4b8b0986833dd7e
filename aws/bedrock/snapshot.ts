/** A call as it stands at one moment. */

/** Whether `value` is an object of its fields alone, whichever realm made it. */
const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
};

/** Numbers of any size, as the SDK has them: it sends the number. */
const isNumber = (value: object): boolean => 'string' in value && 'type' in value && value.type === 'bigDecimal';

/** Whether all that is sent of `value` are its fields: those of a row of a database, for one, which has a class. */
const isFields = (value: object): boolean =>
  isPlain(value) || (Object.prototype.toString.call(value) === '[object Object]' && !isNumber(value));

/**
 * A copy of what JSON is made of: arrays, plain objects, and instances of classes, of which the SDK sends the fields, so
 * that whatever looks for text in a call sees theirs. Dates, bytes and the like are the same, since a copy of their fields
 * would be sent as something else.
 *
 * @throws RangeError for what is nested deeper than the stack goes.
 */
export const snapshotOf = <T>(value: T): T => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(snapshotOf) as T;
  if (!isFields(value)) return value;
  const copy: Record<string, unknown> = {};
  for (const name of Object.keys(value)) {
    const field: unknown = snapshotOf((value as Record<string, unknown>)[name]);
    if (name === '__proto__') Object.defineProperty(copy, name, { value: field, enumerable: true });
    else copy[name] = field;
  }
  return copy as T;
};
