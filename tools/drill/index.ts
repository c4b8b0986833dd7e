/**
 * `npm run drill [-- --seed N --processes N --short --no-search --plot FILE]`: attacks among ordinary traffic, and the
 * packaged template's own alarms. docs/drill.md says what is simulated and how. Exit code 1 when a goal is missed.
 */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ATTACKS, type AttackName } from './attacks.ts';
import { runDrill } from './drill.ts';
import { goalsOf } from './goals.ts';
import { packageForDrill } from './package-for-drill.ts';
import { amplitudeTable, attackTable, falseAlarmTable } from './report/tables.ts';
import { timelineSvg } from './report/timeline-svg.ts';
import { timelineText } from './report/timeline-text.ts';
import { FULL_SCHEDULE, SHORT_SCHEDULE } from './schedule.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    rate: { type: 'string', default: '0.035' },
    processes: { type: 'string', default: String(Math.max(1, Math.min(4, os.availableParallelism()))) },
    short: { type: 'boolean', default: false },
    search: { type: 'boolean', default: true },
    plot: { type: 'string' },
  },
  allowNegative: true,
});

const numberOf = (name: 'seed' | 'rate' | 'processes'): number => {
  const value = Number(values[name]);
  if (!(value > 0)) throw new TypeError(`--${name} must be a number above 0`);
  return value;
};

const startedAt = performance.now();
const print = (line: string): void => void process.stdout.write(`${line}\n`);
const say = (line: string): void =>
  print(`${((performance.now() - startedAt) / 1000).toFixed(0).padStart(4)} s  ${line}`);

const [seed, rate, processes] = [numberOf('seed'), numberOf('rate'), numberOf('processes')];
print(`drill --seed ${seed} --rate ${rate} --processes ${processes}`);

const folder = mkdtempSync(path.join(os.tmpdir(), 'bulwark-drill-'));
try {
  const packaged = await packageForDrill(folder, rate);
  say('packaged');
  const result = await runDrill({
    packaged,
    schedule: values.short ? SHORT_SCHEDULE : FULL_SCHEDULE,
    attacks: Object.keys(ATTACKS) as AttackName[],
    seed,
    rate,
    search: values.search && !values.short,
    processes,
    arrivalMs: 60_000,
    onProgress: say,
  });
  print(`\n${timelineText(result)}\n`);
  print(`${attackTable(result)}\n`);
  if (result.sought.length > 0) print(`${amplitudeTable(result)}\n`);
  print(`${falseAlarmTable(result)}\n`);
  const goals = goalsOf(result);
  for (const { goal, met, found } of goals) print(`${met ? 'met    ' : 'MISSED '} ${goal}: ${found}`);
  if (values.plot !== undefined) writeFileSync(values.plot, timelineSvg(result));
  const missed = goals.filter(({ met }) => !met).length;
  print(
    `\n${result.requests} ordinary requests; ${missed === 0 ? 'every goal is met' : `${missed} of ${goals.length} goals missed`}; ${((performance.now() - startedAt) / 1000).toFixed(0)} s`,
  );
  process.exitCode = missed === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
