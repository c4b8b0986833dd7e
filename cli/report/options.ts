/** The command line of `bulwark report`. */

import { readCommandLine } from '../command-line.ts';
import type { UsageError } from '../usage-error.ts';

/** What is asked for. */
export interface ReportOptions {
  readonly files: readonly string[];
  readonly json: boolean;
  readonly mode: 'monitor' | 'enforce' | 'all';
  /** Milliseconds since the epoch: from here on, and until before there. */
  readonly since: number | undefined;
  readonly until: number | undefined;
}

export const REPORT_HELP = `bulwark report [file…] [options]

Reads the logs of a guarded function and says what was refused and redacted, or
would have been in monitor mode: by control and rule, with scores. Only records
of the kit's audit log are looked at; nothing of a prompt or reply is in them.

Without a file, or with -, standard input is read. A file may be gzip. It may hold
log lines as they were printed, with or without a time and stream before them, the
JSON of \`aws logs filter-log-events\` or \`aws logs get-query-results\`, or a CSV
export of Logs Insights with @message.

  --since <time>   from this time on, ISO 8601 (UTC, where it says nothing else)
  --until <time>   until before this time
  --mode <mode>    monitor, enforce or all (default: all)
  --json           for programs
  --help           this text

  aws logs tail /aws/lambda/chat --since 7d --format short | npx bulwark report
  npx bulwark report --since 2026-11-24 logs/*.gz

Exit code: 0; 1 when there was no audit record; 2 for a wrong command line.
`;

const ISO_TIME = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/; // 2026-11-24T09:30

/** A time on a command line. Without a zone it is UTC, like every time in a log. */
export const timeOf = (text: string): number | undefined => {
  const match = ISO_TIME.exec(text);
  if (match === null) return undefined;
  const time = Date.parse(text.includes('T') && match[1] === undefined ? `${text}Z` : text);
  return Number.isFinite(time) ? time : undefined;
};

const MODES = ['monitor', 'enforce', 'all'] as const;

const OPTIONS = { json: 'flag', since: 'value', until: 'value', mode: 'value' } as const;

/** Reads a command line. */
export const parseReportArgs = (args: readonly string[]): ReportOptions | UsageError | 'help' => {
  const line = readCommandLine(args, OPTIONS);
  if (line === 'help' || 'usage' in line) return line;
  const { values, flags, words } = line;
  const mode = MODES.find((name) => name === (values.mode ?? 'all'));
  if (mode === undefined) return { usage: `--mode must be one of ${MODES.join(', ')}` };
  const times: Record<'since' | 'until', number | undefined> = { since: undefined, until: undefined };
  for (const name of ['since', 'until'] as const) {
    const given = values[name];
    if (given === undefined) continue;
    times[name] = timeOf(given);
    if (times[name] === undefined) return { usage: `--${name} must be a time such as 2026-11-24 or 2026-11-24T09:30Z` };
  }
  const files = words.length === 0 ? ['-'] : words;
  return { files, json: flags.json, mode, ...times };
};
