/** What it costs to find the window of a budget. */

import { windowAt } from '../../../core/quota/windows/windows.ts';
import { printTable } from './report.ts';

const NEW = 2000;
const KNOWN = 1_000_000;
const NEXT_MONTH = 32 * 86_400_000;

/** Microseconds a run. */
const timed = (runs: number, work: (run: number) => unknown): number => {
  const startedAt = performance.now();
  for (let run = 0; run < runs; run++) work(run);
  return ((performance.now() - startedAt) * 1000) / runs;
};

/** Prints the time of the first window of a zone, of a new one, and of one that is remembered. */
export const benchWindows = (): void => {
  const now = Date.now();
  const loading = timed(1, () => windowAt({ window: 'day', zone: 'Asia/Tokyo' }, now));
  const rows = ['UTC', 'Europe/Berlin', 'America/Santiago'].flatMap((zone) =>
    (['day', 'month'] as const).map((window) => {
      const budget = { window, zone };
      const first = timed(1, () => windowAt(budget, now));
      const unknown = timed(NEW, (run) => windowAt(budget, now + run * NEXT_MONTH));
      const known = timed(KNOWN, () => windowAt(budget, now));
      return [`${window}, ${zone}`, first, unknown, known];
    }),
  );
  printTable('The window of a budget, in µs', ['', 'first', 'new', 'known'], rows);
  console.log(
    `the first zone of a process: ${(loading / 1000).toFixed(0)} ms, in which the runtime loads its calendars`,
  );
};
