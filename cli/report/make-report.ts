/** Logs into a report. */

import { type AuditReader, createAuditReader, type EntryFilter, type ReadCounts } from '../logs/audit-reader.ts';
import { createTally, type Report } from './tally.ts';

export type { EntryFilter } from '../logs/audit-reader.ts';

/** A report that is being made. */
export interface ReportMaker extends Pick<AuditReader, 'read'> {
  result(): { readonly report: Report; readonly read: ReadCounts };
}

/** A maker of one report over any number of logs. */
export const createReportMaker = (filter: EntryFilter): ReportMaker => {
  const tally = createTally();
  const { read, counts } = createAuditReader(filter, (entry) => tally.add(entry));
  return { read, result: () => ({ report: tally.report(), read: counts() }) };
};
