/** A reading made of another by changes here and there: only what stands around the changes is read again. */

import { type Disguise, offsetAt, type View } from './fold.ts';
import type { Room } from './room.ts';

/** Collects changes to a view, in the order in which they stand in it. */
export interface Draft {
  /** Reads one unit, or none where it is 0, in place of those from `start` to `end`. */
  put(start: number, end: number, unit: number): void;
  /** What stands around the changes, for which it takes room; `undefined` without any change, and without room. */
  view(disguise: Disguise | undefined, room: Room): View | undefined;
}

/** Units around a change that are read with it. */
const MARGIN = 240;
/** Signs that part two pieces: more than stand between words that belong together. */
const CUT = 8;
const DOT = 0x2e;

/** Starts and ends of what stands around the changes, and the units that it comes to at most. */
const piecesOf = (changes: Int32Array, length: number): { pieces: readonly number[]; size: number } => {
  const pieces: number[] = [];
  let size = 0;
  let last = Number.NEGATIVE_INFINITY;
  for (let each = 0; each < changes.length; each += 3) {
    const from = Math.max(0, (changes[each] as number) - MARGIN);
    const to = Math.min(length, (changes[each + 1] as number) + MARGIN);
    size += 1;
    if (from <= last + CUT) {
      pieces[pieces.length - 1] = to;
      size += to - last;
    } else {
      pieces.push(from, to);
      size += to - from + CUT;
    }
    last = to;
  }
  return { pieces, size };
};

/** A reading of `source` without changes yet. */
export const createDraft = (source: View): Draft => {
  /** Start, end and unit of each. */
  let all = new Int32Array(48);
  let used = 0;

  const written = (
    changes: Int32Array,
    size: number,
    pieces: readonly number[],
  ): { units: Uint16Array; offsets: Int32Array } => {
    const units = new Uint16Array(size);
    const offsets = new Int32Array(size + 1);
    let length = 0;
    let change = 0;
    const copy = (from: number, to: number): void => {
      const end = Math.min(to, from + size - length);
      for (let at = from; at < end; at++) {
        units[length] = source.units[at] as number;
        offsets[length] = source.offsets === undefined ? at : (source.offsets[at] as number);
        length += 1;
      }
    };
    const write = (unit: number, at: number): void => {
      if (length === size) return;
      units[length] = unit;
      offsets[length] = offsetAt(source, at);
      length += 1;
    };
    for (let piece = 0; piece < pieces.length && length < size; piece += 2) {
      let at = pieces[piece] as number;
      const end = pieces[piece + 1] as number;
      if (piece > 0) for (let dot = 0; dot < CUT; dot++) write(DOT, (pieces[piece - 1] as number) - 1);
      for (; change < changes.length && (changes[change] as number) < end; change += 3) {
        copy(at, changes[change] as number);
        const unit = changes[change + 2] as number;
        if (unit !== 0) write(unit, changes[change] as number);
        at = changes[change + 1] as number;
      }
      copy(at, end);
    }
    offsets[length] = offsetAt(source, source.units.length);
    return { units: units.subarray(0, length), offsets: offsets.subarray(0, length + 1) };
  };

  return {
    put(start, end, unit) {
      if (used === all.length) {
        const more = new Int32Array(used * 2);
        more.set(all);
        all = more;
      }
      all[used] = start;
      all[used + 1] = end;
      all[used + 2] = unit;
      used += 3;
    },
    view(disguise, room) {
      if (used === 0) return undefined;
      const changes = all.subarray(0, used);
      const { pieces, size } = piecesOf(changes, source.units.length);
      if (size > room.left) room.isExceeded = true;
      const draft = written(changes, Math.min(size, room.left), pieces);
      if (draft.units.length === 0) return undefined;
      room.left -= draft.units.length;
      return { ...draft, disguise, ...(source.parts === undefined ? {} : { parts: source.parts }) };
    },
  };
};
