/** What one request costs that is granted and settled: calls, capacity, bytes and time. */

import { bulwark, type Contender, postPaid, rateLimiterFlexible, type Tables } from './contenders.ts';
import type { Consumption } from './metered-client.ts';
import { median, printGoal, printTable } from './report.ts';

const ROUNDS = 9;
const RUNS = 60;

/** Callers in turn. */
const CALLERS = 9;
const AMPLE = 1_000_000_000;
const RESERVED = 900;
const USED = 500;

interface Candidate {
  readonly name: string;
  readonly contender: Contender;
}

/** What one part of a request costs, on average; the time is the median of the rounds' p50, in milliseconds. */
interface Cost extends Consumption {
  readonly p50: number;
}

interface Costs {
  readonly reserve: Cost;
  /** The reservation and its settlement. */
  readonly whole: Cost;
}

interface Sample extends Consumption {
  readonly ms: number;
}

const sum = (a: Sample, b: Sample): Sample => ({
  calls: a.calls + b.calls,
  writeUnits: a.writeUnits + b.writeUnits,
  readUnits: a.readUnits + b.readUnits,
  bytes: a.bytes + b.bytes,
  ms: a.ms + b.ms,
});

const request = async ({ contender }: Candidate, who: string): Promise<readonly [reserve: Sample, whole: Sample]> => {
  const startedAt = performance.now();
  const held = await contender.reserve(who, RESERVED);
  const reserve = { ...contender.take(), ms: performance.now() - startedAt };
  if (held === undefined) throw new Error(`${contender.name} refuses what fits`);
  const reservedAt = performance.now();
  await held.settle(USED);
  return [reserve, sum(reserve, { ...contender.take(), ms: performance.now() - reservedAt })];
};

const costOf = (rounds: readonly (readonly Sample[])[]): Cost => {
  const samples = rounds.flat();
  const total = samples.reduce(sum);
  return {
    calls: total.calls / samples.length,
    writeUnits: total.writeUnits / samples.length,
    readUnits: total.readUnits / samples.length,
    bytes: total.bytes / samples.length,
    p50: median(rounds.map((round) => median(round.map(({ ms }) => ms)))),
  };
};

/** They take turns request by request, so that no load falls on one alone. */
const measure = async (candidates: readonly Candidate[]): Promise<readonly Costs[]> => {
  const rounds = candidates.map(() => ({ reserve: [] as Sample[][], whole: [] as Sample[][] }));
  for (let round = -1; round < ROUNDS; round++) {
    const samples = candidates.map(() => ({ reserve: [] as Sample[], whole: [] as Sample[] }));
    for (let run = 0; run < RUNS; run++)
      for (const [index, candidate] of candidates.entries()) {
        const [reserve, whole] = await request(candidate, `caller-${index}-${run % CALLERS}`);
        samples[index]?.reserve.push(reserve);
        samples[index]?.whole.push(whole);
      }
    if (round < 0) continue; // made the items and warmed the code
    for (const [index, { reserve, whole }] of samples.entries()) {
      rounds[index]?.reserve.push(reserve);
      rounds[index]?.whole.push(whole);
    }
  }
  return rounds.map(({ reserve, whole }) => ({ reserve: costOf(reserve), whole: costOf(whole) }));
};

const HEAD = ['', 'calls', 'WCU', 'RCU', 'bytes', 'p50 ms', 'ratio'];

const print = (title: string, candidates: readonly Candidate[], costs: readonly Cost[]): void =>
  printTable(
    title,
    HEAD,
    costs.map((cost, index) => {
      const ratio = cost.p50 / (costs[0]?.p50 ?? Number.NaN);
      const bytes = Math.round(cost.bytes);
      return [
        candidates[index]?.name ?? '',
        cost.calls,
        cost.writeUnits,
        cost.readUnits,
        bytes,
        cost.p50,
        `${ratio.toFixed(2)} ×`,
      ];
    }),
  );

/** Prints the cost of a reservation, and of one with its settlement, for one window and for three. */
export const benchPerRequest = async (tables: Tables): Promise<void> => {
  const three = ['minute', 'day', 'month'] as const;
  const candidates: readonly Candidate[] = [
    { name: 'rate-limiter-flexible, 1 window', contender: rateLimiterFlexible(tables, ['day'], AMPLE) },
    { name: 'rate-limiter-flexible, 3 windows', contender: rateLimiterFlexible(tables, three, AMPLE) },
    { name: 'post-paid, 1 window', contender: postPaid(tables, AMPLE) },
    { name: 'bedrock-bulwark, 1 window', contender: bulwark(tables, ['day'], AMPLE) },
    { name: 'bedrock-bulwark, 3 windows', contender: bulwark(tables, three, AMPLE) },
  ];
  const costs = await measure(candidates);
  const whole = costs.map((cost) => cost.whole);
  print(
    'Reserve (consume; read)',
    candidates,
    costs.map(({ reserve }) => reserve),
  );
  print('Reserve and settle (consume and reward; read and add)', candidates, whole);
  const [peer, ours] = [whole[0], whole.at(-1)];
  if (peer === undefined || ours === undefined) return;
  printGoal('calls a request and principal for three windows', ours.calls, 2);
  printGoal('WCU a request and principal for three windows', ours.writeUnits, 2);
  console.log(`p50 of three windows beside the peer's of one: ${(ours.p50 / peer.p50).toFixed(2)} ×, to be below 1`);
};
