/** Labelled rows of the shared corpora: the same each time, and a few of each rule. */

import { createReadStream } from 'node:fs';
import { plainText } from '../../../cli/logs/plain-text.ts';
import { numberedLines } from '../../../tools/eval/numbered-lines.ts';
import { type LabelledRow, readRow, type VectorRow } from '../../../tools/eval/redaction/row.ts';
import { redactionFiles } from '../../../tools/eval/redaction/row-sources.ts';
import { seeded, shuffled } from '../../../training/random.ts';

/** Rows for quality. */
export interface Sample {
  readonly labelled: readonly LabelledRow[];
  /** Secrets, and texts that look like them and are none. */
  readonly secrets: readonly VectorRow[];
}

const SEED = 20_261_130;

/** A few of each rule, and texts without a secret as many as there are. */
const fewOfEach = (rows: readonly VectorRow[], most: number): readonly VectorRow[] => {
  const counts = new Map<string, number>();
  return rows.filter(({ rule = '', spans }) => {
    if (spans.length === 0) return true;
    const count = (counts.get(rule) ?? 0) + 1;
    counts.set(rule, count);
    return count <= most;
  });
};

/**
 * A sample of the shared corpora.
 *
 * @param texts Labelled texts. @param ofRule Secrets of each rule.
 * @returns `undefined` where there are none.
 */
export const sampleCorpora = async (texts: number, ofRule: number, corpora?: string): Promise<Sample | undefined> => {
  const files = redactionFiles([], corpora);
  if ('usage' in files || files.length === 0) return undefined;
  const labelled: LabelledRow[] = [];
  const secrets: VectorRow[] = [];
  for (const file of files)
    for await (const { text } of numberedLines(plainText(createReadStream(file), () => {}))) {
      const row = readRow(text);
      if (typeof row === 'string') continue;
      if (row.kind === 'labelled') labelled.push(row);
      else if (row.kind === 'vector' && row.entity === 'SECRET') secrets.push(row);
    }
  const random = seeded(SEED);
  return {
    labelled: shuffled(random, labelled).slice(0, texts),
    secrets: fewOfEach(shuffled(random, secrets), ofRule),
  };
};
