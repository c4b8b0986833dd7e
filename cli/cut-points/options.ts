/** The command line of `bulwark cut-points`. */

import { CUT_POINTS } from '../../core/injection/settings.ts';
import type { Channel, CutPoints } from '../../core/injection/types.ts';
import { readCommandLine } from '../command-line.ts';
import { type ReportOptions, timeOf } from '../report/options.ts';
import type { UsageError } from '../usage-error.ts';
import type { CutPointName } from './cut-point.ts';

/** What is asked for. */
export interface CutPointOptions extends Pick<ReportOptions, 'files' | 'json' | 'mode' | 'since' | 'until'> {
  /** Share of requests, over 0, below 1. */
  readonly budget: number;
  readonly at: CutPointName;
  readonly channels: readonly Channel[];
  /** The cut points under which the log was written. */
  readonly current: Readonly<Record<Channel, CutPoints>>;
  /** File of ids of requests that were attacks. */
  readonly attacks: string | undefined;
}

export const CUT_POINTS_HELP = `bulwark cut-points [file…] --false-positives <share>% [options]

Reads the logs of a guarded function, best of one in monitor mode, and says which cut
points of the injection screen keep the share of requests that are blocked (or flagged)
within a budget. Every request counts as harmless unless --attacks names it.

Files are those of \`bulwark report\`; without one, or with -, standard input is read.

  --false-positives <share>%  the budget, e.g. 0.5%
  --at <which>                block or flag: the cut point to find (default: block)
  --channel <channel>         user or data (default: both)
  --current <flag>,<block>    the cut points under which the log was written, where they
                              are not the built-in ones
  --attacks <file>            ids of requests that were attacks, one a line: left out
  --since <time>              from this time on, ISO 8601 (UTC, where it says nothing else)
  --until <time>              until before this time
  --mode <mode>               monitor, enforce or all (default: all)
  --json                      for programs
  --help                      this text

A record has the score of a request that was flagged or blocked. Of one that passed it
may not: below the flag line, such a log can recommend nothing.

  aws logs tail /aws/lambda/chat --since 14d --format short |
    npx bulwark cut-points --false-positives 0.5% --channel user

Exit code: 0; 1 when there was nothing to count, or no cut point keeps the budget; 2 for
a wrong command line.
`;

const SHARE = /^(\d{1,2}(?:\.\d{1,6})?)%$/; // 0.5%
const PAIR = /^(0?\.\d{1,6}|1|1\.0{1,6}|0\.\d{1,6}),(0?\.\d{1,6}|1|1\.0{1,6})$/; // 0.57,0.86

const budgetOf = (text: string | undefined): number | undefined => {
  const share = Number(SHARE.exec(text ?? '')?.[1] ?? 0) / 100;
  return share > 0 ? share : undefined;
};

const cutPointsOf = (text: string): CutPoints | undefined => {
  const [, flag = '', block = ''] = PAIR.exec(text) ?? [];
  const points = { flag: Number(flag), block: Number(block) };
  return points.flag > 0 && points.flag <= points.block ? points : undefined;
};

/** One of several words; the first where nothing is said. */
const wordOf = <Word extends string>(
  name: string,
  value: string | undefined,
  words: readonly [Word, ...Word[]],
): Word | UsageError =>
  words.find((word) => word === (value ?? words[0])) ?? { usage: `--${name} must be one of ${words.join(', ')}` };

const CHANNELS = ['user', 'data'] as const;

const OPTIONS = {
  'false-positives': 'value',
  at: 'value',
  channel: 'value',
  current: 'value',
  attacks: 'value',
  since: 'value',
  until: 'value',
  mode: 'value',
  json: 'flag',
} as const;

/** Reads a command line. */
export const parseCutPointArgs = (args: readonly string[]): CutPointOptions | UsageError | 'help' => {
  const line = readCommandLine(args, OPTIONS);
  if (line === 'help' || 'usage' in line) return line;
  const { values, flags, words } = line;
  const budget = budgetOf(values['false-positives']);
  if (budget === undefined) return { usage: '--false-positives must be a share over 0%, such as 0.5%' };
  const at = wordOf('at', values.at, ['block', 'flag']);
  const mode = wordOf('mode', values.mode, ['all', 'monitor', 'enforce']);
  const channel = wordOf('channel', values.channel, ['both', 'user', 'data']);
  for (const word of [at, mode, channel]) if (typeof word !== 'string') return word;
  const given = values.current === undefined ? undefined : cutPointsOf(values.current);
  if (values.current !== undefined && given === undefined)
    return { usage: '--current must be two cut points such as 0.57,0.86' };
  const times: Record<'since' | 'until', number | undefined> = { since: undefined, until: undefined };
  for (const name of ['since', 'until'] as const) {
    const text = values[name];
    times[name] = text === undefined ? undefined : timeOf(text);
    if (text !== undefined && times[name] === undefined)
      return { usage: `--${name} must be a time such as 2026-11-24 or 2026-11-24T09:30Z` };
  }
  return {
    files: words.length === 0 ? ['-'] : words,
    budget,
    at: at as CutPointName,
    mode: mode as ReportOptions['mode'],
    channels: CHANNELS.filter((name) => channel === 'both' || channel === name),
    current: { user: given ?? CUT_POINTS.user, data: given ?? CUT_POINTS.data },
    attacks: values.attacks,
    json: flags.json,
    ...times,
  };
};
