/** `npm run chaos [-- --seed N --requests N --concurrency N]`: the kit among parts that fail, and what must hold. */

import { parseArgs } from 'node:util';
import { findingsOf } from './invariants.ts';
import type { ChaosOptions } from './plan.ts';
import { runChaos } from './run.ts';
import { tableOf } from './table.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    requests: { type: 'string', default: '10000' },
    concurrency: { type: 'string', default: '32' },
    deadline: { type: 'string', default: '3000' },
  },
});

const wholeNumber = (name: keyof typeof values): number => {
  const value = Number(values[name]);
  if (!Number.isSafeInteger(value) || value < 1) throw new TypeError(`--${name} must be a whole number from 1`);
  return value;
};

const options: ChaosOptions = {
  seed: wholeNumber('seed'),
  requests: wholeNumber('requests'),
  concurrency: wholeNumber('concurrency'),
  deadlineMs: wholeNumber('deadline'),
};

/** The kit's log lines are made, and go nowhere: what is printed is the report. */
const write = process.stdout.write.bind(process.stdout);
let logged = 0;
process.stdout.write = (line: string | Uint8Array) => {
  logged += line.length;
  return true;
};
const print = (line: string): void => void write(`${line}\n`);

const { seed, requests, concurrency, deadlineMs } = options;
print(`chaos --seed ${seed} --requests ${requests} --concurrency ${concurrency} --deadline ${deadlineMs}`);
const startedAt = performance.now();
let toldAt = 0;
const onProgress = (done: number): void => {
  if (done < requests && done - toldAt < requests / 20) return;
  toldAt = done;
  print(`${done} of ${requests} requests, ${((performance.now() - startedAt) / 1000).toFixed(0)} s`);
};

const result = await runChaos(options, { onProgress });
process.stdout.write = write;
print(`\n${tableOf(result.outcomes)}\n`);
const findings = findingsOf(result);
for (const { holds, invariant, found } of findings)
  print(`${holds ? 'holds ' : 'BROKEN'}  ${invariant}\n        ${found}`);
const broken = findings.filter(({ holds }) => !holds).length;
print(
  `\n${requests} requests in ${result.seconds.toFixed(0)} s, ${(logged / 2 ** 20).toFixed(1)} MiB of log; ${
    broken === 0 ? 'everything holds' : `${broken} of ${findings.length} broken`
  }`,
);
process.exitCode = broken === 0 ? 0 : 1;
