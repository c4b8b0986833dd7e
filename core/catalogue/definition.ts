/** What an entry of the catalogue says, and how many streams of CloudWatch it makes. */

/** The units of CloudWatch that the kit and what stands before it use. */
export type MetricUnit = 'Count' | 'Milliseconds' | 'Percent' | 'None';

/**
 * Which dimension sets a metric has: `service` alone, which is what alarms watch, or that and `service` + `model`, once for
 * every model of the policy's allowlist that was called. Identifiers are never dimensions.
 */
export type MetricScope = 'service' | 'model';

/** Names of dimensions that CloudWatch keeps one stream for, for each of their values. */
export type DimensionSet = readonly string[];

/** The dimensions there are. */
export const METRIC_DIMENSIONS = ['service', 'model'] as const;

/** The dimension sets of a scope: one EMF document has one of them. */
export const DIMENSION_SETS: Readonly<Record<MetricScope, readonly DimensionSet[]>> = {
  service: [['service']],
  model: [['service'], ['service', 'model']],
};

/** Distinct streams of a metric, for one `service`: what CloudWatch bills as custom metrics. */
export interface Cardinality {
  /** Whatever happens. */
  readonly fixed: number;
  /** More for each model of the policy's allowlist, at most. Without an allowlist no model has a stream of its own. */
  readonly perModel: number;
}

const CARDINALITY: Readonly<Record<MetricScope, Cardinality>> = {
  service: { fixed: 1, perModel: 0 },
  model: { fixed: 1, perModel: 1 },
};

/** An entry as it is written down. */
export interface MetricEntry {
  readonly unit: MetricUnit;
  readonly scope: MetricScope;
  /** What one data point says. */
  readonly meaning: string;
}

/** One metric. */
export interface MetricDefinition extends MetricEntry {
  readonly dimensions: readonly DimensionSet[];
  readonly cardinality: Cardinality;
}

/** An entry with what follows from its scope. */
const defined = (entry: MetricEntry): MetricDefinition => ({
  ...entry,
  dimensions: DIMENSION_SETS[entry.scope],
  cardinality: CARDINALITY[entry.scope],
});

/** The same for a list of them. */
export const definedMetrics = <Name extends string>(
  entries: Readonly<Record<Name, MetricEntry>>,
): Readonly<Record<Name, MetricDefinition>> =>
  Object.fromEntries(
    Object.entries<MetricEntry>(entries).map(([name, entry]) => [name, defined(entry)]),
  ) as unknown as Readonly<Record<Name, MetricDefinition>>;

/** The most streams that metrics have for one service whose policy admits so many models. */
export const streamsOf = (
  metrics: Readonly<Record<string, Pick<MetricDefinition, 'cardinality'>>>,
  models: number,
): number =>
  Object.values(metrics).reduce((sum, { cardinality }) => sum + cardinality.fixed + cardinality.perModel * models, 0);
