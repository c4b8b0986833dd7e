/** Where rows come from: files that were named, or the corpora beside a checkout. */

import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { UsageError } from '../../../cli/usage-error.ts';
import type { Channel } from '../../../core/injection/index.ts';
import { rowFiles } from '../row-files.ts';

/** A file, and the channel of rows that name none. */
export interface RowSource {
  readonly file: string;
  readonly channel: Channel;
}

/** The files to be read. */
export interface RowSources {
  readonly sources: readonly RowSource[];
  /** The model learned from these rows. */
  readonly trainingData: boolean;
}

const CORPORA = fileURLToPath(new URL('../../../../shared/corpora/injection', import.meta.url));

/** Documents, and what was planted in them: nobody's own words. */
const PLANTED = /^bipia_/;

/** What is to be read. @param corpora Folder that stands in where nothing is named. */
export const rowSources = (named: readonly string[], corpora: string = CORPORA): RowSources | UsageError => {
  const trainingData = named.length === 0;
  if (trainingData && !existsSync(corpora))
    return { usage: 'name a file of labelled rows: the shared corpora are not part of the repository' };
  const files = rowFiles(trainingData ? [corpora] : named);
  if ('usage' in files) return files;
  return {
    trainingData,
    sources: files.map((file) => ({
      file,
      channel: trainingData && PLANTED.test(path.basename(file)) ? 'data' : 'user',
    })),
  };
};
