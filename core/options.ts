/** Options are checked once, when a factory is called: a typo in a security option must not pass in silence. */

/** Says what was expected, or nothing when `value` is fine. */
export type OptionCheck = (value: unknown) => string | undefined;

/** An integer of at least `minimum`, safely representable, and of at most `maximum` where there is one. */
export const integer =
  (minimum: number, maximum: number = Number.MAX_SAFE_INTEGER): OptionCheck =>
  (value) => {
    const isFine = Number.isSafeInteger(value) && (value as number) >= minimum && (value as number) <= maximum;
    if (isFine) return undefined;
    return maximum === Number.MAX_SAFE_INTEGER
      ? `an integer of at least ${minimum}`
      : `an integer from ${minimum} to ${maximum}`;
  };

/** A number from 0 to 1. */
export const share: OptionCheck = (value) =>
  typeof value === 'number' && value >= 0 && value <= 1 ? undefined : 'a number from 0 to 1';

/** `true` or `false`. */
export const flag: OptionCheck = (value) => (typeof value === 'boolean' ? undefined : 'true or false');

/** A string of at least `minimum` UTF-16 units. */
export const text =
  (minimum = 1): OptionCheck =>
  (value) =>
    typeof value === 'string' && value.length >= minimum ? undefined : `a string of at least ${minimum} characters`;

/** One of the strings named. */
export const oneOf =
  (...values: readonly string[]): OptionCheck =>
  (value) =>
    values.includes(value as string) ? undefined : `one of ${values.join(', ')}`;

/** An array, each of whose items passes `item`. */
export const listOf =
  (item: OptionCheck): OptionCheck =>
  (value) => {
    if (!Array.isArray(value)) return 'an array';
    for (const element of value) {
      const expected = item(element);
      if (expected !== undefined) return `an array of ${expected}`;
    }
    return undefined;
  };

/** A function. */
export const callable: OptionCheck = (value) => (typeof value === 'function' ? undefined : 'a function');

/** An object (or a function) whose own checks happen where it is used. */
export const object: OptionCheck = (value) =>
  (typeof value === 'object' && value !== null) || typeof value === 'function' ? undefined : 'an object';

/** `check`, or `false` for "off". */
export const orOff =
  (check: OptionCheck): OptionCheck =>
  (value) =>
    value === false ? undefined : check(value);

/**
 * Refuses unknown and invalid options. A field that is `undefined` counts as absent.
 *
 * @throws TypeError naming the owner and the option, never the value.
 */
export const checkOptions = (owner: string, options: object, checks: Readonly<Record<string, OptionCheck>>): void => {
  for (const [name, value] of Object.entries(options)) {
    const check = Object.hasOwn(checks, name) ? checks[name] : undefined;
    if (check === undefined) throw new TypeError(`${owner}: unknown option ${name}`);
    const expected = value === undefined ? undefined : check(value);
    if (expected !== undefined) throw new TypeError(`${owner}: ${name} must be ${expected}`);
  }
};
