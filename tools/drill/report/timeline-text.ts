/** The ordinary weeks as lines of text: tokens, nuisances, false alarms. */

import type { DrillResult } from '../drill.ts';
import { DAY_ZERO } from '../plant.ts';
import { NUISANCES } from '../traffic/nuisances.ts';
import { timeOf } from './tables.ts';

const BARS = [...'▁▂▃▄▅▆▇█'];
const WIDTH = 112;
const LABEL = 12;

/** Tokens of the service in equal parts of a stretch. */
export const tokensIn = (
  { past }: DrillResult,
  [from, to]: readonly [number, number],
  parts: number,
): readonly number[] => {
  const tokens = [...past.store.metrics].find(
    ({ name, dimensions }) => name === 'TotalTokens' && Object.keys(dimensions).join() === 'service',
  );
  const step = (to - from) / parts;
  return Array.from({ length: parts }, (_, index) =>
    tokens === undefined
      ? 0
      : (past.store.statistic(tokens, 'Sum', from + index * step, from + (index + 1) * step) ?? 0),
  );
};

const marks = (times: readonly number[], [from, to]: readonly [number, number], mark: string): string => {
  const cells = Array.from({ length: WIDTH }, () => '·');
  for (const at of times) if (at >= from && at < to) cells[Math.floor(((at - from) / (to - from)) * WIDTH)] = mark;
  return cells.join('');
};

/** Three lines and a legend. */
export const timelineText = (result: DrillResult): string => {
  const { schedule } = result.options;
  const whole = [schedule.start, schedule.ordinary[1]] as const;
  const tokens = tokensIn(result, whole, WIDTH);
  const most = Math.max(1, ...tokens);
  const line = tokens
    .map((value) => BARS[Math.min(BARS.length - 1, Math.floor((value / most) * BARS.length))])
    .join('');
  const rises = result.falseAlarms.filter(({ way }) => way !== DAY_ZERO).flatMap((one) => one.rises);
  const rows = [
    ['tokens', line],
    [
      'nuisances',
      marks(
        NUISANCES.map((nuisance) => nuisance.from),
        whole,
        'n',
      ),
    ],
    [
      'false alarms',
      marks(
        rises.map(({ at }) => at),
        whole,
        '!',
      ),
    ],
  ] as const;
  return [
    `${timeOf(whole[0])} to ${timeOf(whole[1])}, ${Math.round((whole[1] - whole[0]) / WIDTH / 3_600_000)} h a column; false alarms count from ${timeOf(schedule.ordinary[0])} on`,
    ...rows.map(([label, cells]) => `${label.padEnd(LABEL)} ${cells}`),
  ].join('\n');
};
