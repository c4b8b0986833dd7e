/** The alarm drill, scaled down: an afternoon on a simulated clock, and two attacks. `npm run drill` is the whole one. */

import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MetricStore } from '../../tools/drill/cloudwatch/metric-store.ts';
import { deploymentOf } from '../../tools/drill/deployment.ts';
import { type DrillResult, runDrill } from '../../tools/drill/drill.ts';
import { goalsOf } from '../../tools/drill/goals.ts';
import { type Packaged, packageForDrill } from '../../tools/drill/package-for-drill.ts';
import { attackTable, falseAlarmTable } from '../../tools/drill/report/tables.ts';
import { timelineSvg } from '../../tools/drill/report/timeline-svg.ts';
import { timelineText } from '../../tools/drill/report/timeline-text.ts';
import { SHORT_SCHEDULE } from '../../tools/drill/schedule.ts';
import { createServicePool } from '../../tools/drill/service/pool.ts';

const RATE = 0.015;
const TIMEOUT = 180_000;

let folder: string;
let packaged: Packaged;
let result: DrillResult;

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'bulwark-drill-'));
  packaged = await packageForDrill(folder, RATE);
  result = await runDrill({
    packaged,
    schedule: SHORT_SCHEDULE,
    attacks: ['stuffing', 'leak'],
    seed: 1,
    rate: RATE,
    search: false,
    processes: 1,
    arrivalMs: 60_000,
  });
}, TIMEOUT);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('every goal is met', () => {
  expect(goalsOf(result).filter(({ met }) => !met)).toEqual([]);
  expect(result.planted.map(({ attack }) => attack.name)).toEqual(['stuffing', 'leak']);
});

test('alarms see what the service printed, what the gateway logged and what AWS counts', () => {
  const { store } = result.past;
  const { start, ordinary } = SHORT_SCHEDULE;
  const total = (namespace: string, name: string): number =>
    [...store.metrics]
      .filter((metric) => metric.namespace === namespace && metric.name === name)
      .reduce((sum, metric) => sum + (store.statistic(metric, 'Sum', start, ordinary[1]) ?? 0), 0);
  expect(total('AWS/ApiGateway', 'Count')).toBe(result.requests);
  expect(total('Bulwark', 'TotalTokens')).toBeGreaterThan(5_000);
  expect(total('AWS/ApiGateway', '4XXError')).toBeGreaterThan(0);
  expect(total('AWS/DynamoDB', 'ConsumedWriteCapacityUnits')).toBeGreaterThan(result.requests);
  expect(total('AWS/Lambda', 'Errors')).toBe(0);
});

test('every alarm that the drill reads watches metrics of the packaged service', () => {
  const names = result.alarms.metric.map(({ name }) => name);
  expect(names).toContain('TokenAnomalyAlarm');
  expect(names.length).toBeGreaterThan(20);
  for (const { readings, watched } of result.alarms.metric) {
    expect(watched).not.toBe('');
    for (const { metric } of readings.values()) expect(Object.keys(metric.dimensions).length).toBeGreaterThan(0);
  }
});

test('is printed and drawn', () => {
  expect(attackTable(result)).toContain('| stuffing | 20 attempts a minute |');
  expect(falseAlarmTable(result)).toMatch(/\| (?:all )?\d+ (?:other )?alarms \| 0 \|/);
  expect(timelineText(result).split('\n')).toHaveLength(4);
  expect(timelineSvg(result)).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
});

test(
  'the same seed gives the same metrics, whatever a process lived through before',
  async () => {
    const deployment = deploymentOf(packaged);
    const pool = createServicePool(deployment, 1);
    const segment = {
      seed: 2,
      rate: RATE,
      accessLog: deployment.accessLog,
      weeklyBudget: 1_000_000,
      from: SHORT_SCHEDULE.start,
      to: SHORT_SCHEDULE.start + 1_800_000,
    };
    const dump = (store: MetricStore): string =>
      JSON.stringify([...store.metrics].map((metric) => [metric, [...store.minutesOf(metric)]]));
    try {
      const [first, second] = [await pool.live({ ...segment, id: 1 }), await pool.live({ ...segment, id: 2 })];
      expect(first.requests).toBeGreaterThan(2);
      expect(dump(second.store)).toBe(dump(first.store));
    } finally {
      pool.close();
    }
  },
  TIMEOUT,
);
