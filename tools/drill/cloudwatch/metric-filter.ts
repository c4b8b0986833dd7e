/** Metric filters over log lines in JSON, as a template declares them. */

import { parseFilterPattern } from '../../monitoring/filter-pattern.ts';
import type { MetricPoint } from './metric-store.ts';

/** A metric filter as a template declares it. */
export interface MetricFilter {
  readonly FilterPattern: string;
  readonly MetricTransformations: readonly {
    readonly MetricNamespace: string;
    readonly MetricName: string;
    readonly MetricValue: string;
    readonly Dimensions?: readonly { readonly Key: string; readonly Value: string }[];
  }[];
}

/** What a filter makes of log lines: data points at the time of each event. */
export const createFilter = ({ FilterPattern, MetricTransformations }: MetricFilter) => {
  const matches = parseFilterPattern(FilterPattern);
  return (event: Readonly<Record<string, unknown>>, at: number): readonly MetricPoint[] => {
    if (!matches(event)) return [];
    return MetricTransformations.map(({ MetricNamespace, MetricName, MetricValue, Dimensions = [] }) => ({
      namespace: MetricNamespace,
      name: MetricName,
      dimensions: Object.fromEntries(Dimensions.map(({ Key, Value }) => [Key, String(event[Value.slice(2)])])),
      at,
      value: Number(MetricValue),
    }));
  };
};
