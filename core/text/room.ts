/** How much more may be read of one text. */

import { offsetAt, type View } from './fold.ts';

/** Units that all readings of a text may come to, besides the text as it stands. */
const MAX_UNITS = 600_000;
/** Steps that may be spent on parting joined words, and on looking for text in noise: less than 50 ms. */
const MAX_STEPS = 3_000_000;

/** What is left of that, and whether it was not enough. */
export interface Room {
  left: number;
  steps: number;
  isExceeded: boolean;
}

/** Room for the readings of one text. */
export const createRoom = (): Room => ({ left: MAX_UNITS, steps: MAX_STEPS, isExceeded: false });

/** As much of a view as there is room for, which is not taken yet. */
export const fitting = (room: Room, view: View): View => {
  if (view.units.length <= room.left) return view;
  room.isExceeded = true;
  const offsets = view.offsets?.slice(0, room.left + 1);
  if (offsets !== undefined) offsets[room.left] = offsetAt(view, room.left);
  return { ...view, units: view.units.subarray(0, room.left), ...(offsets === undefined ? {} : { offsets }) };
};

/** Takes room for units. @returns Whether there was enough. */
export const take = (room: Room, units: number): boolean => {
  if (units > room.left) {
    room.isExceeded = true;
    return false;
  }
  room.left -= units;
  return true;
};

/** Spends steps. @returns Whether there were enough. */
export const spend = (room: Room, steps: number): boolean => {
  if (steps > room.steps) {
    room.isExceeded = true;
    return false;
  }
  room.steps -= steps;
  return true;
};
