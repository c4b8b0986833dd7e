/** `npm run bench:packaged`: cold start, warm time and memory of the packaged chat under Lambda's runtime client. */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { LambdaFunction } from '../../local/lambda-runtime/index.ts';
import { startStack } from '../../local/stack/index.ts';
import { packageService } from '../../tools/package-service.ts';
import { chatBody, restEvent } from '../support/events.ts';

const COLD_STARTS = 7;
const WARM_REQUESTS = 300;

/** The value below which `share` of the numbers are. */
const quantile = (numbers: readonly number[], share: number): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length * share)] ?? Number.NaN;

/** Memory that a process holds, in MiB (proc(5), `VmRSS`). */
const residentMb = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
};

let users = 0;
const ask = async (chat: LambdaFunction): Promise<void> => {
  users += 1;
  const result = await chat.invoke(restEvent({ body: chatBody('What is a pear?'), claims: { sub: `user-${users}` } }));
  const status = result.ok ? (result.value as { statusCode: number }).statusCode : result.errorType;
  if (status !== 200) throw new Error(`the function answered ${status}`);
};

const folder = mkdtempSync(path.join(tmpdir(), 'bulwark-bench-'));
const stack = await startStack({ packaged: { folder: await packageService(folder) } });
try {
  const chat = stack.functions.chat as LambdaFunction;
  const cold: number[] = [];
  for (let start = 0; start < COLD_STARTS; start++) {
    await chat.provision?.(0);
    cold.push(await timed(() => ask(chat)));
  }
  const warm: number[] = [];
  for (let request = 0; request < WARM_REQUESTS; request++) warm.push(await timed(() => ask(chat)));
  const [pid = 0] = chat.pids();
  console.log(`chat, packaged, 512 MB, under aws-lambda-ric; local Bedrock and ${stack.dynamodb.name} answer`);
  console.log(`cold start: process, load and first answer   p50 ${quantile(cold, 0.5).toFixed()} ms of ${COLD_STARTS}`);
  console.log(
    `warm: event to answer   p50 ${quantile(warm, 0.5).toFixed(1)} ms, p99 ${quantile(warm, 0.99).toFixed(1)} ms of ${WARM_REQUESTS}`,
  );
  console.log(`memory after them   ${residentMb(pid).toFixed()} MiB`);
} finally {
  await stack.close();
  rmSync(folder, { recursive: true, force: true });
}
