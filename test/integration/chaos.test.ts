/** A short run of `npm run chaos`: the same parts and invariants, a few requests of everything. */

import { expect, test } from 'vitest';
import { findingsOf } from '../chaos/invariants.ts';
import { runChaos } from '../chaos/run.ts';
import { recordTelemetry } from '../support/telemetry.ts';

test('every invariant holds in a hundred requests and more among parts that fail', async () => {
  const options = { seed: 1, requests: 120, concurrency: 16, deadlineMs: 1200 };
  const result = await runChaos(options, { telemetry: recordTelemetry() });
  expect(findingsOf(result).filter(({ holds }) => !holds)).toEqual([]);
  const met = [...result.outcomes.values()].flatMap((row) => [...row.keys()]);
  expect(met).toEqual(expect.arrayContaining(['answered', 'left', 'upstream_unavailable']));
});
