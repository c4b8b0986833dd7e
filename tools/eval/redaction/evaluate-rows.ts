/** Rows through the redactors, counted. */

import { createReadStream } from 'node:fs';
import path from 'node:path';
import { plainText } from '../../../cli/logs/plain-text.ts';
import type { EvaluationSurroundings } from '../evaluation.ts';
import { countText } from '../formats.ts';
import { numberedLines } from '../numbered-lines.ts';
import type { EntitySets } from './entity-sets.ts';
import { type Broken, type Row, readRow } from './row.ts';
import { createRowCounts, type Mistake, type RowSummary } from './row-counts.ts';
import type { SplitCheck, SplitSummary } from './splits.ts';

/** What was read of one file. */
export interface FileResult {
  /** The last part of its path. */
  readonly file: string;
  readonly rows: number;
  readonly broken: number;
  /** The first of the lines that are no rows. */
  readonly lines: readonly { readonly line: number; readonly why: Broken }[];
  /** The compressed bytes come to an end too early. */
  readonly truncated: boolean;
}

/** A row that a set is wrong about: where it stands, and nothing of what is in it. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly name: string;
  readonly mistake: Mistake | 'split';
}

/** What was found in all files. */
export interface RowsResult {
  readonly files: readonly FileResult[];
  readonly sets: readonly { readonly name: string; readonly summary: RowSummary }[];
  /** Rows that the sets of the tables are wrong about. */
  readonly places: readonly Place[];
  /** Where that was asked for. */
  readonly splits: SplitSummary | undefined;
}

/** What is asked for. */
export interface RowsOptions {
  /** Most rows of each file. */
  readonly limit: number;
  /** Whether places are kept. */
  readonly show: boolean;
}

/** Broken lines that are named, and rows between two lines of progress. */
const MOST_NAMED = 20;
const STEP = 500;

/**
 * Reads files, one after the other: of a file no more than a line is in memory.
 *
 * @throws What reading a file throws.
 */
export const evaluateRows = async (
  files: readonly string[],
  { limit, show }: RowsOptions,
  { sets, vectors, usual }: EntitySets,
  splits: SplitCheck | undefined,
  { progress }: EvaluationSurroundings,
): Promise<RowsResult> => {
  const counted = sets.map((set) => ({ set, counts: createRowCounts() }));
  const places: Place[] = [];
  let seen = 0;

  const take = (row: Row, file: string, line: number): void => {
    const isSecret = row.kind === 'flag' || (row.kind === 'vector' && row.entity === 'SECRET');
    for (const { set, counts } of counted) {
      const mistakes = counts.add(row, set.redactor.detect(row.text));
      if (show && set === (isSecret ? usual : vectors))
        for (const [name, mistake] of mistakes) places.push({ file, line, name, mistake });
    }
    const spans = row.kind === 'vector' || row.kind === 'labelled' ? row.spans : undefined;
    if (splits?.check(row.text, spans) === false && show) places.push({ file, line, name: '', mistake: 'split' });
    seen += 1;
    if (seen % STEP === 0) progress?.(`${countText(seen)} rows`);
  };

  const readFile = async (name: string): Promise<FileResult> => {
    const file = path.basename(name);
    const lines: { line: number; why: Broken }[] = [];
    const result = { rows: 0, broken: 0, truncated: false };
    const source = createReadStream(name);
    try {
      const text = plainText(source, () => {
        result.truncated = true;
      });
      for await (const { number, text: line } of numberedLines(text)) {
        const row = readRow(line);
        if (typeof row === 'string') {
          result.broken += 1;
          if (lines.length < MOST_NAMED) lines.push({ line: number, why: row });
        } else {
          take(row, file, number);
          result.rows += 1;
        }
        if (result.rows >= limit) break;
      }
    } finally {
      source.destroy();
    }
    return { file, ...result, lines };
  };

  const results: FileResult[] = [];
  try {
    for (const file of files) results.push(await readFile(file));
  } finally {
    progress?.('');
  }
  return {
    files: results,
    sets: counted.map(({ set, counts }) => ({ name: set.name, summary: counts.summary() })),
    places,
    splits: splits?.summary(),
  };
};
