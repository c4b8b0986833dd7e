/** The project's own examples: one a line, under `training/data`. */

import { globSync, readFileSync } from 'node:fs';

const DATA = new URL('../data/', import.meta.url);

/** A file of `training/data`. */
export interface DataFile {
  /** Path below `training/data`, without its ending: `attack/en/override`. */
  readonly name: string;
  /** Its examples; `\n` in a line is a line break. */
  readonly lines: readonly string[];
}

/** The files of a folder of `training/data`, in order of their names. */
export const dataFiles = (folder: string): readonly DataFile[] =>
  globSync(`${folder}/**/*.txt`, { cwd: DATA })
    .sort()
    .map((file) => ({
      name: file.replaceAll('\\', '/').replace(/\.txt$/, ''),
      lines: readFileSync(new URL(file, DATA), 'utf8')
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line) => line.replaceAll('\\n', '\n')),
    }));
