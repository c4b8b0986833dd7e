/** `bulwark audit find`. */

import type { AuditEntry } from '../logs/audit-entry.ts';
import { createAuditReader } from '../logs/audit-reader.ts';
import { readLogFiles } from '../logs/log-files.ts';
import type { Output } from '../output.ts';
import type { Surroundings } from '../surroundings.ts';
import { matcherOf } from './matcher.ts';
import { AUDIT_HELP, parseFindArgs } from './options.ts';
import { recordJson, renderRecords } from './render.ts';

/** Most records that are kept. */
const MAX_FOUND = 10_000;

/** Width where standard output is no terminal. */
const DEFAULT_COLUMNS = 160;

/** Runs the command. @returns The exit code. */
export const findRecords = async (args: readonly string[], output: Output, around: Surroundings): Promise<number> => {
  const wrong = (usage: string): number => {
    output.error(`bulwark audit: ${usage}\nbulwark audit --help says more.\n`);
    return 2;
  };
  const options = parseFindArgs(args);
  if (options === 'help') {
    output.print(AUDIT_HELP);
    return 0;
  }
  if ('usage' in options) return wrong(options.usage);
  const matches = await matcherOf(options, around);
  if (typeof matches !== 'function') return wrong(matches.usage);
  const found: AuditEntry[] = [];
  const seen = new Set<string>();
  let beyond = 0;
  const reader = createAuditReader({ mode: 'all', since: undefined, until: undefined }, (entry) => {
    const { recordId } = entry.details;
    if (!matches(entry) || (recordId !== undefined && seen.has(recordId))) return;
    if (found.length >= MAX_FOUND) beyond += 1;
    else {
      found.push(entry);
      if (recordId !== undefined) seen.add(recordId);
    }
  });
  if (!(await readLogFiles('bulwark audit', options.files, reader, output))) return 2;
  const { counted, other, unreadable } = reader.counts();
  found.sort((one, another) => (one.time ?? 0) - (another.time ?? 0));
  if (options.json) output.print(found.map((entry) => `${recordJson(entry)}\n`).join(''));
  else if (found.length > 0) output.print(`${renderRecords(found, output.columns ?? DEFAULT_COLUMNS)}\n`);
  if (beyond > 0) output.error(`bulwark audit: ${beyond} more records were found, and are not shown\n`);
  if (found.length > 0) return 0;
  output.error(`bulwark audit: no such record among ${counted} (${other} other lines, ${unreadable} unreadable)\n`);
  return 1;
};
