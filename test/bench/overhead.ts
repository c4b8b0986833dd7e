/**
 * `npm run bench`: what the guard costs beside the same handler without it. Ratios within one run; no time passes or
 * fails. Plain Node, since vitest wraps every export in a getter, which doubles the time of small functions.
 */

import middy from '@middy/core';
import { createInjectionScreen } from '../../core/injection/index.ts';
import { createRedactor } from '../../core/redaction/index.ts';
import { guardHandler } from '../../middleware/index.ts';
import { chatBody, lambdaContext, restEvent } from '../support/events.ts';
import { recordTelemetry } from '../support/telemetry.ts';

const ROUNDS = 7;
const PROSE = 'The orchard has three rows of pears and a well, and on Sunday we went there to see it. ';

/** Microseconds of one run: the best of several rounds, which other load disturbs least. */
const measure = async (runs: number, work: () => unknown): Promise<number> => {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const startedAt = performance.now();
    for (let run = 0; run < runs; run++) await work();
    best = Math.min(best, ((performance.now() - startedAt) * 1000) / runs);
  }
  return best;
};

const print = (name: string, microseconds: number, baseline: number, more = ''): void =>
  console.log(
    `${name.padEnd(44)} ${microseconds.toFixed(1).padStart(9)} µs  ${(microseconds / baseline).toFixed(1).padStart(6)} × baseline${more}`,
  );

const handler = async () => ({
  statusCode: 200,
  headers: { 'content-type': 'application/json' },
  body: '{"a":"pear"}',
});
const noOp = () => ({ before: () => {}, after: () => {}, onError: () => {} });
const plain = middy()
  .use(Array.from({ length: 14 }, noOp))
  .handler(handler);
const quiet = () => ({ telemetry: recordTelemetry() });
const bare = guardHandler(handler, { injection: false, redaction: false }, quiet());
const full = guardHandler(handler, {}, quiet());

console.log('A request of 1 KB through the chain, model and table left out');
const event = restEvent({ body: chatBody(PROSE.repeat(12)), claims: { sub: 'ada' } });
const chain = await measure(3000, () => plain(event, lambdaContext()));
print('Middy with 14 no-op middlewares (baseline)', chain, chain);
print('guardHandler, scanning off', await measure(1000, () => bare(event as never, lambdaContext())), chain);
print('guardHandler', await measure(200, () => full(event as never, lambdaContext())), chain);

const { screen } = createInjectionScreen();
const { redact } = createRedactor();
for (const [size, runs] of [
  [1, 300],
  [64, 10],
] as const) {
  const text = PROSE.repeat(Math.ceil((size * 1024) / PROSE.length));
  const json = JSON.stringify({ text });
  const rate = (microseconds: number): string => `  ${(text.length / microseconds).toFixed(1)} MB/s`;
  console.log(`\n${size} KB of prose through the engines`);
  const parsed = await measure(runs * 10, () => JSON.parse(json));
  print('JSON.parse (baseline)', parsed, parsed, rate(parsed));
  const redacted = await measure(runs, () => redact(text));
  print('redaction, default entities', redacted, parsed, rate(redacted));
  const screened = await measure(runs, () => screen(text));
  print('injection screen', screened, parsed, rate(screened));
}
