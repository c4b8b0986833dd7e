/** Files of rows: JSON lines, plain or gzip, named one by one or by their folder. */

import { type Dirent, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { codeOf } from '../../cli/logs/log-files.ts';
import { harmlessLine } from '../../cli/output.ts';
import type { UsageError } from '../../cli/usage-error.ts';

const ROWS = /\.(?:jsonl|ndjson)(?:\.gz)?$/; // train.jsonl.gz

const within = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry: Dirent) => entry.isFile() && ROWS.test(entry.name))
    .map(({ name }) => path.join(folder, name))
    .sort();

/** The files that were named, and those of the folders that were, in order of their names. */
export const rowFiles = (named: readonly string[]): readonly string[] | UsageError => {
  const files: string[] = [];
  for (const name of named)
    try {
      const found = statSync(name).isDirectory() ? within(name) : [name];
      if (found.length === 0) return { usage: `${harmlessLine(name)} holds no .jsonl or .jsonl.gz` };
      files.push(...found);
    } catch (error) {
      return { usage: `${harmlessLine(name)} cannot be read: ${codeOf(error)}` };
    }
  return files;
};
