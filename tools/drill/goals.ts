/** What a drill is held to. */

import type { DrillResult } from './drill.ts';
import { DAY_ZERO } from './plant.ts';

/** A goal and whether it is met. */
export interface Goal {
  readonly goal: string;
  readonly met: boolean;
  readonly found: string;
}

/** False alarms that two ordinary weeks may have. */
const MOST_FALSE_ALARMS = 1;

const shortName = (alarm: string): string => alarm.replace(/Alarm$/, '');

/** Every attack found in time with each band model and on day 0, and hardly a false alarm. */
export const goalsOf = ({ planted, falseAlarms }: DrillResult): readonly Goal[] => [
  ...planted.map(({ attack, amplitude, moment, verdicts }) => {
    const missed = verdicts.filter(({ foundAfter }) => foundAfter === undefined);
    return {
      goal: `${attack.name} at ${amplitude} ${attack.unit}, ${moment.name}: found within ${attack.withinMinutes} minutes`,
      met: missed.length === 0,
      found:
        missed.length === 0
          ? `after ${verdicts.map(({ foundAfter }) => foundAfter).join(', ')} minutes`
          : `missed: ${missed.map(({ way }) => way).join(', ')}`,
    };
  }),
  ...falseAlarms
    .filter(({ way }) => way !== DAY_ZERO)
    .map(({ way, rises }) => ({
      goal: `at most ${MOST_FALSE_ALARMS} false alarm in ordinary time, ${way}`,
      met: rises.length <= MOST_FALSE_ALARMS,
      found: rises.length === 0 ? 'none' : rises.map(({ alarm }) => shortName(alarm)).join(', '),
    })),
];
