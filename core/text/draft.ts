/** A reading in the making: units of another, some left out, some put in. */

import { type Disguise, offsetAt, type View } from './fold.ts';

/** Collects units with the place in the source view that each stands for. */
export interface Draft {
  add(unit: number, at: number): void;
  view(disguise: Disguise): View;
}

/** A reading of `source` that starts empty. */
export const createDraft = (source: View): Draft => {
  let units = new Uint16Array(source.units.length + 16);
  let places = new Int32Array(units.length);
  let length = 0;
  return {
    add(unit, at) {
      if (length === units.length) {
        const [more, morePlaces] = [new Uint16Array(length * 2), new Int32Array(length * 2)];
        more.set(units);
        morePlaces.set(places);
        [units, places] = [more, morePlaces];
      }
      units[length] = unit;
      places[length] = offsetAt(source, at);
      length += 1;
    },
    view(disguise) {
      const offsets = new Int32Array(length + 1);
      offsets.set(places.subarray(0, length));
      offsets[length] = offsetAt(source, source.units.length);
      const { parts } = source;
      return { units: units.slice(0, length), offsets, disguise, ...(parts === undefined ? {} : { parts }) };
    },
  };
};
