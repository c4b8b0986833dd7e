import { describe, expect, test } from 'vitest';
import { BROKEN } from '../support/quota-simulation/broken.ts';
import { addEvents, missing } from '../support/quota-simulation/coverage.ts';
import { tellFailure } from '../support/quota-simulation/failure.ts';
import { generateHistory } from '../support/quota-simulation/generate.ts';
import { live } from '../support/quota-simulation/live.ts';

/** A share of the 100,000 that `npm run test:quota` lives through. */
const HISTORIES = 1500;

/** Histories within which each fault has to show. */
const ENOUGH = 700;

const TIMEOUT_MS = 120_000;

test(
  'no history of faults, crashes, wrong clocks and crowds makes the quota ledger break a promise',
  async () => {
    const totals = new Map<string, number>();
    for (let seed = 1; seed <= HISTORIES; seed++) {
      const { events, violation } = await live(generateHistory(seed));
      if (violation !== undefined) expect.fail(await tellFailure(seed));
      addEvents(totals, events);
    }
    expect(missing(totals)).toEqual([]);
  },
  TIMEOUT_MS,
);

test('a seed gives the same history, and a history the same life, every time', async () => {
  const [one, other] = [await live(generateHistory(3), {}, true), await live(generateHistory(3), {}, true)];
  expect(one.story.length).toBeGreaterThan(50);
  expect(other).toEqual(one);
});

describe('the simulation sees', () => {
  test.each(Object.entries(BROKEN))(
    '%s',
    async (_, parts) => {
      for (let seed = 1; seed <= ENOUGH; seed++)
        if ((await live(generateHistory(seed), parts)).violation !== undefined) return;
      expect.fail(`not within ${ENOUGH} histories`);
    },
    TIMEOUT_MS,
  );
});
