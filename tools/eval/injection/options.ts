/** The command line of `npm run eval -- injection`. */

import { readCommandLine } from '../../../cli/command-line.ts';
import type { UsageError } from '../../../cli/usage-error.ts';
import type { Channel } from '../../../core/injection/index.ts';

/** What is asked for. */
export interface InjectionEvaluationOptions {
  /** Files and folders; none for the shared corpora. */
  readonly named: readonly string[];
  readonly channel: Channel | undefined;
  readonly json: string | undefined;
  /** Most rows of each file. */
  readonly limit: number;
  readonly disguises: boolean;
  readonly showMisses: number;
}

export const INJECTION_HELP = `npm run eval -- injection [file or folder…] [options]

Measures the injection screen, with its defaults, on labelled rows: recall and false
positives at both cut points, AUC, by disguise and language, and latency. A file has
one JSON object a line (.jsonl or .jsonl.gz):

  {"text": "…", "label": "attack"}

  label     attack, injection, jailbreak, 1 or true; benign, safe, 0 or false
  channel   user or data (default: user)
  source, language, disguise
            words by which rows are counted apart

Without a file: the corpora of ../shared/corpora/injection, where they are there. The
model learned from them.

  --channel <channel>  the channel of all rows, whatever they say
  --disguises          puts every short row into each disguise, and counts those too
  --limit <rows>       at most so many rows of each file
  --json <file>        writes the numbers there as well
  --show-misses <n>    prints the n worst rows of each kind: the only option that
                       prints text of rows
  --help               this text

Exit code: 0; 1 when no row could be used; 2 for a wrong command line or file.
docs/evaluation.md says what the numbers mean.
`;

const WHOLE = /^[1-9]\d{0,8}$/; // 500

const OPTIONS = { channel: 'value', json: 'value', limit: 'value', disguises: 'flag', 'show-misses': 'value' } as const;

/** Reads a command line. */
export const parseInjectionArgs = (args: readonly string[]): InjectionEvaluationOptions | UsageError | 'help' => {
  const line = readCommandLine(args, OPTIONS);
  if (line === 'help' || 'usage' in line) return line;
  const { values, flags, words } = line;
  const { channel, limit, json } = values;
  if (channel !== undefined && channel !== 'user' && channel !== 'data')
    return { usage: '--channel must be user or data' };
  const misses = values['show-misses'];
  for (const [name, value] of Object.entries({ limit, 'show-misses': misses }))
    if (value !== undefined && !WHOLE.test(value)) return { usage: `--${name} must be a whole number over 0` };
  return {
    named: words,
    channel,
    json,
    limit: limit === undefined ? Number.POSITIVE_INFINITY : Number(limit),
    disguises: flags.disguises,
    showMisses: misses === undefined ? 0 : Number(misses),
  };
};
