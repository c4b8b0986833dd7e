/** Classes of UTF-16 units that no pattern of a set tells apart, so that tables stay small. */

import type { UnitTest } from './pattern-syntax.ts';

/** The classes of a set of tests. */
export interface UnitClasses {
  /** Most classes that there can be. */
  readonly limit: number;
  /** The class of each ASCII unit. */
  readonly ascii: Uint8Array;
  /** The class of any unit. */
  of(unit: number): number;
  /** The number of a test. */
  numberOf(test: UnitTest): number;
  /** For each test by its number, whether it accepts the units of a class: 1 or 0. */
  accepted(unitClass: number): Uint8Array;
}

const ASCII = 128;
/** Classes of other units than ASCII; more of them count as the last one, which is read as accepted by all that may. */
const MAX_WIDE = 64;
/** Most units beyond ASCII of which the class is remembered. */
const MAX_REMEMBERED = 32_768;

/** The classes that `tests` make. */
export const createUnitClasses = (tests: readonly UnitTest[]): UnitClasses => {
  const distinct = [...new Set(tests)];
  const wide = distinct.filter((test) => test.wide);
  const numbers = new Map<string, number>();
  const testNumbers = new Map(distinct.map((test, index) => [test, index]));
  /** For each class, what its units are accepted by. */
  const accepted: Uint8Array[] = [];

  const classOf = (accepts: readonly UnitTest[]): number => {
    const set = new Set(accepts);
    const accepting = Uint8Array.from(distinct, (test) => (set.has(test) ? 1 : 0));
    const key = accepting.join('');
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, accepted.length);
    return accepted.push(accepting) - 1;
  };

  const ascii = Uint8Array.from({ length: ASCII }, (_, unit) => classOf(distinct.filter((test) => test(unit))));
  const limit = accepted.length + MAX_WIDE;
  const others = new Map<number, number>();

  const wideClassOf = (unit: number): number => {
    const known = others.get(unit);
    if (known !== undefined) return known;
    const isFull = accepted.length >= limit - 1;
    const unitClass = isFull ? classOf(wide) : classOf(wide.filter((test) => test(unit)));
    if (others.size >= MAX_REMEMBERED) others.clear();
    others.set(unit, unitClass);
    return unitClass;
  };

  return {
    limit,
    ascii,
    of: (unit) => (unit < ASCII ? (ascii[unit] as number) : wideClassOf(unit)),
    numberOf: (test) => testNumbers.get(test) as number,
    accepted: (unitClass) => accepted[unitClass] as Uint8Array,
  };
};
