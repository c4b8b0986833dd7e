/** A short run of `npm run chaos`: the same parts and invariants, a few requests of everything. */

import { expect, test } from 'vitest';
import { findingsOf } from '../chaos/invariants.ts';
import { runChaos } from '../chaos/run.ts';
import { recordTelemetry } from '../support/telemetry.ts';

test('every invariant holds in a short run among parts that fail', async () => {
  const options = { seed: 1, requests: 80, concurrency: 16, deadlineMs: 1500 };
  const result = await runChaos(options, { telemetry: recordTelemetry() });
  expect(findingsOf(result).filter(({ holds }) => !holds)).toEqual([]);
  expect(result.books.attempts).toBeGreaterThan(0);
});
