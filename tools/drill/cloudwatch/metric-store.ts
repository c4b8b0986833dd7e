/** Data points as CloudWatch keeps them: a set of statistics for each minute of each metric. */

/** Dimensions of a metric: a metric with others, or with one more, is another metric. */
export type Dimensions = Readonly<Record<string, string>>;

/** What names a metric. */
export interface MetricName {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Dimensions;
}

/** One value of a metric. */
export interface MetricPoint extends MetricName {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly value: number;
}

/** Statistics that alarms may ask for. Percentiles would need every value, and no alarm of the kit has one. */
export type Statistic = 'Sum' | 'SampleCount' | 'Average' | 'Maximum' | 'Minimum';

/** What is kept of a minute. */
export interface MinuteStatistics {
  sum: number;
  count: number;
  maximum: number;
  minimum: number;
}

/** A store of metrics. Times in milliseconds since the epoch. */
export interface MetricStore {
  add(point: MetricPoint): void;
  /** A statistic over the whole minutes from `from` until before `to`; `undefined` where there is no data point. */
  statistic(metric: MetricName, statistic: Statistic, from: number, to: number): number | undefined;
  /** A store with the data points from `from` until before `to`, to which others may be added. */
  between(from: number, to: number): MetricStore;
  /** Adds whole minutes. */
  addMinutes(metric: MetricName, minutes: Iterable<readonly [minute: number, statistics: MinuteStatistics]>): void;
  /** Takes in all data points of another store. */
  merge(other: MetricStore): void;
  /** Metrics that have data points. */
  readonly metrics: Iterable<MetricName>;
  /** Minutes that have data points. */
  minutesOf(metric: MetricName): Iterable<readonly [minute: number, statistics: MinuteStatistics]>;
}

const MINUTE = 60_000;

/** Windows of more minutes are summed by differences of running sums. */
const SHORT_WINDOW = 60;

/** An alarm asks for its metric a million times. */
const keys = new WeakMap<MetricName, string>();

const keyOf = (metric: MetricName): string => {
  const known = keys.get(metric);
  if (known !== undefined) return known;
  const { namespace, name, dimensions } = metric;
  const key = JSON.stringify([namespace, name, Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1))]);
  keys.set(metric, key);
  return key;
};

interface Running {
  readonly first: number;
  readonly sums: Float64Array;
  readonly counts: Float64Array;
}

interface Series {
  readonly metric: MetricName;
  readonly minutes: Map<number, MinuteStatistics>;
  running: Running | undefined;
}

const runningOf = (series: Series): Running => {
  if (series.running !== undefined) return series.running;
  const known = [...series.minutes.keys()];
  const first = known.reduce((least, minute) => Math.min(least, minute), Number.POSITIVE_INFINITY);
  const last = known.reduce((most, minute) => Math.max(most, minute), first);
  const sums = new Float64Array(last - first + 2);
  const counts = new Float64Array(last - first + 2);
  for (let index = 0; index <= last - first; index++) {
    const minute = series.minutes.get(first + index);
    sums[index + 1] = (sums[index] ?? 0) + (minute?.sum ?? 0);
    counts[index + 1] = (counts[index] ?? 0) + (minute?.count ?? 0);
  }
  series.running = { first, sums, counts };
  return series.running;
};

const added = (total: MinuteStatistics, { sum, count, maximum, minimum }: MinuteStatistics): MinuteStatistics => {
  total.sum += sum;
  total.count += count;
  total.maximum = Math.max(total.maximum, maximum);
  total.minimum = Math.min(total.minimum, minimum);
  return total;
};

const nothing = (): MinuteStatistics => ({
  sum: 0,
  count: 0,
  maximum: Number.NEGATIVE_INFINITY,
  minimum: Number.POSITIVE_INFINITY,
});

/** Statistics of the minutes from `from` until before `to`. Long windows have neither maximum nor minimum. */
const windowOf = (series: Series, from: number, to: number): MinuteStatistics => {
  const total = nothing();
  if (to - from <= SHORT_WINDOW) {
    for (let minute = from; minute < to; minute++) {
      const one = series.minutes.get(minute);
      if (one !== undefined) added(total, one);
    }
    return total;
  }
  const { first, sums, counts } = runningOf(series);
  const placeOf = (minute: number): number => Math.min(Math.max(0, minute - first), sums.length - 1);
  total.sum = (sums[placeOf(to)] ?? 0) - (sums[placeOf(from)] ?? 0);
  total.count = (counts[placeOf(to)] ?? 0) - (counts[placeOf(from)] ?? 0);
  return total;
};

const picked = ({ sum, count, maximum, minimum }: MinuteStatistics, statistic: Statistic): number => {
  switch (statistic) {
    case 'Sum':
      return sum;
    case 'SampleCount':
      return count;
    case 'Average':
      return sum / count;
    case 'Maximum':
      return maximum;
    case 'Minimum':
      return minimum;
  }
};

/** An empty store. */
export const createMetricStore = (): MetricStore => {
  const all = new Map<string, Series>();

  const seriesOf = (metric: MetricName): Series => {
    const key = keyOf(metric);
    const { namespace, name, dimensions } = metric;
    const series = all.get(key) ?? { metric: { namespace, name, dimensions }, minutes: new Map(), running: undefined };
    all.set(key, series);
    return series;
  };

  const addMinute = (series: Series, minute: number, statistics: MinuteStatistics): void => {
    series.minutes.set(minute, added(series.minutes.get(minute) ?? nothing(), statistics));
    series.running = undefined;
  };

  return {
    add: ({ at, value, ...metric }) =>
      addMinute(seriesOf(metric), Math.floor(at / MINUTE), { sum: value, count: 1, maximum: value, minimum: value }),
    statistic(metric, statistic, from, to) {
      const series = all.get(keyOf(metric));
      const [first, last] = [Math.floor(from / MINUTE), Math.floor(to / MINUTE)];
      if (series === undefined || last <= first) return undefined;
      const isExtreme = statistic === 'Maximum' || statistic === 'Minimum';
      if (isExtreme && last - first > SHORT_WINDOW)
        throw new RangeError(`${metric.name}: ${statistic} of more than an hour is not kept`);
      const total = windowOf(series, first, last);
      return total.count === 0 ? undefined : picked(total, statistic);
    },
    between(from, to) {
      const store = createMetricStore();
      const [first, last] = [Math.floor(from / MINUTE), Math.floor(to / MINUTE)];
      for (const { metric, minutes } of all.values())
        store.addMinutes(
          metric,
          [...minutes].filter(([minute]) => minute >= first && minute < last),
        );
      return store;
    },
    addMinutes(metric, minutes) {
      const series = seriesOf(metric);
      for (const [minute, statistics] of minutes) addMinute(series, minute, statistics);
    },
    merge(other) {
      for (const metric of other.metrics) this.addMinutes(metric, other.minutesOf(metric));
    },
    get metrics() {
      return [...all.values()].map(({ metric }) => metric);
    },
    minutesOf: (metric) => all.get(keyOf(metric))?.minutes ?? [],
  };
};
