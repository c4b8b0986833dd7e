/** The whole drill: the past, its false alarms, and every attack. */

import { ATTACKS, type Attack, type AttackName } from './attacks.ts';
import { type AlarmsOfTemplate, alarmsOf } from './cloudwatch/alarm-definition.ts';
import { episodes, metricChanges, raised, type StateChange, withComposites } from './cloudwatch/evaluate-alarms.ts';
import { createMetricStore, type MetricStore } from './cloudwatch/metric-store.ts';
import { deploymentOf } from './deployment.ts';
import { monthlyBudgetOf, type Packaged } from './package-for-drill.ts';
import { bandsOf, DAY_ZERO, type Past, type Planted, plant } from './plant.ts';
import { type Schedule, stretchesOf } from './schedule.ts';
import { type Smallest, smallestFound } from './search.ts';
import { createServicePool, type ServicePool } from './service/pool.ts';
import type { Segment } from './service/segment.ts';

/** What a drill is made of. */
export interface DrillOptions {
  readonly packaged: Packaged;
  readonly schedule: Schedule;
  readonly attacks: readonly AttackName[];
  readonly seed: number;
  /** Requests a second of the busiest hour that the template is packaged for. */
  readonly rate: number;
  /** Whether the smallest amplitude of each attack is sought. */
  readonly search: boolean;
  /** Service processes at once. */
  readonly processes: number;
  /** Time that a data point takes until alarms see it, in milliseconds. */
  readonly arrivalMs: number;
  readonly onProgress?: (line: string) => void;
}

/** False alarms of ordinary time under one way of looking. */
export interface FalseAlarms {
  readonly way: string;
  readonly rises: readonly StateChange[];
}

/** An attack and the smallest amplitudes at which it is found. */
export interface Sought {
  readonly attack: Attack;
  readonly smallest: readonly Smallest[];
}

/** What came of a drill. */
export interface DrillResult {
  readonly options: DrillOptions;
  readonly alarms: AlarmsOfTemplate;
  readonly past: Past;
  /** Requests that ordinary time and its lead sent. */
  readonly requests: number;
  readonly falseAlarms: readonly FalseAlarms[];
  readonly planted: readonly Planted[];
  readonly sought: readonly Sought[];
}

const WEEKS_PER_MONTH = 30 / 7;
const MICROS = 1_000_000;
const HOUR = 3_600_000;

/** Progress is told so often. */
const DAYS_A_LINE = 4;

/** False alarms between two times, with each model and without any. Alarms settle for an hour before. */
const falseAlarmsIn = (past: Past, [from, to]: readonly [number, number]): readonly FalseAlarms[] => {
  const { alarms, store, bands, arrivalMs } = past;
  const changesOf = (metric: AlarmsOfTemplate['metric'], way: string): readonly StateChange[] => {
    const bandOf = bands.get(way) ?? (() => undefined);
    return metricChanges({ alarms: { metric, composite: [] }, store, bandOf, from: from - HOUR, to, arrivalMs });
  };
  const common = changesOf(
    alarms.metric.filter(({ bandWidth }) => bandWidth === undefined),
    DAY_ZERO,
  );
  const banded = alarms.metric.filter(({ bandWidth }) => bandWidth !== undefined);
  return [...bands.keys(), DAY_ZERO].map((way) => ({
    way,
    rises: episodes(raised(withComposites([...common, ...changesOf(banded, way)], alarms.composite))).filter(
      ({ at }) => at >= from,
    ),
  }));
};

interface Surroundings {
  readonly pool: ServicePool;
  readonly say: (line: string) => void;
  readonly segmentFor: () => Omit<Segment, 'from' | 'to' | 'attack'>;
}

const livePast = async (
  options: DrillOptions,
  { pool, say, segmentFor }: Surroundings,
): Promise<{ readonly store: MetricStore; readonly requests: number }> => {
  const store = createMetricStore();
  let requests = 0;
  let days = 0;
  const sayDay = (): void => {
    days += 1;
    if (days % DAYS_A_LINE === 0) say(`ordinary time: day ${days}`);
  };
  await Promise.all(
    stretchesOf(options.schedule).map(async ([from, to]) => {
      const lived = await pool.live({ ...segmentFor(), from, to }, sayDay);
      store.merge(lived.store);
      requests += lived.requests;
    }),
  );
  say(`ordinary time: ${requests} requests`);
  return { store, requests };
};

/** Runs a drill. The same seed gives the same numbers, however many processes there are. */
export const runDrill = async (options: DrillOptions): Promise<DrillResult> => {
  const { packaged, schedule, seed, rate, arrivalMs, onProgress: say = () => {} } = options;
  const alarms = alarmsOf(packaged.template);
  const deployment = deploymentOf(packaged);
  const pool = createServicePool(deployment, options.processes);
  let segments = 0;
  const segmentFor = (): Omit<Segment, 'from' | 'to' | 'attack'> => {
    segments += 1;
    const weeklyBudget = Math.round((monthlyBudgetOf(rate) * MICROS) / WEEKS_PER_MONTH);
    return { id: segments, seed, rate, accessLog: deployment.accessLog, weeklyBudget };
  };
  try {
    const { store, requests } = await livePast(options, { pool, say, segmentFor });
    const past = { alarms, store, bands: bandsOf(store, schedule.start), arrivalMs };
    const falseAlarms = falseAlarmsIn(past, schedule.ordinary);
    say(`false alarms: ${falseAlarms.map(({ way, rises }) => `${rises.length} (${way})`).join(', ')}`);

    const plantAt = (attack: Attack, amplitude: number, moment: Planted['moment']): Promise<Planted> =>
      plant(past, pool, { attack, amplitude, moment }, segmentFor());
    const attacks = options.attacks.map((name) => ATTACKS[name]);
    const planted: Planted[] = [];
    const sought: Sought[] = [];
    const attackOnce = async (attack: Attack): Promise<void> => {
      const moments = attack.moments === 'first' ? schedule.moments.slice(0, 1) : schedule.moments;
      const all = await Promise.all(moments.map((moment) => plantAt(attack, attack.stated, moment)));
      planted.push(...all);
      const [first] = all;
      if (options.search && first !== undefined) {
        const again = async (amplitude: number): Promise<Planted> =>
          amplitude === attack.stated ? first : plantAt(attack, amplitude, first.moment);
        sought.push({ attack, smallest: await smallestFound(attack.stated, again) });
      }
      say(`${attack.name}: done`);
    };
    await Promise.all(attacks.map(attackOnce));
    const inOrder = <T extends { readonly attack: Attack }>(list: readonly T[]): readonly T[] =>
      attacks.flatMap((attack) => list.filter((entry) => entry.attack === attack));
    return { options, alarms, past, requests, falseAlarms, planted: inOrder(planted), sought: inOrder(sought) };
  } finally {
    pool.close();
  }
};
