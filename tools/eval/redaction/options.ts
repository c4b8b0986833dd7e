/** The command line of `npm run eval -- redaction`. */

import { parseArgs } from 'node:util';
import { harmlessLine } from '../../../cli/output.ts';
import type { UsageError } from '../../../cli/usage-error.ts';

/** What can be measured. */
export const PARTS = ['rows', 'benign', 'speed'] as const;

export type Part = (typeof PARTS)[number];

/** What is asked for. */
export interface RedactionEvaluationOptions {
  /** Files and folders; none for the shared corpora. */
  readonly named: readonly string[];
  /** `default`, `all` or names parted by commas. */
  readonly entities: string | undefined;
  readonly minScore: number | undefined;
  readonly only: readonly Part[];
  readonly splits: boolean;
  readonly show: boolean;
  /** Most rows of each file. */
  readonly limit: number;
  readonly json: string | undefined;
  /** A folder for the harmless texts. */
  readonly writeBenign: string | undefined;
}

export const REDACTION_HELP = `npm run eval -- redaction [file or folder…] [options]

Measures redaction: recall and precision on labelled rows, false positives on harmless
code, logs and prose, and speed. A file has one JSON object a line (.jsonl or .jsonl.gz)
of any of these shapes; offsets count Unicode code points:

  {"entity": "US_SSN", "text": "…", "spans": [[8, 19]]}       none: it is not to be found
  {"rule": "github-pat", "text": "…", "spans": [[8, 48]]}     a secret
  {"text": "…", "spans": [{"start": 8, "end": 19, "entity": "US_SSN"}]}
                                                              all that is in it
  {"entity": "PL_PESEL", "number": "…", "expected": true}     a number that stands alone
  {"rule": "npm", "text": "…", "flag": true, "spans": null}   whether there is a secret

Without a file: the corpora of ../shared/corpora/redaction, where they are there.

  --entities <set>     default, all, or NAMES,BY,COMMAS instead of the published sets
  --min-score <0..1>   least score that counts, instead of each set's own
  --only <parts>       of ${PARTS.join(', ')}, parted by commas
  --splits             redacts each row as a stream too, at every split and at random
                       ones, and compares with an independent oracle
  --show               prints where it is wrong: file and line, and no text
  --write-benign <dir> writes the harmless texts there, to look at what --show names
  --limit <rows>       at most so many rows of each file
  --json <file>        writes the numbers there as well
  --help               this text

Exit code: 0; 1 when no row could be used or a stream differs from the oracle; 2 for a
wrong command line or file. docs/evaluation.md says what the numbers mean.
`;

const WHOLE = /^[1-9]\d{0,8}$/; // 500
const SCORE = /^(?:0?\.\d{1,4}|0|1|1\.0{1,4})$/; // 0.4

const parse = (args: readonly string[]) =>
  parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      entities: { type: 'string' },
      'min-score': { type: 'string' },
      only: { type: 'string' },
      splits: { type: 'boolean', default: false },
      show: { type: 'boolean', default: false },
      limit: { type: 'string' },
      json: { type: 'string' },
      'write-benign': { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });

const isPart = (name: string): name is Part => PARTS.some((part) => part === name);

/** Reads a command line. */
export const parseRedactionArgs = (args: readonly string[]): RedactionEvaluationOptions | UsageError | 'help' => {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(args);
  } catch (error) {
    return { usage: harmlessLine((error as Error).message) };
  }
  const { values, positionals } = parsed;
  if (values.help === true) return 'help';
  const { entities, limit, json, splits, show } = values;
  const minScore = values['min-score'];
  if (minScore !== undefined && !SCORE.test(minScore)) return { usage: '--min-score must be a number from 0 to 1' };
  if (limit !== undefined && !WHOLE.test(limit)) return { usage: '--limit must be a whole number over 0' };
  const only = values.only?.split(',') ?? PARTS;
  if (!only.every(isPart)) return { usage: `--only takes ${PARTS.join(', ')}` };
  if (splits && !only.includes('rows')) return { usage: '--splits needs rows' };
  return {
    named: positionals,
    entities,
    minScore: minScore === undefined ? undefined : Number(minScore),
    only,
    splits,
    show,
    limit: limit === undefined ? Number.POSITIVE_INFINITY : Number(limit),
    json,
    writeBenign: values['write-benign'],
  };
};
