/** Budgets of a tenant in parts: how much of the limit is unspent when a request is refused for the first time. */

import { MAX_HOLDS } from '../../../core/quota/ledger/holds.ts';
import { bulwark, type Tables } from './contenders.ts';
import { createMeteredClient, sizeOf } from './metered-client.ts';
import { median, printTable } from './report.ts';

const LIMIT = 50_000;
const SMALLEST = 50;
const LARGEST = 150;
const ROUNDS = 5;

/** As many requests are in flight at once. */
const CONCURRENCY = 16;

/** Writes a second that one item takes: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html */
const ITEM_WRITE_UNITS = 1000;

/** Bytes of an item with three windows, without and per reservation in flight. */
interface ItemSize {
  readonly base: number;
  readonly lease: number;
}

const measureItem = async (tables: Tables): Promise<ItemSize> => {
  const contender = bulwark(tables, ['minute', 'day', 'month'], LIMIT);
  const { client } = createMeteredClient(tables.endpoint);
  const size = async (): Promise<number> => {
    const { Items = [] } = await client.scan({ TableName: tables.quota, ConsistentRead: true });
    return Math.max(...Items.map(sizeOf));
  };
  await contender.reserve('sized', SMALLEST);
  const one = await size();
  for (let more = 0; more < 10; more++) await contender.reserve('sized', SMALLEST);
  const lease = ((await size()) - one) / 10;
  return { base: one - lease, lease };
};

/** Requests a second that fit, each with a write before and one after a model call of some seconds. */
const requestsPerSecond = ({ base, lease }: ItemSize, shards: number, seconds: number): number => {
  const units = (rate: number): number => 2 * rate * Math.ceil((base + lease * rate * seconds) / 1024);
  const isWithin = (rate: number): boolean => units(rate) <= ITEM_WRITE_UNITS && rate * seconds <= MAX_HOLDS;
  let rate = 1;
  while (isWithin(rate + 1)) rate += 1;
  return rate * shards;
};

/** A generator that every run repeats (mulberry32): sizes of requests, not secrets. */
const sizes = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return SMALLEST + (((mixed ^ (mixed >>> 14)) >>> 0) % (LARGEST - SMALLEST + 1));
  };
};

interface Filled {
  /** Of the limit, in per cent. */
  readonly unspent: number;
  /** Per request. */
  readonly calls: number;
  readonly writeUnits: number;
}

/** Asks for more and more until somebody is refused. */
const fill = async (tables: Tables, shards: number, round: number): Promise<Filled> => {
  const contender = bulwark(tables, ['month'], LIMIT, shards);
  const who = `filled-${shards}-${round}`;
  const next = sizes(round + 1);
  let [granted, requests, isFull] = [0, 0, false];
  const ask = async (): Promise<void> => {
    while (!isFull) {
      const amount = next();
      requests += 1;
      const held = await contender.reserve(who, amount);
      if (held === undefined) isFull = true;
      else {
        if (!isFull) granted += amount;
        await held.settle(amount);
      }
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, ask));
  const { calls, writeUnits } = contender.take();
  return { unspent: 100 * (1 - granted / LIMIT), calls: calls / requests, writeUnits: writeUnits / requests };
};

/** Prints, for some numbers of shards, what stays unspent and what a request costs on the way there. */
export const benchShards = async (tables: Tables): Promise<void> => {
  const size = await measureItem(tables);
  const rows: (readonly (string | number)[])[] = [];
  for (const shards of [1, 4, 8, 16]) {
    const rounds: Filled[] = [];
    for (let round = 0; round < ROUNDS; round++) rounds.push(await fill(tables, shards, round));
    rows.push([
      shards === 1 ? 'whole' : `${shards} shards`,
      `${median(rounds.map(({ unspent }) => unspent)).toFixed(1)} %`,
      `${Math.max(...rounds.map(({ unspent }) => unspent)).toFixed(1)} %`,
      median(rounds.map(({ calls }) => calls)),
      median(rounds.map(({ writeUnits }) => writeUnits)),
      requestsPerSecond(size, shards, 1),
      requestsPerSecond(size, shards, 3),
      requestsPerSecond(size, shards, 10),
    ]);
  }
  printTable(
    `A tenant's limit of ${LIMIT} in requests of ${SMALLEST} to ${LARGEST}, ${CONCURRENCY} at once, until one is refused; requests a second are computed`,
    ['', 'unspent', 'at most', 'calls', 'WCU', 'req/s at 1 s', 'at 3 s', 'at 10 s'],
    rows,
  );
  console.log(`an item has ${Math.round(size.base)} bytes, and ${Math.round(size.lease)} for each request in flight`);
};
