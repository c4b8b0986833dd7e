/** The audit records of logs, one after the other. */

import { type AuditEntry, readAuditEntry } from './audit-entry.ts';
import { createEntryScanner, type Entry, TOO_LONG } from './log-entries.ts';

import { type ByteSource, plainText } from './plain-text.ts';

/** Which records count. */
export interface EntryFilter {
  readonly mode: 'monitor' | 'enforce' | 'all';
  /** Milliseconds since the epoch: from here on, and until before there. */
  readonly since: number | undefined;
  readonly until: number | undefined;
}

/** What was read. */
export interface ReadCounts {
  /** Entries that are audit records, and were counted. */
  readonly counted: number;
  /** Audit records of another time or mode than was asked for. */
  readonly leftOut: number;
  /** Entries that are something else. */
  readonly other: number;
  /** Entries, or ends of files, that could not be read. */
  readonly unreadable: number;
}

/** Reads logs. */
export interface AuditReader {
  /** Reads a log to its end. Nothing in it makes it fail; what `source` throws passes. */
  read(source: ByteSource): Promise<void>;
  counts(): ReadCounts;
}

/** A reader of any number of logs. @param onEntry Gets each record that counts. */
export const createAuditReader = (
  { mode, since, until }: EntryFilter,
  onEntry: (entry: AuditEntry) => void,
): AuditReader => {
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
    onEntry(entry);
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
    counts: () => ({ ...read }),
  };
};
