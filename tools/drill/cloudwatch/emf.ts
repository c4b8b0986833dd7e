/**
 * Data points of log lines in the embedded metric format. Source: CloudWatch user guide, "Specification: Embedded metric
 * format": a directive names metrics and sets of dimensions, and the values stand beside it in the same document.
 */

import type { MetricPoint } from './metric-store.ts';

interface Directive {
  readonly Namespace: string;
  readonly Dimensions: readonly (readonly string[])[];
  readonly Metrics: readonly { readonly Name: string }[];
}

interface Document {
  readonly _aws?: { readonly Timestamp: number; readonly CloudWatchMetrics: readonly Directive[] };
  readonly [name: string]: unknown;
}

const valuesOf = (value: unknown): readonly number[] =>
  (Array.isArray(value) ? value : [value]).filter((one): one is number => typeof one === 'number');

/** The data points of a line; none where it holds no metrics. Every set of dimensions makes a metric of its own. */
export const emfPoints = (line: string): readonly MetricPoint[] => {
  if (!line.includes('"CloudWatchMetrics"')) return [];
  const document = JSON.parse(line) as Document;
  const { Timestamp: at = 0, CloudWatchMetrics = [] } = document._aws ?? {};
  return CloudWatchMetrics.flatMap(({ Namespace: namespace, Dimensions, Metrics }) =>
    Dimensions.flatMap((names) => {
      const dimensions = Object.fromEntries(names.map((name) => [name, String(document[name])]));
      return Metrics.flatMap(({ Name: name }) =>
        valuesOf(document[name]).map((value) => ({ namespace, name, dimensions, at, value })),
      );
    }),
  );
};
