/** What ordinary weeks bring that is no attack. Each stands at its time, whatever the seed: nobody would call for help. */

import { type Random, seeded } from '../../../training/random.ts';
import { type Factor, FIRST_MONDAY } from './ordinary.ts';
import type { PlannedRequest } from './request.ts';
import { BODIES } from './texts.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A time of the weeks: week 0 is the first, day 0 is Monday; hours in UTC. */
const time = (week: number, day: number, hour: number): number =>
  FIRST_MONDAY + (week * 7 + day) * DAY + Math.round(hour * HOUR);

/** A stretch of time. */
export interface Stretch {
  readonly what: string;
  readonly from: number;
  readonly to: number;
}

const stretch = (what: string, from: number, ms: number): Stretch => ({ what, from, to: from + ms });

/** Times with more traffic. History has some, too: bands learn from real weeks. */
const BUSY: readonly (Stretch & { readonly factor: number })[] = [
  { ...stretch('a busy Monday', time(2, 0, 0), DAY), factor: 1.4 },
  { ...stretch('a marketing peak', time(2, 2, 10), 2 * HOUR), factor: 1.8 },
  { ...stretch('a newsletter', time(1, 3, 14), HOUR), factor: 1.5 },
  { ...stretch('a marketing peak', time(3, 3, 15), 2 * HOUR), factor: 1.8 },
];

/** Times at which Bedrock does not answer. */
const HICCUPS: readonly Stretch[] = [
  stretch('a hiccup of Bedrock', time(0, 2, 9.5), 2 * MINUTE),
  stretch('a hiccup of Bedrock', time(3, 1, 11), 2 * MINUTE),
];

/** New versions: every function starts cold. */
export const DEPLOYMENTS: readonly number[] = [time(0, 3, 13), time(2, 1, 14), time(3, 2, 10.25)];

/** Clients that go on with an expired token until somebody signs in again. */
const LOOPS: readonly (Stretch & { readonly everyMs: number })[] = [
  { ...stretch('an expired token, again and again', time(1, 1, 11), 20 * MINUTE), everyMs: 30 * SECOND },
  { ...stretch('an expired token, again and again', time(2, 3, 11), 20 * MINUTE), everyMs: 30 * SECOND },
];

/** Users who are refused by mistake, and try other words. */
const MISUNDERSTOOD: readonly (Stretch & { readonly everyMs: number })[] = [
  { ...stretch('a false positive, repeated', time(2, 4, 9.75), 5 * MINUTE), everyMs: MINUTE },
  { ...stretch('a false positive, repeated', time(3, 4, 16), 4 * MINUTE), everyMs: 45 * SECOND },
];

/** Every nuisance, for the timeline. */
export const NUISANCES: readonly Stretch[] = [
  ...BUSY,
  ...HICCUPS,
  ...DEPLOYMENTS.map((at) => stretch('a deployment', at, 10 * MINUTE)),
  ...LOOPS,
  ...MISUNDERSTOOD,
].sort((a, b) => a.from - b.from);

const isIn = ({ from, to }: Stretch, at: number): boolean => at >= from && at < to;

/** How much more is asked at a time. */
export const busyFactor: Factor = (at) => BUSY.find((busy) => isIn(busy, at))?.factor ?? 1;

/** Whether Bedrock answers nobody at a time. */
export const isHiccup = (at: number): boolean => HICCUPS.some((hiccup) => isIn(hiccup, at));

const repeated = (
  { from, to, everyMs }: Stretch & { readonly everyMs: number },
  request: (at: number, random: Random) => PlannedRequest,
): readonly PlannedRequest[] => {
  const random = seeded(from / SECOND);
  return Array.from({ length: Math.floor((to - from) / everyMs) }, (_, index) =>
    request(from + index * everyMs, random),
  );
};

/** Requests that nuisances add from `from` until `to`. */
export const nuisanceRequests = (from: number, to: number): readonly PlannedRequest[] =>
  [
    ...LOOPS.flatMap((loop) =>
      repeated(loop, (at, random) => ({
        at,
        user: 'forgotten-tab',
        credential: 'expired token',
        body: BODIES.short(random),
      })),
    ),
    ...MISUNDERSTOOD.flatMap((user) =>
      repeated(user, (at, random) => ({
        at,
        user: 'misunderstood',
        credential: 'valid',
        body: BODIES.mistaken(random),
      })),
    ),
  ].filter(({ at }) => at >= from && at < to);
