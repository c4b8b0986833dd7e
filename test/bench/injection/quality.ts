/** What contenders make of labelled rows. For orientation: the kit's model learned from these. */

import type { Channel } from '../../../core/injection/index.ts';
import { createJudge, type Judge } from './judge.ts';
import type { SampledRow } from './sample.ts';

/** Shares of rows of one channel and label. */
export interface Quality {
  readonly channel: Channel;
  readonly isAttack: boolean;
  readonly rows: number;
  /** Share that is flagged or blocked, contender by contender. */
  readonly flagged: readonly number[];
  readonly blocked: readonly number[];
}

/** Rows for which a contender threw or took too long count as passed. */
const countOf = async (judge: Judge, rows: readonly SampledRow[]): Promise<{ flagged: number; blocked: number }> => {
  const count = { flagged: 0, blocked: 0 };
  for (const { text, channel } of rows) {
    const judgement = await judge.judge({ text, channel });
    if (judgement.end !== 'judged') continue;
    if (judgement.verdict !== 'allow') count.flagged += 1;
    if (judgement.verdict === 'block') count.blocked += 1;
  }
  return count;
};

/** Counts what contenders flag and block. @param cutOffMs Longest time for a row. */
export const measureQuality = async (
  names: readonly string[],
  sample: readonly SampledRow[],
  cutOffMs: number,
  report: (name: string) => void,
): Promise<readonly Quality[]> => {
  const groups = (['user', 'data'] as const).flatMap((channel) =>
    [true, false].map((isAttack) => ({
      channel,
      isAttack,
      rows: sample.filter((row) => row.channel === channel && row.isAttack === isAttack),
      flagged: [] as number[],
      blocked: [] as number[],
    })),
  );
  for (const name of names) {
    report(name);
    await using judge = createJudge(name, cutOffMs);
    for (const { rows, flagged, blocked } of groups) {
      const count = await countOf(judge, rows);
      flagged.push(count.flagged / rows.length);
      blocked.push(count.blocked / rows.length);
    }
  }
  return groups.filter(({ rows }) => rows.length > 0).map((group) => ({ ...group, rows: group.rows.length }));
};
