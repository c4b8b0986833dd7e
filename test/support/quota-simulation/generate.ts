/** A random history from a seed. */

import type { Cost, Principal } from '../../../core/quota/types.ts';
import { nextBudgets, randomBudgets } from './budgets.ts';
import type { Deed, Fault, History, Invocation, Step, Weather } from './history.ts';
import { createRandom, type Random } from './random.ts';

const MINUTE = 60_000;

/** Moments before something ends: a year in UTC, a week, an hour, the last days of summer time in Berlin and New York. */
const STARTS = [
  Date.UTC(2026, 11, 31, 23, 58, 30),
  Date.UTC(2026, 10, 29, 23, 59, 50),
  Date.UTC(2026, 10, 24, 12, 59, 40),
  Date.UTC(2026, 9, 24, 21, 59, 30),
  Date.UTC(2026, 9, 25, 22, 59, 30),
  Date.UTC(2026, 2, 8, 4, 59, 45),
  Date.UTC(2026, 1, 28, 9, 0, 5),
];

const PLACES = 4;

const TOKENS = [
  { id: 'token0', ttlMs: 5 * MINUTE },
  { id: 'token1', ttlMs: 30 * MINUTE },
];

/** How far a clock is off: little, as a rule; sometimes by more than any grace. */
const randomOffset = (random: Random): number => {
  if (random.chance(0.88)) return random.between(-1000, 1000);
  return random.pick([-1, 1]) * random.pick([5000, 40_000, 3 * MINUTE, 12 * MINUTE]);
};

const randomPrincipals = (random: Random): readonly Principal[] => {
  const who: Principal = random.chance(0.15)
    ? { kind: 'ip', id: 'i0' }
    : { kind: 'user', id: random.chance(0.75) ? 'u0' : 'u1' };
  const tenant: Principal[] = random.chance(0.75) ? [{ kind: 'tenant', id: random.chance(0.8) ? 't0' : 't1' }] : [];
  const account: Principal[] = random.chance(0.3) ? [{ kind: 'account', id: 'a' }] : [];
  if (random.chance(0.25)) return [who, ...tenant, ...account, { kind: 'model', id: random.chance(0.7) ? 'm0' : 'm1' }];
  if (random.chance(0.06) && tenant.length > 0) return tenant;
  const session: Principal[] = random.chance(0.3) ? [{ kind: 'session', id: random.pick(['s0', 's1']) }] : [];
  return [...session, who, ...tenant, ...account];
};

const randomCost = (random: Random, most: number): Cost => {
  const tokens = random.chance(0.05) ? 0 : random.between(1, most);
  return { tokens, usdMicros: tokens * random.between(3, 9), requests: 1, quotaTokens: tokens * 2 };
};

const randomExtend = (random: Random): Deed => {
  const { requests: _, ...extra } = randomCost(random, 40);
  return { do: 'extend', extra, from: random.chance(0.3) ? 'first' : 'latest', atOnce: random.chance(0.35) };
};

const randomDeeds = (random: Random, settles: number): readonly Deed[] => {
  const deeds: Deed[] = [];
  for (let extensions = random.pick([0, 0, 1, 1, 2, 3]); extensions > 0; extensions--) {
    if (random.chance(0.5)) deeds.push({ do: 'bill', share: random.next() });
    deeds.push(randomExtend(random));
  }
  if (random.chance(0.85)) deeds.push({ do: 'bill', share: random.chance(0.3) ? 1 : random.next() });
  if (random.chance(settles)) {
    const strikes = random.chance(0.35) ? 1 : 0;
    deeds.push({ do: 'settle', strikes, atOnce: random.chance(0.1) });
    if (random.chance(0.2)) deeds.push({ do: 'settle', strikes, atOnce: random.chance(0.5) });
  }
  return deeds;
};

