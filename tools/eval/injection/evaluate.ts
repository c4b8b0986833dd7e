/** Rows through the screen, counted. */

import { createReadStream } from 'node:fs';
import path from 'node:path';
import { plainText } from '../../../cli/logs/plain-text.ts';
import type { Channel, InjectionScreen } from '../../../core/injection/index.ts';
import type { EvaluationSurroundings } from '../evaluation.ts';
import { countText } from '../formats.ts';
import { createLatencyCounts, type LatencyRow } from '../latency.ts';
import { numberedLines } from '../numbered-lines.ts';
import { createDisguisedOutcomes, type DisguiseSummary } from './disguised.ts';
import { languageOf } from './language.ts';
import { createMisses, type Misses } from './misses.ts';
import type { InjectionEvaluationOptions } from './options.ts';
import { createGroupedOutcomes, createOutcomes, type OutcomeSummary } from './outcomes.ts';
import { type Broken, type Row, readRow } from './row.ts';
import type { RowSource } from './row-sources.ts';

/** Outcomes of rows that name the same word. */
export type NamedOutcomes = readonly (readonly [word: string, summary: OutcomeSummary])[];

/** Lines that are no rows. */
export interface BrokenLines {
  readonly count: number;
  /** The first of them. */
  readonly lines: readonly { readonly line: number; readonly why: Broken }[];
  /** The compressed bytes come to an end too early. */
  readonly truncated: boolean;
}

/** What was found in one file. */
export interface FileResult {
  /** The last part of its path. */
  readonly file: string;
  readonly rows: number;
  readonly broken: BrokenLines;
  readonly outcomes: OutcomeSummary;
  /** By the rows' own `source`, where there are several. */
  readonly sources: NamedOutcomes;
}

/** What was found in all files. */
export interface InjectionResult {
  readonly files: readonly FileResult[];
  readonly total: OutcomeSummary;
  /** By the rows' own `disguise`. */
  readonly named: NamedOutcomes;
  /** Each row in each disguise, where that was asked for. */
  readonly disguised: readonly DisguiseSummary[];
  readonly languages: NamedOutcomes;
  readonly latency: readonly LatencyRow[];
  readonly misses: Misses;
}

/** Broken lines that are named. */
const MOST_NAMED = 20;

/** Rows between two lines of progress. */
const STEP = 500;

type Options = Pick<InjectionEvaluationOptions, 'channel' | 'limit' | 'disguises' | 'showMisses'>;

/**
 * Screens the rows of files, one after the other: of a file no more than a line is in memory.
 *
 * @throws What reading a file throws.
 */
export const evaluateRows = async (
  sources: readonly RowSource[],
  { channel, limit, disguises, showMisses }: Options,
  screen: InjectionScreen['screen'],
  { clock, progress }: EvaluationSurroundings,
): Promise<InjectionResult> => {
  const total = createOutcomes(true);
  const named = createGroupedOutcomes();
  const languages = createGroupedOutcomes();
  const latency = createLatencyCounts();
  const misses = createMisses(showMisses);
  const disguised = disguises ? createDisguisedOutcomes() : undefined;
  let seen = 0;

  const readFile = async ({ file, channel: usual }: RowSource): Promise<FileResult> => {
    const name = path.basename(file);
    const outcomes = createOutcomes(true);
    const bySource = createGroupedOutcomes();
    const lines: { line: number; why: Broken }[] = [];
    let broken = 0;
    let truncated = false;
    let rows = 0;

    const take = (row: Row, on: Channel, line: number): void => {
      const before = clock();
      const result = screen(row.text, { channel: on });
      latency.add(Buffer.byteLength(row.text), clock() - before);
      for (const each of [outcomes, total, languages.of(languageOf(row))]) each.add(row.isAttack, result);
      if (row.source !== undefined) bySource.of(row.source).add(row.isAttack, result);
      if (row.disguise !== undefined) named.of(row.disguise).add(row.isAttack, result);
      if (showMisses > 0) misses.add(row.isAttack, { score: result.score, file: name, line, text: row.text });
      disguised?.add({ ...row, channel: on }, seen, screen);
      rows += 1;
      seen += 1;
      if (seen % STEP === 0) progress?.(`${countText(seen)} rows`);
    };

    const source = createReadStream(file);
    try {
      const text = plainText(source, () => {
        truncated = true;
      });
      for await (const { number, text: line } of numberedLines(text)) {
        const row = readRow(line);
        if (typeof row === 'string') {
          broken += 1;
          if (lines.length < MOST_NAMED) lines.push({ line: number, why: row });
        } else take(row, channel ?? row.channel ?? usual, number);
        if (rows >= limit) break;
      }
    } finally {
      source.destroy();
    }
    const groups = bySource.entries();
    return {
      file: name,
      rows,
      broken: { count: broken, lines, truncated },
      outcomes: outcomes.summary(),
      sources: groups.length > 1 ? groups : [],
    };
  };

  const files: FileResult[] = [];
  try {
    for (const source of sources) files.push(await readFile(source));
  } finally {
    progress?.('');
  }
  return {
    files,
    total: total.summary(),
    named: named.entries(),
    disguised: disguised?.entries() ?? [],
    languages: languages.entries(),
    latency: latency.rows(),
    misses,
  };
};
