/** When what happens in a drill. Times in milliseconds since the epoch. */

import { FIRST_MONDAY } from './traffic/ordinary.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;

/** A time at which attacks are planted. */
export interface Moment {
  readonly name: string;
  readonly at: number;
}

/** The times of a drill. */
export interface Schedule {
  /** The service is deployed. */
  readonly start: number;
  /** Ordinary time that false alarms are counted in. */
  readonly ordinary: readonly [from: number, to: number];
  /** When attacks begin, each in a run of its own; the first is the one that amplitudes are sought at. */
  readonly moments: readonly Moment[];
}

/** Two weeks that bands learn from, two ordinary weeks, and attacks on the Tuesday after. */
export const FULL_SCHEDULE: Schedule = {
  start: FIRST_MONDAY,
  ordinary: [FIRST_MONDAY + 2 * WEEK, FIRST_MONDAY + 4 * WEEK],
  moments: [
    { name: 'busy hour', at: FIRST_MONDAY + 4 * WEEK + DAY + 11 * HOUR },
    { name: 'night', at: FIRST_MONDAY + 4 * WEEK + DAY + 3 * HOUR },
  ],
};

/** Four hours of a working day without history, and attacks near their end. */
export const SHORT_SCHEDULE: Schedule = {
  start: FIRST_MONDAY + 4 * DAY + 12 * HOUR,
  ordinary: [FIRST_MONDAY + 4 * DAY + 12 * HOUR, FIRST_MONDAY + 4 * DAY + 16 * HOUR],
  moments: [{ name: 'afternoon', at: FIRST_MONDAY + 4 * DAY + 15 * HOUR }],
};

/** Ordinary time before an attack in its own run: accounts, sessions and breakers have begun by then. */
export const LEAD_MS: number = 30 * MINUTE;

/** How far back alarms look, with the points that they take beyond it. */
export const LOOK_BACK_MS: number = 3 * DAY;

/** A service without history has been deployed so long before an attack. */
export const DAY_ZERO_MS: number = HOUR;

/** The stretches that processes live through on their way to the last moment, each with accounts of its own. */
export const stretchesOf = ({ start, ordinary, moments }: Schedule): readonly (readonly [number, number])[] => {
  const end = Math.max(ordinary[1], ...moments.map(({ at }) => at - LEAD_MS));
  const stretches: (readonly [number, number])[] = [];
  for (let from = start; from < end; from += WEEK) stretches.push([from, Math.min(end, from + WEEK)]);
  return stretches;
};
