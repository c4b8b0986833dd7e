/** `bulwark audit reconcile`. */

import { priceOf } from '../../aws/bedrock/price-of.ts';
import { type PriceList, usdMicros } from '../../core/quota/index.ts';
import { createAuditReader } from '../logs/audit-reader.ts';
import { type InvocationEntry, readInvocation } from '../logs/invocation-entry.ts';
import { createEntryScanner, type Entry, TOO_LONG } from '../logs/log-entries.ts';
import { readLogFiles } from '../logs/log-files.ts';
import { type ByteSource, plainText } from '../logs/plain-text.ts';
import type { Output } from '../output.ts';
import { createJoinPass, type JoinPass, MAX_REQUESTS } from './join.ts';
import { parseReconcileArgs, RECONCILE_HELP, type ReconcileOptions } from './reconcile-options.ts';
import { createSummary, type ReadInvocations, type Reconciliation } from './reconciliation.ts';
import { reconciliationJson, renderReconciliation } from './render-reconciliation.ts';

const COMMAND = 'bulwark audit reconcile';

/** Most readings of the files: 256 times 200,000 requests. */
const MAX_PARTS = 256;

/** USD of a call by the list, in the tier that nobody names; a price that is not known counts nothing. */
const pricing =
  (prices: PriceList): ((entry: InvocationEntry) => number) =>
  (entry) => {
    const { modelId, region = 'us-east-1' } = entry;
    const price = modelId === undefined ? undefined : priceOf(prices, { modelId, region, needed: false });
    return price === undefined ? 0 : usdMicros({ ...entry, cacheWrite1hInputTokens: 0 }, price) / 1e6;
  };

/** Reads all files for one part of the requests. @returns `'full'` where it is too large a part, `undefined` for files that cannot be read. */
const readPart = async (
  options: ReconcileOptions,
  pass: JoinPass,
  output: Output,
): Promise<ReadInvocations | 'full' | undefined> => {
  let isFull = false;
  const reader = createAuditReader({ mode: 'all', since: undefined, until: undefined }, (entry) => {
    if (!pass.record(entry)) isFull = true;
  });
  if (!(await readLogFiles(COMMAND, options.audit, reader, output))) return undefined;
  if (isFull) return 'full';
  const read = { invocations: 0, other: 0, unreadable: 0 };
  const take = (text: Entry): void => {
    const entry = text === TOO_LONG ? 'unreadable' : readInvocation(text);
    if (entry === 'other' || entry === 'unreadable') {
      read[entry] += 1;
      return;
    }
    read.invocations += 1;
    pass.invocation(entry);
  };
  const readOne = async (source: ByteSource): Promise<void> => {
    const scanner = createEntryScanner('schemaType');
    const onBroken = (): void => {
      read.unreadable += 1;
    };
    for await (const text of plainText(source, onBroken)) for (const entry of scanner.push(text)) take(entry);
    for (const entry of scanner.end()) take(entry);
  };
  if (!(await readLogFiles(COMMAND, options.invocations, { read: readOne }, output))) return undefined;
  const { counted, other, unreadable } = reader.counts();
  return { records: counted, ...read, other: read.other + other, unreadable: read.unreadable + unreadable };
};

/** Compares, in as many readings as it takes. @param room Requests that one reading keeps. */
export const compare = async (
  options: ReconcileOptions,
  output: Output,
  room: number = MAX_REQUESTS,
): Promise<{ readonly made: Reconciliation; readonly read: ReadInvocations } | undefined> => {
  const usdOf = pricing(options.prices);
  for (let parts = 1; parts <= MAX_PARTS; parts *= 2) {
    const summary = createSummary();
    let read: ReadInvocations | 'full' | undefined;
    for (let part = 0; part < parts; part++) {
      const pass = createJoinPass(part, parts, usdOf, room);
      read = await readPart(options, pass, output);
      if (read === 'full' || read === undefined) break;
      summary.add(pass.requests(), pass.unrecorded);
    }
    if (read === undefined) return undefined;
    if (read !== 'full') return { made: summary.result(), read };
  }
  output.error(`${COMMAND}: there are too many requests to compare; give fewer files\n`);
  return undefined;
};

/** Runs the command. @returns The exit code. */
export const reconcile = async (args: readonly string[], output: Output): Promise<number> => {
  const options = parseReconcileArgs(args);
  if (options === 'help') {
    output.print(RECONCILE_HELP);
    return 0;
  }
  if ('usage' in options) {
    output.error(`${COMMAND}: ${options.usage}\n${COMMAND} --help says more.\n`);
    return 2;
  }
  const compared = await compare(options, output);
  if (compared === undefined) return 2;
  const { made, read } = compared;
  if (read.records === 0 || read.invocations === 0) {
    output.error(
      `${COMMAND}: nothing to compare (${read.records} records, ${read.invocations} calls, ${read.unreadable} unreadable)\n`,
    );
    return 1;
  }
  const { tolerance } = options;
  output.print(
    `${options.json ? reconciliationJson(made, read, tolerance) : renderReconciliation(made, read, tolerance, output.columns ?? 160)}\n`,
  );
  if (read.unreadable === 0) return made.difference > tolerance ? 1 : 0;
  output.error(`${COMMAND}: ${read.unreadable} entries could not be read, and were not compared\n`);
  return 1;
};
