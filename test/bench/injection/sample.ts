/** Labelled rows of the shared corpora: the same each time, and as many of a small source as of a large one. */

import { createReadStream } from 'node:fs';
import path from 'node:path';
import { plainText } from '../../../cli/logs/plain-text.ts';
import type { Channel } from '../../../core/injection/index.ts';
import { type Row, readRow } from '../../../tools/eval/injection/row.ts';
import { type RowSource, rowSources } from '../../../tools/eval/injection/row-sources.ts';
import { numberedLines } from '../../../tools/eval/numbered-lines.ts';
import { seeded } from '../../../training/random.ts';

/** A row of the sample. */
export interface SampledRow {
  readonly text: string;
  readonly isAttack: boolean;
  readonly channel: Channel;
}

const SEED = 20_261_130;

/** Rows of which each is as likely to be kept. */
const createReservoir = (most: number, random: () => number) => {
  const kept: Row[] = [];
  let seen = 0;
  return {
    kept,
    offer(row: Row): void {
      seen += 1;
      const place = kept.length < most ? kept.length : Math.floor(random() * seen);
      if (place < most) kept[place] = row;
    },
  };
};

const sampleOf = async ({ file, channel }: RowSource, most: number): Promise<readonly SampledRow[]> => {
  const seed = [...path.basename(file)].reduce((sum, letter) => Math.imul(sum, 31) + letter.charCodeAt(0), SEED);
  const random = seeded(seed);
  const [attacks, benign] = [createReservoir(most, random), createReservoir(most, random)];
  const source = createReadStream(file);
  for await (const { text } of numberedLines(plainText(source, () => {}))) {
    const row = readRow(text);
    if (typeof row !== 'string') (row.isAttack ? attacks : benign).offer(row);
  }
  return [...attacks.kept, ...benign.kept].map((row) => ({
    text: row.text,
    isAttack: row.isAttack,
    channel: row.channel ?? channel,
  }));
};

/**
 * A sample of the shared corpora.
 *
 * @param most Rows of each label from each source.
 * @param corpora Where they are. @default beside the checkout
 * @returns `undefined` where there are none.
 */
export const sampleCorpora = async (most: number, corpora?: string): Promise<readonly SampledRow[] | undefined> => {
  const found = rowSources([], corpora);
  if ('usage' in found) return undefined;
  const samples: SampledRow[] = [];
  for (const source of found.sources) samples.push(...(await sampleOf(source, most)));
  return samples;
};
