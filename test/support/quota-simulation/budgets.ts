/** Random budgets, small enough to be used up all the time. */

import type { Budget, BudgetUnit, BudgetWindow, PrincipalKind } from '../../../core/quota/types.ts';
import type { Random } from './random.ts';

const WINDOWS: readonly BudgetWindow[] = ['minute', 'minute', 'hour', 'hour', 'day', 'day', 'week', 'month', 'session'];
const ZONES = ['Europe/Berlin', 'America/New_York', 'Pacific/Kiritimati', 'Asia/Kathmandu'];

/** Limits by unit: a request asks for up to about a third of them. */
const LIMITS: Readonly<Record<BudgetUnit, readonly [least: number, most: number]>> = {
  tokens: [40, 300],
  usd: [300, 1800],
  requests: [2, 7],
  strikes: [1, 2],
  quotaTokens: [80, 500],
};

type Kinds = PrincipalKind | readonly PrincipalKind[];

const whenOf = (random: Random): Pick<Budget, 'window' | 'zone'> => {
  const window = random.pick(WINDOWS);
  const zoned = window === 'day' || window === 'week' || window === 'month';
  return zoned && random.chance(0.4) ? { window, zone: random.pick(ZONES) } : { window };
};

const budget = (random: Random, name: string, per: Kinds, unit: BudgetUnit): Budget => {
  const [least, most] = LIMITS[unit];
  return {
    name,
    per,
    unit,
    ...whenOf(random),
    limit: random.between(least, most),
    ...(unit !== 'strikes' && random.chance(0.15) ? { soft: true } : {}),
    ...(random.chance(0.35) ? { onExpiry: 'release' as const } : {}),
    ...(random.chance(0.25) ? { onFailure: random.pick(['open', 'degraded'] as const) } : {}),
  };
};

/** A soft share of a user, and a tenant's budget that is kept for those within theirs. */
const fairShare = (random: Random): readonly Budget[] => {
  const when = whenOf(random);
  const whole = random.between(80, 350);
  const common = { unit: 'tokens', ...when } as const;
  const onExpiry = random.chance(0.3) ? { onExpiry: 'release' as const } : {};
  return [
    { name: 'share', per: 'user', ...common, soft: true, limit: random.between(15, 70), ...onExpiry },
    {
      name: 'fair',
      per: 'tenant',
      ...common,
      ...onExpiry,
      limit: whole,
      beyondShare: { of: 'share', limit: random.between(30, whole) },
    },
  ];
};

/** What else there may be: each with its odds. */
const MORE: readonly (readonly [odds: number, make: (random: Random) => readonly Budget[]])[] = [
  [0.5, (random) => [budget(random, 'tenant', 'tenant', 'tokens')]],
  [0.2, (random) => [budget(random, 'tenant-requests', 'tenant', 'requests')]],
  [0.25, (random) => [budget(random, 'second', 'user', 'tokens')]],
  [0.2, (random) => [budget(random, 'requests', ['user', 'ip'], 'requests')]],
  [0.2, (random) => [budget(random, 'money', 'account', 'usd')]],
  [0.15, (random) => [budget(random, 'session', 'session', 'tokens')]],
  [0.35, (random) => [budget(random, 'strikes', 'user', 'strikes')]],
  [0.2, (random) => [budget(random, 'user-model', 'user+model', 'tokens')]],
  [0.12, (random) => [{ ...budget(random, 'model', 'model', 'quotaTokens'), models: ['m0'] }]],
  [0.1, (random) => [budget(random, 'tenant-model', ['tenant+model', 'account+model'], 'tokens')]],
  [0.3, fairShare],
];

/** Kinds whose budgets may be kept in shards, all of one kind in as many. */
const SHARED: readonly Kinds[] = ['tenant', 'account', 'model'];

/** Budgets that another version of the service may lack. */
const isSpare = ({ name }: Budget): boolean => !['first', 'share', 'fair', 'session'].includes(name);

const changed = (random: Random, old: Budget): Budget => {
  const { onExpiry: _, ...rest } = old;
  const limit = Math.max(old.shards ?? 1, old.beyondShare?.limit ?? 1, Math.round(old.limit * (0.5 + random.next())));
  const isReleased = random.chance(0.3) ? old.onExpiry !== 'release' : old.onExpiry === 'release';
  return { ...rest, ...(random.chance(0.5) ? { limit } : {}), ...(isReleased ? { onExpiry: 'release' as const } : {}) };
};

/** The budgets of another version of the service: some have another limit, some are gone. */
export const nextBudgets = (random: Random, budgets: readonly Budget[]): readonly Budget[] =>
  budgets.filter((old) => !isSpare(old) || random.chance(0.8)).map((old) => changed(random, old));

/** Budgets of one history. */
export const randomBudgets = (random: Random): readonly Budget[] => {
  const first = budget(random, 'first', random.chance(0.3) ? ['user', 'ip'] : 'user', 'tokens');
  const all = [first, ...MORE.flatMap(([odds, make]) => (random.chance(odds) ? make(random) : []))];
  const shards = new Map(SHARED.map((per) => [per, random.chance(0.4) ? random.pick([2, 2, 4, 8]) : 1]));
  return all.map((made) => {
    const parts = Math.min(shards.get(made.per) ?? 1, ...all.filter(({ per }) => per === made.per).map((b) => b.limit));
    return parts === 1 ? made : { ...made, shards: parts };
  });
};
