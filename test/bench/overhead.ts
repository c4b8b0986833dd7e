/**
 * `npm run bench`: what the guard costs beside the same handler without it. Ratios within one run; no time passes or
 * fails. Plain Node, since vitest wraps every export in a getter, which doubles the time of small functions.
 */

import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import middy from '@middy/core';
import { createTelemetry } from '../../aws/telemetry/index.ts';
import { createInjectionScreen } from '../../core/injection/index.ts';
import { createRedactor } from '../../core/redaction/index.ts';
import { guardHandler } from '../../middleware/index.ts';
import { chatBody, lambdaContext, restEvent } from '../support/events.ts';
import { recordTelemetry } from '../support/telemetry.ts';
import { type Candidate, compare } from './compare.ts';

const PROSE = 'The orchard has three rows of pears and a well, and on Sunday we went there to see it. ';

const ok = { statusCode: 200, headers: { 'content-type': 'application/json' }, body: '{"a":"pear"}' };
const handler = async () => ok;
const noOps = Array.from({ length: 14 }, () => ({ before: () => {}, after: () => {}, onError: () => {} }));
const logger = new Logger({ serviceName: 'bench' });
const metrics = new Metrics({ namespace: 'Bench', serviceName: 'bench' });

/** What a handler with Powertools alone does: one line, three metrics. */
const withPowertools = middy()
  .use(noOps)
  .use(injectLambdaContext(logger))
  .use(logMetrics(metrics))
  .handler(async () => {
    logger.info('answered', { status: 200, source: 'rest-v1', tokens: { input: 1, output: 2, total: 3 } });
    for (const name of ['Requests', 'TotalLatency', 'GuardLatency']) metrics.addMetric(name, 'Count', 1);
    return ok;
  });

const unscanned = { injection: false, redaction: false } as const;
const silent = () => ({ telemetry: recordTelemetry() });
const telemetry = createTelemetry();

const chains = (event: ReturnType<typeof restEvent>): readonly Candidate[] => {
  const through = (name: string, guarded: unknown, runs = 1000): Candidate => ({
    name,
    runs,
    work: () => (guarded as (...args: unknown[]) => unknown)(event, lambdaContext()),
  });
  return [
    through('Middy with 14 no-op middlewares (baseline)', middy().use(noOps).handler(handler)),
    through("the same with Powertools' Logger and Metrics", withPowertools),
    through('guardHandler, scanning and telemetry left out', guardHandler(handler, unscanned, silent())),
    through('guardHandler, scanning left out', guardHandler(handler, unscanned, { telemetry })),
    through('guardHandler', guardHandler(handler, {}, { telemetry }), 100),
  ];
};

const claims = { sub: 'ada' };
await compare(
  'A request of 70 bytes through the chain; no model, no table, nothing printed',
  chains(restEvent({ body: chatBody('What is a pear?'), claims })),
);
await compare('A request of 1 KB', chains(restEvent({ body: chatBody(PROSE.repeat(12)), claims })));

const { screen } = createInjectionScreen();
const { redact } = createRedactor();
for (const [size, runs] of [
  [1, 300],
  [64, 10],
] as const) {
  const text = PROSE.repeat(Math.ceil((size * 1024) / PROSE.length));
  const json = JSON.stringify({ text });
  await compare(
    `${size} KB of prose through the engines`,
    [
      { name: 'JSON.parse (baseline)', runs: runs * 10, work: () => JSON.parse(json) },
      { name: 'redaction, default entities', runs, work: () => redact(text) },
      { name: 'injection screen', runs, work: () => screen(text) },
    ],
    (microseconds) => `  ${(text.length / microseconds).toFixed(1)} MB/s`,
  );
}
