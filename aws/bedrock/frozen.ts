/** A call that has passed its checks: nobody changes it any more. */

/** Whether a value is of the copy that was checked: what has another class is the handler's own, and stays as it is. */
const isOwn = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return Array.isArray(value) || prototype === Object.prototype || prototype === null;
};

/**
 * Freezes a copy of what JSON is made of. Bytes cannot be frozen.
 *
 * @returns `value`
 */
export const frozen = <T>(value: T): T => {
  if (typeof value !== 'object' || value === null || !isOwn(value) || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const field of Object.values(value)) frozen(field);
  return value;
};