const randomInvocation = (random: Random, number: number, settles: number): Invocation => ({
  place: random.int(PLACES),
  principals: randomPrincipals(random),
  cost: randomCost(random, random.chance(0.04) ? 600 : random.pick([20, 60, 120])),
  lease: `lease${number}`,
  ttlMs: random.pick([2000, 15_000, MINUTE, 3 * MINUTE, 3 * MINUTE, 15 * MINUTE]),
  ...(random.chance(0.12) ? { token: random.pick(TOKENS) } : {}),
  deeds: randomDeeds(random, settles),
});

const repetition = (random: Random, run: number, first: Invocation, settles: number): Invocation => ({
  ...first,
  // a client may send another request with the id of an old one
  ...(random.chance(0.15) ? { cost: randomCost(random, 60) } : {}),
  place: random.int(PLACES),
  repeats: { run, early: random.chance(0.3) },
  deeds: randomDeeds(random, settles).map((deed) => (deed.do === 'settle' ? { ...deed, strikes: 0 } : deed)),
});

/** Odds of faults of a request that is answered. */
const faultOf = (random: Random, weather: Weather): { readonly fault: Fault } | Record<never, never> => {
  if (weather === 'calm' || !random.chance(0.14)) return {};
  if (weather === 'lossy') return { fault: 'lost' };
  return { fault: random.pick(['lost', 'lost', 'gone', 'refused', 'ghost'] as const) };
};

const WAITS = [1, 1, 7, 7, 50, 50, 250, 250, 250, 999, 999, 1500, 1500, 5000, 5000, 20_000, 59_999, 60_001, 200_000];
const LONG_WAITS = [3_600_000, 3_600_000, 86_400_000, 7 * 86_400_000, 150 * 86_400_000];
const EDGES = [-1000, -1, 0, 1, 1500];

const randomMishap = (random: Random): Step => {
  const place = random.int(PLACES);
  const odds = random.next();
  if (odds < 0.25) return { do: 'crash', place, offset: randomOffset(random) };
  if (odds < 0.45) return { do: 'freeze', place };
  if (odds < 0.7) return { do: 'thaw', place };
  return { do: 'outage', on: random.chance(0.5) };
};

const randomStep = (random: Random, weather: Weather): Step => {
  const odds = random.next();
  const pick = random.int(1000);
  if (odds < 0.46) return { do: 'answer', pick, ...faultOf(random, weather) };
  if (odds < 0.56) return { do: 'apply', pick };
  if (odds < 0.88) return { do: 'act', pick };
  if (odds < 0.94) return { do: 'wait', ms: random.pick(random.chance(0.02) ? LONG_WAITS : WAITS) };
  if (odds < 0.95) return { do: 'wait-for-end', of: random.pick([MINUTE, 60 * MINUTE]), edge: random.pick(EDGES) };
  if (odds < 0.98) return weather === 'stormy' ? randomMishap(random) : { do: 'answer', pick };
  return { do: 'audit' };
};

/** The history of a seed: always the same one. */
export const generateHistory = (seed: number): History => {
  const random = createRandom(seed);
  const weather = random.pick<Weather>(['calm', 'lossy', 'stormy', 'stormy']);
  const settles = weather === 'stormy' ? 0.8 : 0.96;
  const invocations: Invocation[] = [];
  const count = random.between(3, 13);
  while (invocations.length < count) {
    const run = random.int(invocations.length);
    const first = random.chance(0.15) ? invocations[run] : undefined;
    invocations.push(
      first === undefined || first.repeats !== undefined
        ? randomInvocation(random, invocations.length, settles)
        : repetition(random, run, first, settles),
    );
  }
  const budgets = randomBudgets(random);
  return {
    seed,
    weather,
    startsAt: random.pick(STARTS) + random.int(20_000),
    budgets,
    ...(random.chance(0.15) ? { deployed: { budgets: nextBudgets(random, budgets), fromPlace: 2 } } : {}),
    offsets: Array.from({ length: PLACES }, () => randomOffset(random)),
    invocations,
    steps: Array.from({ length: count * random.between(8, 22) }, () => randomStep(random, weather)),
  };
};
