/** What a drill prints: tables in Markdown, as docs/drill.md has them. */

import type { DrillResult } from '../drill.ts';
import { DAY_ZERO, MODELS, type Verdict } from '../plant.ts';
import { amplitudeOf, LAST_STEP } from '../search.ts';

/** A table in Markdown. */
const tableOf = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

const WAYS = [...MODELS.map(({ name }) => name), DAY_ZERO];

/** A time of some minutes: `7 min`, `9 h 12 min`. */
export const minutes = (count: number | undefined): string => {
  if (count === undefined) return 'not found';
  return count < 120 ? `${count} min` : `${Math.floor(count / 60)} h${count % 60 === 0 ? '' : ` ${count % 60} min`}`;
};

const rounded = (amount: number): string => String(Number(amount.toPrecision(2)));

const firedIn = (verdicts: readonly Verdict[]): string => {
  const first = new Map<string, number>();
  for (const { rises } of verdicts)
    for (const { alarm, afterMinutes } of rises)
      first.set(alarm, Math.min(first.get(alarm) ?? Number.POSITIVE_INFINITY, afterMinutes));
  return [...first]
    .sort((a, b) => a[1] - b[1])
    .map(([alarm, after]) => `${alarm} (${minutes(after)})`)
    .join(', ');
};

/** Attacks at their stated amplitude: after how long their own alarms rose, and which others did. */
export const attackTable = ({ planted }: DrillResult): string =>
  tableOf(
    ['attack', 'amplitude', 'when', ...WAYS, 'alarms that rose, the soonest first'],
    planted.map(({ attack, amplitude, moment, verdicts }) => [
      attack.name,
      `${amplitude} ${attack.unit}`,
      moment.name,
      ...WAYS.map((way) => minutes(verdicts.find((verdict) => verdict.way === way)?.foundAfter)),
      firedIn(verdicts),
    ]),
  );

/** From which amplitude on attacks are found. */
export const amplitudeTable = ({ sought, options }: DrillResult): string =>
  tableOf(
    ['attack', 'unit', ...WAYS.map((way) => `${way}, ${options.schedule.moments[0]?.name}`)],
    sought.map(({ attack, smallest }) => [
      attack.name,
      attack.unit,
      ...WAYS.map((way) => {
        const amplitude = smallest.find((one) => one.way === way)?.amplitude;
        if (amplitude === undefined) return `not at ${attack.stated}`;
        return `${amplitude === amplitudeOf(attack.stated, LAST_STEP) ? '≤ ' : ''}${rounded(amplitude)}`;
      }),
    ]),
  );

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** A time of the drill: `Tue 2026-11-03 11:00`. */
export const timeOf = (at: number): string =>
  `${DAYS[new Date(at).getUTCDay()]} ${new Date(at).toISOString().slice(0, 16).replace('T', ' ')}`;

/** False alarms of ordinary time, alarm by alarm. */
export const falseAlarmTable = ({ falseAlarms, alarms }: DrillResult): string => {
  const names = [...alarms.metric, ...alarms.composite].map(({ name }) => name);
  const rows = names.flatMap((name) => {
    const byWay = WAYS.map(
      (way) => falseAlarms.find((one) => one.way === way)?.rises.filter(({ alarm }) => alarm === name) ?? [],
    );
    const times = [...new Set(byWay.flat().map(({ at }) => timeOf(at)))];
    return times.length === 0
      ? []
      : [[name.replace(/Alarm$/, ''), ...byWay.map((rises) => String(rises.length)), times.join(', ')]];
  });
  const quiet = names.length - rows.length;
  const others = rows.length === 0 ? `all ${quiet} alarms` : `${quiet} other alarms`;
  return tableOf(['false alarms', ...WAYS, 'when'], [...rows, [others, ...WAYS.map(() => '0'), '']]);
};
