/**
 * Lives through many histories and says what was broken.
 *
 * - `npm run test:quota`: 100,000 histories, seeds 1 to 100,000, in a thread a core
 * - `npm run test:quota -- 5000`: that many
 * - `npm run test:quota -- --seed 42`: the history of one seed, told, as short as it can be made
 */

import { availableParallelism } from 'node:os';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { addEvents, EVENTS, missing } from './coverage.ts';
import { tellFailure } from './failure.ts';
import { generateHistory } from './generate.ts';
import { live } from './live.ts';

/** What a worker reports after some histories. */
interface Report {
  readonly lived: number;
  readonly events: readonly (readonly [string, number])[];
  readonly broken: readonly { readonly seed: number; readonly invariant: string; readonly what: string }[];
}

/** The seeds of a worker: `first`, `first + step` and so on. */
interface Share {
  readonly first: number;
  readonly step: number;
  readonly last: number;
}

/** Histories between two reports. */
const BATCH = 250;

/** Failures after which a run stops: more say nothing new. */
const MOST_BROKEN = 10;

const liveThrough = async ({ first, step, last }: Share, report: (report: Report) => void): Promise<void> => {
  for (let seed = first; seed <= last; ) {
    const totals = new Map<string, number>();
    const broken: Report['broken'][number][] = [];
    let lived = 0;
    for (; lived < BATCH && seed <= last; lived++, seed += step) {
      const { events, violation } = await live(generateHistory(seed));
      addEvents(totals, events);
      if (violation !== undefined) broken.push({ seed, ...violation });
    }
    report({ lived, events: [...totals], broken });
  }
};

const inWorkers = async (count: number): Promise<boolean> => {
  const totals = new Map<string, number>();
  const broken: Report['broken'][number][] = [];
  const began = performance.now();
  let lived = 0;
  let told = 0;
  const tellProgress = (): void => {
    if (lived < count && lived - told < count / 20) return;
    told = lived;
    const seconds = Math.round((performance.now() - began) / 1000);
    console.error(`${lived} of ${count} histories, ${seconds} s, ${broken.length} broken`);
  };
  const step = Math.min(availableParallelism(), 8);
  await Promise.all(
    Array.from({ length: step }, (_, index) => {
      const share: Share = { first: index + 1, step, last: count };
      const worker = new Worker(new URL(import.meta.url), { workerData: share });
      return new Promise<void>((resolve, reject) => {
        worker.on('message', (report: Report) => {
          lived += report.lived;
          addEvents(totals, report.events);
          broken.push(...report.broken);
          tellProgress();
          if (broken.length >= MOST_BROKEN) void worker.terminate();
        });
        worker.once('error', reject);
        worker.once('exit', () => resolve());
      });
    }),
  );
  console.log(`${lived} histories in ${Math.round((performance.now() - began) / 1000)} s`);
  for (const event of new Set([...EVENTS, ...totals.keys()])) console.log(`  ${totals.get(event) ?? 0}  ${event}`);
  const absent = missing(totals);
  if (absent.length > 0) console.log(`never occurred: ${absent.join(', ')}`);
  for (const { seed, invariant, what } of broken) console.log(`seed ${seed}: ${invariant} broken: ${what}`);
  const [first] = broken;
  if (first !== undefined) console.log(await tellFailure(first.seed));
  return broken.length === 0 && absent.length === 0;
};

if (isMainThread) {
  const [option = '100000', seed] = process.argv.slice(2);
  if (option === '--seed') console.log(await tellFailure(Number(seed)));
  else process.exitCode = (await inWorkers(Number(option))) ? 0 : 1;
} else await liveThrough(workerData as Share, (report) => parentPort?.postMessage(report));
