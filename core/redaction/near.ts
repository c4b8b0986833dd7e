/** Characters that detectors need near by, such as the `@` of an address: where none is, they need not be tried. */

import type { Engine } from './engine.ts';

/** Units within which a character must stand that a detector needs. */
export const NEAR = 65;

/** What is remembered of a text. */
export interface Nearby {
  readonly engine: Engine;
  text: string;
  /** Where the next character of each kind stands after the places that were looked at; far away where there is none. */
  readonly found: number[];
  /** Where the next of any kind does. */
  nearest: number;
}

/** Brings `found` and `nearest` up to what stands at `at` or behind it. */
const goTo = (places: Nearby, at: number): void => {
  const { text, found, engine } = places;
  let nearest = Infinity;
  for (let index = 0; index < found.length; index++) {
    let where = found[index] as number;
    if (where < at) {
      const next = text.indexOf(engine.nears[index] as string, at);
      where = next < 0 ? text.length + NEAR : next;
      found[index] = where;
    }
    if (where < nearest) nearest = where;
  }
  places.nearest = nearest;
};

/** The first unit before which a place is near to none of them. What follows the text may hold them, but where it is `final`. */
export const farFrom = (places: Nearby, at: number, final: boolean): number => {
  if (places.nearest < at) goTo(places, at);
  return Math.min(places.nearest, final ? Infinity : places.text.length) - NEAR;
};

/** Which of them are near to `at`, or may be once more text follows: the bits of their numbers. */
export const conditionsAt = (places: Nearby, at: number, final: boolean): number => {
  if (farFrom(places, at, final) >= at) return 0;
  goTo(places, at);
  const { text, found } = places;
  let conditions = 0;
  for (let index = 0; index < found.length; index++) {
    const where = found[index] as number;
    if (where < at + NEAR || (!final && where > text.length && text.length - at < NEAR)) conditions |= 1 << index;
  }
  return conditions;
};
