/** The drill as a picture: the weeks with what is usual, and each attack with the alarms that it raised. */

import { valuesOf } from '../cloudwatch/alarm-values.ts';
import type { DrillResult } from '../drill.ts';
import { DAY_ZERO, MODELS, type Planted } from '../plant.ts';
import { NUISANCES } from '../traffic/nuisances.ts';
import { minutes } from './tables.ts';

const WIDTH = 1200;
const LEFT = 140;
const RIGHT = 60;
const CHART = 260;
const ROW = 22;
const FIVE_MINUTES = 300_000;
const DAY = 86_400_000;
/** Points of the chart: one for so many periods of five minutes. */
const EVERY = 6;

const COLOURS = ['#1b6ca8', '#c2571a'] as const;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

const textAt = (x: number, y: number, content: string, more = ''): string =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" ${more}>${escaped(content)}</text>`;

const path = (points: readonly (readonly [number, number])[]): string =>
  points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join('');

/** Tokens of five minutes, and the upper edges of both bands. */
const weeks = (result: DrillResult): string => {
  const { schedule } = result.options;
  const { alarms, store, bands } = result.past;
  const alarm = alarms.metric.find(({ name }) => name === 'TokenAnomalyAlarm');
  if (alarm === undefined) return '';
  const [from, to] = [schedule.start, schedule.ordinary[1]];
  const count = Math.floor((to - from) / FIVE_MINUTES);
  const values = valuesOf(alarm, store, { end: to, count }).map((value) => value ?? 0);
  const edges = MODELS.map(({ name }) =>
    values.map((_, index) => {
      const at = from + index * FIVE_MINUTES;
      return bands.get(name)?.(alarm, at)?.(at, alarm.bandWidth ?? 0).upper;
    }),
  );
  const most = Math.max(...values, ...edges.flat().map((edge) => edge ?? 0)) * 1.05;
  const x = (at: number): number => LEFT + ((at - from) / (to - from)) * (WIDTH - LEFT - RIGHT);
  const y = (value: number): number => 30 + CHART * (1 - value / most);
  const line = (series: readonly (number | undefined)[]): string => {
    const points: (readonly [number, number])[] = [];
    for (let index = 0; index < series.length; index += EVERY) {
      const part = series.slice(index, index + EVERY).flatMap((value) => value ?? []);
      if (part.length > 0) points.push([x(from + index * FIVE_MINUTES), y(Math.max(...part))]);
    }
    return path(points);
  };
  const days = Array.from({ length: Math.round((to - from) / DAY) }, (_, day) => from + day * DAY);
  return [
    textAt(
      LEFT,
      20,
      'Tokens of five minutes, the most of each half hour; upper edges of both bands; nuisances; false alarms',
    ),
    ...days.map(
      (at) =>
        `<line x1="${x(at)}" x2="${x(at)}" y1="30" y2="${30 + CHART}" stroke="${new Date(at).getUTCDay() === 1 ? '#999' : '#e4e4e4'}"/>`,
    ),
    `<path d="${line(values)}" fill="none" stroke="#444" stroke-width="0.8"/>`,
    ...edges.map(
      (edge, index) => `<path d="${line(edge)}" fill="none" stroke="${COLOURS[index]}" stroke-width="0.8"/>`,
    ),
    ...MODELS.map(({ name }, index) => textAt(8, 60 + index * 18, name, `fill="${COLOURS[index]}"`)),
    ...NUISANCES.map(
      (nuisance) =>
        `<rect x="${x(nuisance.from)}" y="${34 + CHART}" width="${Math.max(2, x(nuisance.to) - x(nuisance.from))}" height="8" fill="#b59b00"><title>${escaped(nuisance.what)}</title></rect>`,
    ),
    textAt(8, 42 + CHART, 'nuisances'),
    textAt(8, 58 + CHART, 'false alarms'),
    ...result.falseAlarms
      .filter(({ way }) => way !== DAY_ZERO)
      .flatMap(({ rises }, index) =>
        rises.map(
          ({ at, alarm: name }) =>
            `<circle cx="${x(at)}" cy="${54 + CHART}" r="4" fill="${COLOURS[index]}"><title>${escaped(name)}</title></circle>`,
        ),
      ),
  ].join('\n');
};

/** One attack: a line from its begin to the end of its time, and a dot for each alarm. */
const attackRows = (planted: readonly Planted[], top: number): string =>
  planted
    .flatMap(({ attack, amplitude, moment, verdicts }, index) => {
      const y = top + index * ROW;
      const x = (after: number): number => LEFT + 220 + (after / attack.withinMinutes) * (WIDTH - LEFT - 220 - RIGHT);
      const dots = verdicts.flatMap(({ way, rises }, lane) =>
        rises.map(({ alarm, afterMinutes }) => {
          const own = (attack.alarms as readonly string[]).includes(alarm);
          const colour = COLOURS[lane] ?? '#2a7d2a';
          return `<circle cx="${x(afterMinutes).toFixed(1)}" cy="${y - 9 + lane * 5}" r="${own ? 3.5 : 2}" fill="${own ? colour : 'none'}" stroke="${colour}"><title>${escaped(`${alarm}, ${way}, after ${afterMinutes} min`)}</title></circle>`;
        }),
      );
      return [
        textAt(8, y, `${attack.name}, ${moment.name}: ${amplitude} ${attack.unit}`),
        `<line x1="${x(0)}" x2="${x(attack.withinMinutes)}" y1="${y - 4}" y2="${y - 4}" stroke="#ccc"/>`,
        textAt(x(attack.withinMinutes) + 6, y, minutes(attack.withinMinutes), 'font-size="10"'),
        ...dots,
      ];
    })
    .join('\n');

/** The picture. */
export const timelineSvg = (result: DrillResult): string => {
  const top = CHART + 110;
  const height = top + result.planted.length * ROW + 20;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif" font-size="12">
<title>The alarm drill: two ordinary weeks, and the alarms of each attack</title>
<rect width="${WIDTH}" height="${height}" fill="#fff"/>
${weeks(result)}
${textAt(LEFT, top - 26, `Attacks: alarms that rose (filled: those that are there for it), with ${MODELS.map(({ name }) => name).join(' (blue), ')} (orange), ${DAY_ZERO} (green)`)}
${attackRows(result.planted, top)}
</svg>
`;
};
