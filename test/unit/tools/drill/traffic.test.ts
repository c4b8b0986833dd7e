import { expect, test } from 'vitest';
import { ATTACKS, type AttackName } from '../../../../tools/drill/attacks.ts';
import { lognormal, poisson } from '../../../../tools/drill/traffic/chance.ts';
import { nuisanceRequests } from '../../../../tools/drill/traffic/nuisances.ts';
import { expectedRequests, FIRST_MONDAY, ordinaryTraffic } from '../../../../tools/drill/traffic/ordinary.ts';
import { seeded } from '../../../../training/random.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const RATE = 0.035;

const day = (from: number, seed = 1) => ordinaryTraffic(seed, RATE, [from, from + DAY], () => 1);

test('a stretch has the same traffic, whoever asks for which part of it', () => {
  const noon = FIRST_MONDAY + 12 * HOUR;
  const whole = day(FIRST_MONDAY);
  const parts = [
    ...ordinaryTraffic(1, RATE, [FIRST_MONDAY, noon], () => 1),
    ...ordinaryTraffic(1, RATE, [noon, FIRST_MONDAY + DAY], () => 1),
  ];
  expect(parts).toEqual(whole);
  expect(day(FIRST_MONDAY, 2)).not.toEqual(whole);
});

test('is busiest on a working day, below the rate that was planned for, and has a night and a weekend', () => {
  const an_hour = (at: number): number =>
    Array.from({ length: 12 }, (_, index) => expectedRequests(RATE, at + index * 300_000)).reduce((a, b) => a + b);
  const busy = an_hour(FIRST_MONDAY + 10 * HOUR);
  expect(busy).toBeLessThan(RATE * 3600);
  expect(busy).toBeGreaterThan(RATE * 3600 * 0.8);
  expect(an_hour(FIRST_MONDAY + 3 * HOUR)).toBeLessThan(busy / 8);
  expect(an_hour(FIRST_MONDAY + 5 * DAY + 10 * HOUR)).toBeLessThan(busy / 2);
});

test('has as many requests as expected, most of them with a good token', () => {
  const requests = Array.from({ length: 5 }, (_, index) => day(FIRST_MONDAY + index * DAY)).flat();
  const expected = Array.from({ length: 5 * 288 }, (_, index) =>
    expectedRequests(RATE, FIRST_MONDAY + index * 300_000),
  ).reduce((a, b) => a + b);
  expect(requests.length / expected).toBeGreaterThan(0.85);
  expect(requests.length / expected).toBeLessThan(1.2);
  const refused = requests.filter(({ credential }) => credential !== 'valid').length;
  expect(refused / requests.length).toBeGreaterThan(0.005);
  expect(refused / requests.length).toBeLessThan(0.025);
});

test('nuisances stand at their times', () => {
  const loop = nuisanceRequests(FIRST_MONDAY + 17 * DAY, FIRST_MONDAY + 18 * DAY);
  expect(loop).toHaveLength(40);
  expect(new Set(loop.map(({ credential }) => credential))).toEqual(new Set(['expired token']));
  expect(nuisanceRequests(FIRST_MONDAY, FIRST_MONDAY + DAY)).toEqual([]);
});

test.each(Object.keys(ATTACKS) as AttackName[])('%s comes at even distances, within its time', (name) => {
  const { requests, stated, withinMinutes } = ATTACKS[name];
  const sent = requests(stated, FIRST_MONDAY, 1);
  const gaps = sent.slice(1).map(({ at }, index) => at - (sent[index]?.at ?? 0));
  expect(Math.max(0, ...gaps) - Math.min(...gaps, 0) <= Math.max(1, gaps[0] ?? 0) + 1).toBe(true);
  expect(sent.every(({ at }) => at >= FIRST_MONDAY && at < FIRST_MONDAY + Math.max(withinMinutes, 20) * 60_000)).toBe(
    true,
  );
  if (name !== 'outage') expect(sent.length).toBeGreaterThan(0);
});

test('chances have the means that they say', () => {
  const random = seeded(3);
  const mean = (draw: () => number): number => Array.from({ length: 4000 }, draw).reduce((a, b) => a + b) / 4000;
  expect(mean(() => poisson(random, 4))).toBeCloseTo(4, 0);
  expect(Math.abs(mean(() => poisson(random, 900)) - 900)).toBeLessThan(5);
  expect(mean(() => Math.log(lognormal(random, 0.5)))).toBeCloseTo(0, 1);
});
