/** Ordinary traffic: how many ask when, and what. docs/drill.md states every number of this file. */

import { type Random, seeded } from '../../../training/random.ts';
import { lognormal, poisson } from './chance.ts';
import type { Credential, PlannedRequest } from './request.ts';
import { BODIES, type BodyKind } from './texts.ts';

/** Share of the busiest hour, by hour of a working day (UTC). */
const WORKING_DAY: readonly number[] = [
  ...[0.08, 0.06, 0.05, 0.05, 0.06, 0.1, 0.2, 0.42, 0.72, 0.92, 1, 0.98],
  ...[0.8, 0.9, 1, 0.95, 0.86, 0.68, 0.5, 0.4, 0.34, 0.26, 0.18, 0.12],
];

/** The same of a day at the weekend. */
const WEEKEND: readonly number[] = [
  ...[0.07, 0.05, 0.04, 0.04, 0.04, 0.05, 0.08, 0.14, 0.22, 0.3, 0.35, 0.36],
  ...[0.33, 0.32, 0.33, 0.34, 0.33, 0.31, 0.3, 0.27, 0.23, 0.18, 0.13, 0.09],
];

/** The busiest ordinary hour has this share of the rate that the deployment was made for. */
const BUSIEST = 0.85;

/** Growth of a week. */
const GROWTH = 1.02;

/** Deviations of the logarithm: one day from another, five minutes from others. */
const DAY_SPREAD = 0.08;
const PERIOD_SPREAD = 0.25;

/** Shares of what is asked; the rest is short. */
const KINDS: readonly (readonly [kind: BodyKind, share: number])[] = [
  ['long', 0.18],
  ['conversation', 0.1],
  ['private', 0.03],
  ['malformed', 0.006],
  ['invalid', 0.006],
  ['mistaken', 0.002],
  ['secret', 0.0008],
];

/** Shares of requests that the gateway refuses. */
const CREDENTIALS: readonly (readonly [credential: Credential, share: number])[] = [
  ['expired token', 0.008],
  ['no token', 0.003],
  ['wrong key', 0.001],
];

const USERS = 120;

const HOUR = 3_600_000;
const FIVE_MINUTES = 300_000;
const DAY = 86_400_000;
const WEEK = 7 * DAY;
/** A Monday, 00:00 UTC: traffic grows from it on. */
export const FIRST_MONDAY: number = 1_791_158_400_000; // 2026-10-05

/** A factor on the traffic at a time: a busy day, a campaign of the marketing. */
export type Factor = (at: number) => number;

const shareAt = (at: number): number => {
  const hours = (at - FIRST_MONDAY) / HOUR;
  const day = Math.floor(hours / 24) % 7;
  const profile = day < 5 ? WORKING_DAY : WEEKEND;
  const [hour, part] = [Math.floor(hours) % 24, hours % 1];
  const next = profile[(hour + 1) % 24] ?? 0;
  return (profile[hour] ?? 0) * (1 - part) + next * part;
};

/** Requests of the five minutes that begin at `at`, on average. */
export const expectedRequests = (rate: number, at: number): number =>
  rate * 300 * BUSIEST * shareAt(at + FIVE_MINUTES / 2) * GROWTH ** ((at - FIRST_MONDAY) / WEEK);

const chosen = <T>(random: Random, shares: readonly (readonly [T, number])[], rest: T): T => {
  let left = random();
  for (const [value, share] of shares) {
    left -= share;
    if (left < 0) return value;
  }
  return rest;
};

/** The same few ask most: the square of an even number. */
const userOf = (random: Random): string => `user-${Math.floor(USERS * random() ** 2)}`;

const requestAt = (random: Random, at: number): PlannedRequest => ({
  at,
  user: userOf(random),
  credential: chosen(random, CREDENTIALS, 'valid'),
  body: BODIES[chosen(random, KINDS, 'short')](random),
});

/** The traffic of some five minutes: a function of the seed and of them alone, whoever asks for which stretch. */
const period = (seed: number, rate: number, from: number, factor: Factor): readonly PlannedRequest[] => {
  const day = lognormal(seeded(seed ^ Math.floor(from / DAY)), DAY_SPREAD);
  const random = seeded(Math.imul(seed, 0x9e37_79b1) ^ Math.floor(from / FIVE_MINUTES));
  const mean = expectedRequests(rate, from) * day * lognormal(random, PERIOD_SPREAD) * factor(from);
  return Array.from({ length: poisson(random, mean) }, () => requestAt(random, from + random() * FIVE_MINUTES));
};

/**
 * Ordinary traffic from `from` until `to`, both at full five minutes.
 *
 * @param rate Requests a second that the deployment was made for.
 */
export const ordinaryTraffic = (
  seed: number,
  rate: number,
  [from, to]: readonly [number, number],
  factor: Factor,
): readonly PlannedRequest[] => {
  const requests: PlannedRequest[] = [];
  for (let at = from; at < to; at += FIVE_MINUTES) requests.push(...period(seed, rate, at, factor));
  return requests;
};
