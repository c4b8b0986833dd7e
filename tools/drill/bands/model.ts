/**
 * What the drill's band models have in common. CloudWatch's own model is not public: the guide says that it "assesses both
 * trends and hourly, daily, and weekly patterns" and "trains on up to two weeks of metric data". Two models that do so
 * in unlike ways stand in for it; what both find does not hang on the way.
 */

/** Values of equal periods without a gap; `undefined` where one is missing. */
export interface History {
  /** When the first period begins, milliseconds since the epoch. */
  readonly from: number;
  readonly periodMs: number;
  readonly values: readonly (number | undefined)[];
}

/** What is usual. */
export interface Band {
  readonly lower: number;
  readonly upper: number;
}

/** What is usual at a time: `width` is in standard deviations, as `ANOMALY_DETECTION_BAND` takes it. */
export type Prediction = (at: number, width: number) => Band;

/** A model. */
export interface BandModel {
  readonly name: string;
  /** `undefined` where there is too little history for a verdict. */
  train(history: History): Prediction | undefined;
}

/** Longest history that a model learns from. Source: CloudWatch user guide, "Using CloudWatch anomaly detection". */
export const TRAINING_MS: number = 14 * 86_400_000;

/** Shorter histories give no verdict: three days have seen each hour three times. The guide names no number. */
export const SHORTEST_MS: number = 3 * 86_400_000;

/** What never moved is not unusual for a rounding error: a band is at least so wide, as a share of what is expected. */
const THINNEST = 0.01;

/** A band that is not too thin, and not below zero: nothing that the kit counts is. */
export const atLeastThin = (expected: number, { lower, upper }: Band): Band => ({
  lower: Math.max(0, Math.min(lower, expected * (1 - THINNEST))),
  upper: Math.max(upper, expected * (1 + THINNEST)),
});

const HOUR = 3_600_000;

/** Hour of the week, Monday 00:00 UTC being 0, with its fraction. */
export const hourOfWeek = (at: number): number => {
  const MONDAY_1970 = 4 * 24 * HOUR; // 1970-01-05
  return (((at - MONDAY_1970) % (168 * HOUR)) / HOUR + 168) % 168;
};

/** The points that a history has. */
export const pointsOf = ({ from, periodMs, values }: History): readonly (readonly [at: number, value: number])[] =>
  values.flatMap((value, index) => (value === undefined ? [] : [[from + index * periodMs, value] as const]));

/** Whether a history is long enough. */
export const isEnough = ({ periodMs, values }: History): boolean =>
  values.filter((value) => value !== undefined).length * periodMs >= SHORTEST_MS;

/** A quantile of sorted values, between neighbours in proportion. */
export const quantile = (sorted: readonly number[], share: number): number => {
  const place = Math.min(Math.max(share, 0), 1) * (sorted.length - 1);
  const below = sorted[Math.floor(place)] ?? 0;
  return below + (place % 1) * ((sorted[Math.ceil(place)] ?? below) - below);
};

/** Values in their order. */
export const sorted = (values: readonly number[]): readonly number[] => [...values].sort((a, b) => a - b);
