/** What a request leaves in logs, measured: benign requests of the tour, to the service on the local stack. */

import { startStack } from '../../local/stack/index.ts';
import { benignCases } from '../../local/tour/cases.ts';
import { observe } from '../../local/tour/observe.ts';
import type { LogBytes } from './request.ts';

/** CloudWatch Logs counts so many bytes with each event. Source: its quotas, "Event size". */
const EVENT_BYTES = 26;

/** Requests that are measured. */
const SAMPLE = 20;

const ROUND = 50;

const kindOf = (line: string): keyof LogBytes => {
  if (line.includes('"CloudWatchMetrics"')) return 'metrics';
  return line.includes('"message":"audit"') ? 'audit' : 'other';
};

/** Bytes of a request, rounded up. The lines of a cold start come before the first request and are left out. */
export const measureLogBytes = async (): Promise<LogBytes> => {
  const stack = await startStack();
  try {
    const rows = benignCases().slice(0, SAMPLE);
    const before = stack.output.lines.length;
    let requests = 0;
    for (const row of rows) requests += (await observe(stack, 'guarded', row)).answers.length;
    const bytes = { metrics: 0, audit: 0, other: 0 };
    for (const { functionName, line } of stack.output.lines.slice(before))
      if (functionName === 'chat') bytes[kindOf(line)] += Buffer.byteLength(line) + EVENT_BYTES;
    const each = (sum: number): number => Math.ceil(sum / requests / ROUND) * ROUND;
    return { metrics: each(bytes.metrics), audit: each(bytes.audit), other: each(bytes.other) };
  } finally {
    await stack.close();
  }
};
