/** Where rows come from: files that were named, or the corpora beside a checkout. */

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { UsageError } from '../../../cli/usage-error.ts';
import { rowFiles } from '../row-files.ts';

/** The vectors that detectors were developed against, where they are there. */
export const REDACTION_CORPORA = fileURLToPath(new URL('../../../../shared/corpora/redaction', import.meta.url));

/** The files to be read; none where nothing is named and there are no corpora. */
export const redactionFiles = (
  named: readonly string[],
  corpora: string = REDACTION_CORPORA,
): readonly string[] | UsageError => {
  if (named.length > 0) return rowFiles(named);
  return existsSync(corpora) ? rowFiles([corpora]) : [];
};
