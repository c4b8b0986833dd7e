/** Logs into a report. */

import { readAuditEntry } from './audit-entry.ts';
import { createEntryScanner, type Entry, TOO_LONG } from './log-entries.ts';
import type { ReportOptions } from './options.ts';
import { type ByteSource, plainText } from './plain-text.ts';
import type { ReadCounts } from './render.ts';
import { createTally, type Report } from './tally.ts';

/** Which records count. */
export type EntryFilter = Pick<ReportOptions, 'mode' | 'since' | 'until'>;

/** A report that is being made. */
export interface ReportMaker {
  /** Reads a log to its end. Nothing in it makes it fail; what `source` throws passes. */
  read(source: ByteSource): Promise<void>;
  result(): { readonly report: Report; readonly read: ReadCounts };
}

/** A maker of one report over any number of logs. */
export const createReportMaker = ({ mode, since, until }: EntryFilter): ReportMaker => {
  const tally = createTally();
  const read = { counted: 0, leftOut: 0, other: 0, unreadable: 0 };

  const isInTime = (time: number | undefined): boolean => {
    if (since === undefined && until === undefined) return true;
    return time !== undefined && time >= (since ?? time) && time < (until ?? Number.POSITIVE_INFINITY);
  };

  const take = (text: Entry): void => {
    const entry = text === TOO_LONG ? 'unreadable' : readAuditEntry(text);
    if (entry === 'other' || entry === 'unreadable') {
      read[entry] += 1;
      return;
    }
    if ((mode !== 'all' && entry.mode !== mode) || !isInTime(entry.time)) {
      read.leftOut += 1;
      return;
    }
    read.counted += 1;
    tally.add(entry);
  };

  return {
    async read(source) {
      const scanner = createEntryScanner();
      const onBroken = (): void => {
        read.unreadable += 1;
      };
      for await (const text of plainText(source, onBroken)) for (const entry of scanner.push(text)) take(entry);
      for (const entry of scanner.end()) take(entry);
    },
    result: () => ({ report: tally.report(), read: { ...read } }),
  };
};
