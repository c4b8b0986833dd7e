/** Telemetry that a test can read. */

import type { RequestRecord, Telemetry } from '../../aws/telemetry/index.ts';
import type { MetricName } from '../../core/catalogue.ts';
import { recordProblems } from './audit-schema.ts';

/** What was published for one request. */
export interface Published {
  readonly requestId: string;
  readonly metrics: Readonly<Partial<Record<MetricName, number>>>;
  readonly model: string | undefined;
  readonly decisions: RequestRecord['decisions'];
}

/** Telemetry that keeps what it is given. */
export interface RecordedTelemetry extends Telemetry {
  readonly published: Published[];
  readonly lines: { readonly message: string; readonly fields: Readonly<Record<string, unknown>> }[];
}

/** A fake of the kit's telemetry. */
export const recordTelemetry = (): RecordedTelemetry => {
  const published: Published[] = [];
  const lines: RecordedTelemetry['lines'] = [];
  const line = (message: string, fields: Readonly<Record<string, unknown>>): void => {
    lines.push({ message, fields });
  };
  return {
    service: 'test',
    published,
    lines,
    publish: (record, requestId) =>
      published.push({
        requestId,
        metrics: Object.fromEntries(record.metrics),
        model: record.model,
        decisions: [...record.decisions],
      }),
    audit(written) {
      const fields = JSON.parse(written);
      line('audit', fields);
      const problems = recordProblems(fields);
      // Whoever writes records hears of nothing: the run does.
      if (problems.length > 0)
        setImmediate(() => {
          throw new Error(`an audit record is not of its schema: ${problems.join('; ')}`);
        });
    },
    info: line,
    warn: line,
  };
};
