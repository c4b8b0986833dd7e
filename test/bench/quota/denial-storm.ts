/** What refused requests cost: a caller who has used up the budget and does not stop asking. */

import { bulwark, rateLimiterFlexible, type Tables } from './contenders.ts';
import { median, printTable } from './report.ts';

const LIMIT = 10_000;
const REFUSED = 300;

/** Prints the cost of a refused request to whoever asks one after the other. */
export const benchDenialStorm = async (tables: Tables): Promise<void> => {
  const contenders = [
    ['rate-limiter-flexible', rateLimiterFlexible(tables, ['day'], LIMIT)],
    ['rate-limiter-flexible, blocking in memory', rateLimiterFlexible(tables, ['month'], LIMIT, true)],
    ['bedrock-bulwark', bulwark(tables, ['month'], LIMIT)],
  ] as const;
  const rows: (readonly (string | number)[])[] = [];
  for (const [name, contender] of contenders) {
    await (await contender.reserve('storm', LIMIT))?.settle(LIMIT);
    contender.take();
    const times: number[] = [];
    for (let asked = 0; asked < REFUSED; asked++) {
      const startedAt = performance.now();
      if ((await contender.reserve('storm', 100)) !== undefined) throw new Error(`${name} grants beyond the limit`);
      times.push(performance.now() - startedAt);
    }
    const { calls, writeUnits, bytes } = contender.take();
    const counted = await contender.counted('storm');
    rows.push([
      name,
      calls / REFUSED,
      writeUnits / REFUSED,
      Math.round(bytes / REFUSED),
      median(times),
      counted - LIMIT,
    ]);
  }
  printTable(
    `${REFUSED} requests one after the other to a budget that is used up, per request`,
    ['', 'calls', 'WCU', 'bytes', 'p50 ms', 'charged to refused, all'],
    rows,
  );
};
