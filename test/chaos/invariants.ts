/** What must hold of a run, each counted. */

import { slopeOf } from './heap.ts';
import { users } from './plan.ts';
import { RETRY } from './rules.ts';
import type { ChaosResult } from './run.ts';

/** An invariant, and what was found. */
export interface Finding {
  readonly invariant: string;
  readonly holds: boolean;
  readonly found: string;
}

/**
 * How much later an answer may be seen than a timer that was set for its deadline, in milliseconds: two cores serve
 * everything, clients and servers. A process that stops for a while has both late.
 */
const TOLERANCE_MS = 1000;

/** Bytes that the heap may grow by with a request. */
const MOST_BYTES_A_REQUEST = 100;

/** Value at a share of sorted values. */
export const quantile = (sorted: ArrayLike<number>, share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;

/** Windows that no run outlasts: their counters hold all of it. */
const WHOLE_RUN: ReadonlySet<string> = new Set([
  'user-month-tokens',
  'user-day-usd',
  'tenant-month-usd',
  'tenant-day-tokens',
]);

const moneyOf = ({ books, recorded }: ChaosResult) => {
  const lacking: string[] = [];
  let billedByUsers = 0;
  const recordedByUsers = recorded.map(() => 0);
  for (const [name, bill] of Object.entries(books.billed)) {
    if (users.includes(name)) billedByUsers += bill.tokens;
    for (const [time, usage] of recorded.entries())
      for (const { budget, used } of usage[name] ?? []) {
        if (!WHOLE_RUN.has(budget)) continue;
        if (budget === 'user-month-tokens') recordedByUsers[time] = (recordedByUsers[time] ?? 0) + used;
        const billed = budget.endsWith('usd') ? bill.usdMicros : bill.tokens;
        if (used < billed) lacking.push(`${name}, ${budget}: ${used} recorded, ${billed} billed`);
      }
  }
  return { lacking, billedByUsers, recordedByUsers };
};

const listed = (what: readonly string[]): string => (what.length === 0 ? '' : `: ${what.slice(0, 5).join('; ')}`);

/** Looks at a run. */
export const findingsOf = (result: ChaosResult): readonly Finding[] => {
  const { options, times, late, books, undocumented, fullest, uncaught, heap, heldBefore, heldAfter } = result;
  const tooLate = late.filter((ms) => ms > TOLERANCE_MS).length;
  const { lacking, billedByUsers, recordedByUsers } = moneyOf(result);
  const over = [...fullest].filter(([, share]) => share > 1);
  const slope = heap.length > 1 ? slopeOf(heap) : undefined;
  return [
    {
      invariant: 'every client got a documented answer',
      holds: undocumented.length === 0,
      found: `${undocumented.length} did not${listed(undocumented)}`,
    },
    {
      invariant: `inside ${options.deadlineMs} ms (+ ${TOLERANCE_MS} ms for a machine that serves all of it)`,
      holds: tooLate === 0,
      found: `${tooLate} later, ${late.length} after the timer, by ${Math.max(0, ...late).toFixed(0)} ms at most; p50 ${quantile(times, 0.5).toFixed(0)}, p99 ${quantile(times, 0.99).toFixed(0)}, last ${quantile(times, 1).toFixed(0)} ms`,
    },
    {
      invariant: `attempts at most ${RETRY.maxAttempts} a call, ${RETRY.maxRetries} retries a request, ${RETRY.maxPaidRetries} of them after what may be billed`,
      holds: books.broken.length === 0,
      found: `${books.attempts} attempts of ${books.calls} calls, at most ${books.mostAttempts} and ${books.mostRetries} retries; ${books.unseen} after an answer that did not arrive in time; ${books.broken.length} too many${listed(books.broken)}`,
    },
    {
      invariant: 'recorded ≥ billed, for every caller, in tokens and USD, also after the last lease',
      holds: lacking.length === 0 && books.tokens === books.billedTokens,
      found: `${recordedByUsers.join(' and ')} tokens recorded, ${billedByUsers} billed (${books.billedTokens} by the server's own count); ${lacking.length} below${listed(lacking)}`,
    },
    {
      invariant: 'recorded ≤ limit, for every budget at every look',
      holds: over.length === 0,
      found: [...fullest].map(([budget, share]) => `${budget} ${(100 * share).toFixed(0)} %`).join(', '),
    },
    {
      invariant: 'no unhandled rejection, no uncaught exception',
      holds: uncaught.length === 0,
      found: `${uncaught.length}${listed([...new Set(uncaught)])}`,
    },
    {
      invariant: `heap grows by less than ${MOST_BYTES_A_REQUEST} bytes a request`,
      holds: slope === undefined || slope < MOST_BYTES_A_REQUEST,
      found:
        slope === undefined
          ? 'not measured: the run is too short'
          : `${slope.toFixed(1)} bytes, ${heap.length} samples over the last ${(heap.at(-1)?.requests ?? 0) - (heap[0]?.requests ?? 0)} requests, MiB: ${heap.map(({ bytes }) => (bytes / 2 ** 20).toFixed(2)).join(' ')}`,
    },
    {
      invariant: 'sockets and timers are closed',
      holds: heldAfter.length <= heldBefore.length,
      found: `${heldBefore.length} before, ${heldAfter.length} after${listed(heldAfter)}`,
    },
  ];
};
