/** Alarms minute by minute. Source: CloudWatch user guide, "Evaluating an alarm" and "Alarm evaluation window". */

import type { AlarmsOfTemplate, MetricAlarm } from './alarm-definition.ts';
import { type BandOf, breachesOf, valuesOf } from './alarm-values.ts';
import type { MetricStore } from './metric-store.ts';
import { type AlarmState, EXTRA_DATAPOINTS, stateOf } from './missing-data.ts';

/** An alarm that changed its state. */
export interface StateChange {
  readonly alarm: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly from: AlarmState;
  readonly to: AlarmState;
}

/** What is evaluated, and when. */
export interface Evaluation {
  readonly alarms: AlarmsOfTemplate;
  readonly store: MetricStore;
  readonly bandOf: BandOf;
  readonly from: number;
  readonly to: number;
  /** Time that a data point takes until alarms see it, in milliseconds. */
  readonly arrivalMs: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** "If the number of evaluation periods multiplied by the length of each evaluation period exceeds one day, the alarm is evaluated once per hour", up to the hour. */
const isDue = ({ periodMs, evaluationPeriods }: MetricAlarm, at: number): boolean =>
  periodMs * evaluationPeriods <= DAY || at % HOUR === 0;

const nextState = (alarm: MetricAlarm, evaluation: Evaluation, at: number, current: AlarmState): AlarmState => {
  const { store, bandOf, arrivalMs } = evaluation;
  const count = alarm.evaluationPeriods + EXTRA_DATAPOINTS;
  const values = valuesOf(alarm, store, { end: at, count, visible: at - arrivalMs });
  const prediction = alarm.bandWidth === undefined ? undefined : bandOf(alarm, at);
  return stateOf(breachesOf(alarm, values, { end: at, prediction }), alarm, current);
};

/** Changes of alarms on metrics, each by itself: an alarm "is evaluated every minute", over a window that ends then. */
export const metricChanges = (evaluation: Evaluation): readonly StateChange[] =>
  evaluation.alarms.metric.flatMap((alarm) => {
    const changes: StateChange[] = [];
    let current: AlarmState = 'INSUFFICIENT_DATA';
    for (let at = evaluation.from; at <= evaluation.to; at += MINUTE) {
      if (!isDue(alarm, at)) continue;
      const next = nextState(alarm, evaluation, at, current);
      if (next !== current) changes.push({ alarm: alarm.name, at, from: current, to: next });
      current = next;
    }
    return changes;
  });

/** The same changes in their order, and those of composites that follow from them at once. */
export const withComposites = (
  changes: readonly StateChange[],
  composites: AlarmsOfTemplate['composite'],
): readonly StateChange[] => {
  const states = new Map<string, AlarmState>();
  const current = (name: string): AlarmState => states.get(name) ?? 'INSUFFICIENT_DATA';
  const all: StateChange[] = [];
  const ordered = changes.toSorted((a, b) => a.at - b.at);
  for (const [index, change] of ordered.entries()) {
    states.set(change.alarm, change.to);
    all.push(change);
    if (ordered[index + 1]?.at === change.at) continue;
    for (const { name, rule } of composites) {
      const to = rule(current) ? 'ALARM' : 'OK';
      if (to !== current(name)) all.push({ alarm: name, at: change.at, from: current(name), to });
      states.set(name, to);
    }
  }
  return all;
};

/** Every change of state between two times. All alarms begin with INSUFFICIENT_DATA. */
export const stateChanges = (evaluation: Evaluation): readonly StateChange[] =>
  withComposites(metricChanges(evaluation), evaluation.alarms.composite);

/** The changes into ALARM. */
export const raised = (changes: readonly StateChange[]): readonly StateChange[] =>
  changes.filter(({ to }) => to === 'ALARM');

/** What rises again so soon is the same event, looked at once more: CloudWatch "might repeatedly re-evaluate the last set of data points". */
const SAME_EVENT_MS = 30 * MINUTE;

/** The first of rises of an alarm that belong together. */
export const episodes = (rises: readonly StateChange[]): readonly StateChange[] =>
  rises.filter(
    ({ alarm, at }, index) =>
      !rises.slice(0, index).some((before) => before.alarm === alarm && at - before.at <= SAME_EVENT_MS),
  );
