/** A report for programs. */

import type { ReadCounts } from '../logs/audit-reader.ts';
import type { CallerCount } from './callers.ts';
import type { ReportRow } from './rows.ts';
import type { ModeReport, Report } from './tally.ts';

/** Version of the fields. */
const REPORT_VERSION = 1;

const named = (names: readonly string[], key: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name, index) => [name, key[index] ?? '']).filter(([, value]) => value !== ''));

const counts = ({ callers, atLeast }: CallerCount) => ({ callers, ...(atLeast && { atLeast }) });

const rowOf = (names: readonly string[], row: ReportRow): object => ({
  ...named(names, row.key),
  requests: row.requests,
  ...counts(row),
  ...(row.score && { score: row.score }),
  ...(row.rules.length > 0 && { rules: row.rules.map((rule) => rowOf(['rule'], rule)) }),
  ...(row.examples.length > 0 && { examples: row.examples }),
});

const modeOf = (report: ModeReport): object => ({
  requests: report.requests,
  refused: report.refused,
  redacted: report.redacted,
  ...counts(report.all),
  affected: counts(report.affected),
  refusals: report.refusals.map((row) => rowOf(['code', 'control', 'reason'], row)),
  flagged: report.flagged.map((row) => rowOf(['control', 'reason'], row)),
  redactions: report.redactions.map((row) => ({ ...rowOf(['entity', 'rule'], row), values: row.values })),
  budgets: report.budgets.map((row) => rowOf(['budget', 'code'], row)),
  mostAffected: report.callers,
});

const isoOf = (time: number | undefined): string | undefined =>
  time === undefined ? undefined : new Date(time).toISOString();

/** The report as JSON, without a last newline. */
export const renderJson = (report: Report, read: ReadCounts): string =>
  JSON.stringify(
    {
      report: REPORT_VERSION,
      from: isoOf(report.from),
      to: isoOf(report.to),
      read,
      services: report.services.map(({ key, requests }) => ({ service: key[0], requests })),
      monitor: modeOf(report.monitor),
      enforce: modeOf(report.enforce),
    },
    undefined,
    2,
  );
