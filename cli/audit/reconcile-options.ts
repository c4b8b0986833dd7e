/** The command line of `bulwark audit reconcile`. */

import { readFileSync } from 'node:fs';
import { checkOptions } from '../../core/options.ts';
import { type PriceList, priceList } from '../../core/quota/index.ts';
import { readCommandLine } from '../command-line.ts';
import type { UsageError } from '../usage-error.ts';

export const RECONCILE_HELP = `bulwark audit reconcile --audit <files…> --invocations <files…> [options]

Compares what was charged, by audit records, with what Bedrock says was used, by its own
model-invocation logs (schema ModelInvocationLog, from S3 or CloudWatch Logs, also as
gzip). A call belongs to a record by the request metadata bulwark_request_id, which the
kit sets, or by Bedrock's own id of it. Reports drift, calls that no record knows (by
who called), and records whose calls are not in the invocation logs.

  --audit <files…>        exported audit records, until the next option
  --invocations <files…>  exported model-invocation logs
  --tolerance <share>     difference that is no failure: a share of the tokens billed,
                          such as 0.01 or 1% (default: 0)
  --prices <file>         prices by model id as JSON, over the kit's own list
  --json                  for programs
  --help                  this text

Both should cover the same time, in whole hours or more: a call whose record is in another
file is one that no record knows. Memory is bounded: beyond 200,000 requests the files are
read several times, a part of the requests each time.

Exit code: 0; 1 when the difference is above the tolerance, there was nothing to compare,
or entries could not be read; 2 for a wrong command line.
`;

/** What is asked for. */
export interface ReconcileOptions {
  readonly audit: readonly string[];
  readonly invocations: readonly string[];
  /** Share of the tokens billed. */
  readonly tolerance: number;
  readonly prices: PriceList;
  readonly json: boolean;
}

const SHARE = /^(\d{1,3}(?:\.\d{1,6})?)(%?)$/; // 0.01, 1%

const shareOf = (text: string): number | undefined => {
  const [, digits, percent] = SHARE.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const share = Number(digits) / (percent === '%' ? 100 : 1);
  return share <= 1 ? share : undefined;
};

/** A list of files goes on until the next option: each gets the name of its own. */
const spread = (
  args: readonly string[],
): { readonly rest: string[]; readonly lists: Record<'audit' | 'invocations', string[]> } => {
  const lists = { audit: [] as string[], invocations: [] as string[] };
  const rest: string[] = [];
  let open: string[] | undefined;
  for (const arg of args) {
    if (arg === '--audit') open = lists.audit;
    else if (arg === '--invocations') open = lists.invocations;
    else if (open === undefined || arg.startsWith('-')) {
      open = undefined;
      rest.push(arg);
    } else open.push(arg);
  }
  return { rest, lists };
};

const pricesIn = (file: string | undefined): PriceList | UsageError => {
  if (file === undefined) return {};
  try {
    const prices: unknown = JSON.parse(readFileSync(file, 'utf8'));
    checkOptions('--prices', { prices }, { prices: priceList });
    return prices as PriceList;
  } catch (error) {
    return { usage: error instanceof TypeError ? error.message : '--prices must name a file of JSON' };
  }
};

/** Reads a command line. */
export const parseReconcileArgs = (args: readonly string[]): ReconcileOptions | UsageError | 'help' => {
  const { rest, lists } = spread(args);
  const line = readCommandLine(rest, { tolerance: 'value', prices: 'value', json: 'flag' });
  if (line === 'help' || 'usage' in line) return line;
  const { values, flags, words } = line;
  if (words.length > 0 || lists.audit.length === 0 || lists.invocations.length === 0)
    return { usage: 'it takes --audit <files…> and --invocations <files…>' };
  const tolerance = shareOf(values.tolerance ?? '0');
  if (tolerance === undefined) return { usage: '--tolerance must be a share such as 0.01 or 1%' };
  const prices = pricesIn(values.prices);
  if ('usage' in prices && typeof prices.usage === 'string') return prices as UsageError;
  return { ...lists, tolerance, prices: prices as PriceList, json: flags.json };
};
