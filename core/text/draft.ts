/** A reading in the making: units of another, some left out, some put in; then only what stands around the changes. */

import { type Disguise, offsetAt, type View } from './fold.ts';

/** Collects units with the place in the source view that each stands for. */
export interface Draft {
  add(unit: number, at: number): void;
  /** Notes that the reading differs from its source here. */
  mark(): void;
  /** What stands around the marks; `undefined` without any. */
  view(disguise: Disguise | undefined): View | undefined;
}

/** Units around a mark that are read with it. */
const MARGIN = 240;
/** What parts two pieces: more signs than stand between words that belong together. */
const CUT = '........';
const DOT = 0x2e;

interface Piece {
  readonly start: number;
  end: number;
}

/** A reading of `source` that starts empty. */
export const createDraft = (source: View): Draft => {
  let units = new Uint16Array(source.units.length + 16);
  let places = new Int32Array(units.length);
  let length = 0;
  const pieces: Piece[] = [];

  const compact = (): { units: Uint16Array; places: Int32Array } => {
    let size = 0;
    for (const piece of pieces) {
      piece.end = Math.min(piece.end, length);
      size += piece.end - piece.start + CUT.length;
    }
    if (size >= length) return { units: units.subarray(0, length), places: places.subarray(0, length) };
    const less = { units: new Uint16Array(size).fill(DOT), places: new Int32Array(size) };
    let at = 0;
    for (const { start, end } of pieces) {
      less.units.set(units.subarray(start, end), at);
      less.places.set(places.subarray(start, end), at);
      at += end - start;
      less.places.fill(places[end - 1] as number, at, at + CUT.length);
      at += CUT.length;
    }
    return less;
  };

  return {
    add(unit, at) {
      if (length === units.length) {
        const [more, morePlaces] = [new Uint16Array(length * 2), new Int32Array(length * 2)];
        more.set(units);
        morePlaces.set(places);
        [units, places] = [more, morePlaces];
      }
      units[length] = unit;
      places[length] = at;
      length += 1;
    },
    mark() {
      const last = pieces.at(-1);
      if (last !== undefined && length - MARGIN <= last.end) last.end = length + MARGIN;
      else pieces.push({ start: Math.max(0, length - MARGIN), end: length + MARGIN });
    },
    view(disguise) {
      if (pieces.length === 0) return undefined;
      const less = compact();
      const offsets = new Int32Array(less.places.length + 1);
      for (let at = 0; at < less.places.length; at++) offsets[at] = offsetAt(source, less.places[at] as number);
      offsets[less.places.length] = offsetAt(source, source.units.length);
      return { units: less.units, offsets, disguise, ...(source.parts === undefined ? {} : { parts: source.parts }) };
    },
  };
};
