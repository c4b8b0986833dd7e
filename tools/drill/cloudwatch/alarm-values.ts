/** What an alarm sees at a time: data points of its periods, and the band around them. */

import { type Band, type BandModel, type Prediction, TRAINING_MS } from '../bands/model.ts';
import type { MetricAlarm } from './alarm-definition.ts';
import { evaluate, type Points, type Value } from './metric-math.ts';
import type { MetricStore } from './metric-store.ts';
import type { Breach } from './missing-data.ts';

/**
 * Values of what an alarm watches, in `count` periods that end at `end`, the oldest first.
 *
 * @param visible What happened from then on has not come to CloudWatch yet.
 */
export const valuesOf = (
  alarm: MetricAlarm,
  store: MetricStore,
  { end, count, visible = end }: { readonly end: number; readonly count: number; readonly visible?: number },
): Points => {
  const { readings, expressions, periodMs, watched } = alarm;
  const known = new Map<string, Value>();
  const value = (name: string): Value => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const reading = readings.get(name);
    const expression = expressions.get(name);
    let made: Value = [];
    if (reading !== undefined)
      made = Array.from({ length: count }, (_, index) => {
        const from = end - (count - index) * periodMs;
        return store.statistic(reading.metric, reading.statistic, from, Math.min(from + periodMs, visible));
      });
    else if (expression !== undefined)
      made = evaluate(expression, { value, metrics: [...readings.keys()], periodSeconds: periodMs / 1000 });
    known.set(name, made);
    return made;
  };
  return value(watched) as Points;
};

const COMPARISONS: Readonly<Record<MetricAlarm['comparison'], (value: number, { lower, upper }: Band) => boolean>> = {
  GreaterThanThreshold: (value, { upper }) => value > upper,
  GreaterThanOrEqualToThreshold: (value, { upper }) => value >= upper,
  LessThanThreshold: (value, { lower }) => value < lower,
  LessThanOrEqualToThreshold: (value, { lower }) => value <= lower,
  GreaterThanUpperThreshold: (value, { upper }) => value > upper,
  LessThanLowerThreshold: (value, { lower }) => value < lower,
  LessThanLowerOrGreaterThanUpperThreshold: (value, { lower, upper }) => value < lower || value > upper,
};

/** What is usual for an alarm with a band, at any time. */
export type BandOf = (alarm: MetricAlarm, at: number) => Prediction | undefined;

const DAY = 86_400_000;

/**
 * Bands of a model over what a store has. A model learns anew every midnight from the two weeks before, attacks and
 * nuisances among them: nobody tells CloudWatch which hours to leave out.
 *
 * @param since When the metrics began; what lies before is no history.
 */
export const bandsOver = (model: BandModel, store: MetricStore, since: number): BandOf => {
  const trained = new Map<string, Prediction | undefined>();
  return (alarm, at) => {
    const end = Math.floor(at / DAY) * DAY;
    const key = `${alarm.name} ${end}`;
    if (!trained.has(key)) {
      const count = Math.floor((end - Math.max(since, end - TRAINING_MS)) / alarm.periodMs);
      const values = count > 0 ? valuesOf(alarm, store, { end, count }) : [];
      trained.set(key, model.train({ from: end - count * alarm.periodMs, periodMs: alarm.periodMs, values }));
    }
    return trained.get(key);
  };
};

/** Data points of an alarm against its threshold or its band. A band without a verdict leaves them missing. */
export const breachesOf = (
  alarm: MetricAlarm,
  values: Points,
  { end, prediction }: { readonly end: number; readonly prediction: Prediction | undefined },
): readonly Breach[] => {
  const { periodMs, threshold, bandWidth, comparison } = alarm;
  return values.map((value, index) => {
    if (value === undefined) return undefined;
    const from = end - (values.length - index) * periodMs;
    const band = bandWidth === undefined ? { lower: threshold, upper: threshold } : prediction?.(from, bandWidth);
    return band && COMPARISONS[comparison](value, band);
  });
};
