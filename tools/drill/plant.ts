/** One attack, planted into a copy of the past: which alarms rise, and when. */

import { type Attack, durationOf } from './attacks.ts';
import { harmonicRegression } from './bands/harmonic-regression.ts';
import type { BandModel } from './bands/model.ts';
import { seasonalMedian } from './bands/seasonal-median.ts';
import type { AlarmsOfTemplate } from './cloudwatch/alarm-definition.ts';
import { type BandOf, bandsOver } from './cloudwatch/alarm-values.ts';
import { raised, stateChanges } from './cloudwatch/evaluate-alarms.ts';
import type { MetricStore } from './cloudwatch/metric-store.ts';
import { DAY_ZERO_MS, LEAD_MS, LOOK_BACK_MS, type Moment } from './schedule.ts';
import type { ServicePool } from './service/pool.ts';
import type { Segment } from './service/segment.ts';

/** The band models of the drill. */
export const MODELS: readonly BandModel[] = [seasonalMedian, harmonicRegression];

/** What stands in the place of a model's name on day one. */
export const DAY_ZERO = 'day 0';

/** What the past of an attack is known by. */
export interface Past {
  readonly alarms: AlarmsOfTemplate;
  readonly store: MetricStore;
  /** Bands by the name of their model; none for {@link DAY_ZERO}. */
  readonly bands: ReadonlyMap<string, BandOf>;
  readonly arrivalMs: number;
}

/** An alarm that rose after an attack began. */
export interface Rise {
  /** Name without `Alarm`. */
  readonly alarm: string;
  readonly afterMinutes: number;
}

/** What came of an attack under one band model, or without history. */
export interface Verdict {
  readonly way: string;
  readonly rises: readonly Rise[];
  /** Minutes until the first of the attack's own alarms; `undefined` where none rose in time. */
  readonly foundAfter: number | undefined;
}

/** An attack that was planted. */
export interface Planted {
  readonly attack: Attack;
  readonly amplitude: number;
  readonly moment: Moment;
  readonly requests: number;
  readonly verdicts: readonly Verdict[];
}

const MINUTE = 60_000;

/** Bands of every model over a store whose metrics began at `since`. */
export const bandsOf = (store: MetricStore, since: number): ReadonlyMap<string, BandOf> =>
  new Map(MODELS.map((model) => [model.name, bandsOver(model, store, since)]));

const shortName = (alarm: string): string => alarm.replace(/Alarm$/, '');

const verdictOf = (past: Past, way: string, attack: Attack, at: number): Verdict => {
  const { alarms, store, bands, arrivalMs } = past;
  const bandOf = bands.get(way) ?? (() => undefined);
  const to = at + attack.withinMinutes * MINUTE;
  const changes = stateChanges({ alarms, store, bandOf, from: at - LEAD_MS / 2, to, arrivalMs });
  const rises = raised(changes)
    .filter((change) => change.at > at)
    .map((change) => ({ alarm: shortName(change.alarm), afterMinutes: (change.at - at) / MINUTE }));
  const own = rises.filter(({ alarm }) => (attack.alarms as readonly string[]).includes(alarm));
  return { way, rises, foundAfter: own[0]?.afterMinutes };
};

/** Lives through an attack at an amplitude, and evaluates the alarms with each model and without a past. */
export const plant = async (
  past: Past,
  pool: ServicePool,
  { attack, amplitude, moment }: Pick<Planted, 'attack' | 'amplitude' | 'moment'>,
  segment: Omit<Segment, 'from' | 'to' | 'attack'>,
): Promise<Planted> => {
  const { at } = moment;
  const from = at - LEAD_MS;
  const attacked = await pool.live({
    ...segment,
    from,
    to: at + durationOf(attack),
    attack: { name: attack.name, amplitude, at },
  });
  const storeSince = (since: number): MetricStore => {
    const store = past.store.between(since, from);
    store.merge(attacked.store);
    return store;
  };
  const known = { ...past, store: storeSince(from - LOOK_BACK_MS) };
  const fresh = { ...past, store: storeSince(at - DAY_ZERO_MS) };
  const verdicts = [
    ...[...past.bands.keys()].map((way) => verdictOf(known, way, attack, at)),
    verdictOf(fresh, DAY_ZERO, attack, at),
  ];
  return { attack, amplitude, moment, requests: attacked.requests, verdicts };
};
