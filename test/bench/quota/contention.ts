/** What many requests at once are granted and charged against one limit. */

import { bulwark, type Contender, type Held, postPaid, rateLimiterFlexible, type Tables } from './contenders.ts';
import { printGoal, printTable } from './report.ts';

/** The limit that all run into, and what each request asks for and uses, in tokens. */
export const LIMIT = 10_000;
const AMOUNT = 100;
const CONCURRENCY = 200;
const POINTS = [1, 25, 50, 75, 100, 150, 200, 250, 300, 350, 400];

/** One burst. In tokens, where nothing else is said. */
export interface Burst {
  readonly concurrency: number;
  readonly granted: number;
  /** What the counter says when all are through. */
  readonly counted: number;
  /** Calls to the table and write units, per request. */
  readonly calls: number;
  readonly writeUnits: number;
}

/** The bursts of one contender, by concurrency. */
export interface Curve {
  readonly name: string;
  readonly bursts: readonly Burst[];
}

/**
 * Everybody asks at once. Whoever is granted settles after all have asked: a model takes longer than the burst does.
 */
const burst = async (contender: Contender, concurrency: number): Promise<Burst> => {
  const who = `burst-of-${concurrency}`;
  contender.take();
  const asked = await Promise.all(Array.from({ length: concurrency }, () => contender.reserve(who, AMOUNT)));
  const held = asked.filter((one): one is Held => one !== undefined);
  await Promise.all(held.map((one) => one.settle(AMOUNT)));
  const { calls, writeUnits } = contender.take();
  return {
    concurrency,
    granted: held.length * AMOUNT,
    counted: await contender.counted(who),
    calls: calls / concurrency,
    writeUnits: writeUnits / concurrency,
  };
};

/** A large request that is refused, then a small one that there is room for. */
const smallAfterLarge = async (contender: Contender): Promise<string> => {
  await contender.reserve('small-after-large', AMOUNT);
  await contender.reserve('small-after-large', LIMIT - AMOUNT / 2);
  return (await contender.reserve('small-after-large', AMOUNT)) === undefined ? 'refused' : 'granted';
};

const contenders = (tables: Tables): readonly Contender[] => [
  rateLimiterFlexible(tables, ['month'], LIMIT),
  postPaid(tables, LIMIT),
  bulwark(tables, ['month'], LIMIT),
];

/** Prints what 200 requests at once do to a limit that has room for half of them. */
export const benchContention = async (tables: Tables): Promise<void> => {
  const rows: (readonly (string | number)[])[] = [];
  let ours: Burst | undefined;
  for (const contender of contenders(tables)) {
    const found = await burst(contender, CONCURRENCY);
    ours = found;
    const overshoot = Math.max(0, found.granted - LIMIT);
    rows.push([
      contender.name,
      found.granted / AMOUNT,
      found.granted,
      found.counted,
      overshoot,
      found.counted - found.granted,
      found.calls,
      found.writeUnits,
      contender.name === 'post-paid' ? '' : await smallAfterLarge(contender),
    ]);
  }
  printTable(
    `${CONCURRENCY} requests of ${AMOUNT} tokens at once, limit ${LIMIT}`,
    [
      '',
      'grants',
      'granted',
      'counter',
      'overshoot',
      'charged to refused',
      'calls each',
      'WCU each',
      'small after large',
    ],
    rows,
  );
  if (ours === undefined) return;
  printGoal('overshoot in tokens', Math.max(0, ours.granted - LIMIT), 0);
  printGoal('tokens charged to refused requests', ours.counted - ours.granted, 0);
  printGoal('tokens granted', ours.granted, LIMIT);
};

/** The curves of the plot: a burst of each contender at each concurrency. */
export const curvesOf = async (tables: Tables): Promise<readonly Curve[]> => {
  const curves: Curve[] = [];
  for (const contender of contenders(tables)) {
    const bursts: Burst[] = [];
    for (const concurrency of POINTS) bursts.push(await burst(contender, concurrency));
    curves.push({ name: contender.name, bursts });
  }
  return curves;
};
