/**
 * `npm run bench -- retries [--calls N] [--concurrency N]`: the guarded client beside the SDK's own, each with a local
 * Bedrock that fails by the same dice, in one run. No time passes or fails.
 */

import { parseArgs } from 'node:util';
import { CONTENDERS, MODEL, OTHER_MODEL } from './contenders.ts';
import { benchOutage } from './outage.ts';
import { benchStorm } from './storm.ts';

const { values } = parseArgs({
  args: process.argv.slice(3),
  options: { calls: { type: 'string', default: '1000' }, concurrency: { type: 'string', default: '16' } },
});
const concurrency = Number(values.concurrency);
/** As on Lambda: each client is a function's own, and has one call at a time. */
const apart = { calls: Number(values.calls), concurrency, clients: concurrency };
/** As in a process that serves many requests at once. */
const together = { ...apart, clients: 1 };
const share = 0.3;
const withFallback = { name: 'guarded, with a fallback', rules: { fallbacks: { [MODEL]: [OTHER_MODEL] } } };
const quickBreaker = {
  name: 'guarded, breaker of 500 ms',
  rules: { retry: { breaker: { openMs: 500, maxOpenMs: 1000 } } },
};
const throttled = { kind: 'error', type: 'ThrottlingException' } as const;

console.log(`Node ${process.version}; clients and servers in one process; no deadline`);
await benchStorm('30 % of attempts are throttled', [...CONTENDERS, withFallback], {
  fault: throttled,
  share,
  load: apart,
});
await benchStorm('The same', [...CONTENDERS, withFallback], { fault: throttled, share, load: together });
await benchStorm('30 % of attempts are billed, and no answer comes within a second', CONTENDERS, {
  fault: { kind: 'hang', after: 0 },
  share,
  load: apart,
});
await benchStorm('30 % of attempts are billed, and their connection is cut within the answer', CONTENDERS, {
  fault: { kind: 'cut', cut: 'reset-internal-error' },
  share,
  load: apart,
});
for (const clients of [1, 8]) await benchOutage([...CONTENDERS, quickBreaker], clients);
