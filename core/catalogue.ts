/**
 * Every metric that the kit emits, and those beside it that alarms may watch: typed lists from which emission, alarms,
 * dashboards and their documentation come. An alarm on a name that is not here, or that no request emits, is a failing
 * test.
 */

import { definedMetrics, type MetricDefinition } from './catalogue/definition.ts';
import { REPLY_METRICS } from './catalogue/reply-metrics.ts';
import { REQUEST_METRICS } from './catalogue/request-metrics.ts';
import { SPEND_METRICS } from './catalogue/spend-metrics.ts';
import type { DataLevel } from './classification/levels.ts';

export {
  type Cardinality,
  DIMENSION_SETS,
  type DimensionSet,
  METRIC_DIMENSIONS,
  type MetricDefinition,
  type MetricScope,
  type MetricUnit,
  streamsOf,
} from './catalogue/definition.ts';
export {
  GATEWAY_METRICS,
  type GatewayMetric,
  type GatewayMetricName,
  type GatewayResponseType,
  MAX_FILTER_PATTERN,
} from './catalogue/gateway-metrics.ts';
export { PLATFORM_METRICS, type PlatformMetric } from './catalogue/platform-metrics.ts';

/** Where the metrics live, when `POWERTOOLS_METRICS_NAMESPACE` names no other place. */
export const METRICS_NAMESPACE = 'Bulwark';

type Entries = typeof REQUEST_METRICS & typeof SPEND_METRICS & typeof REPLY_METRICS;

/** Name of a metric of {@link METRICS}. */
export type MetricName = keyof Entries;

/** Names of the metrics that are also kept by model. */
export type ModelMetricName = {
  [Name in MetricName]: Entries[Name]['scope'] extends 'model' ? Name : never;
}[MetricName];

/** Names of all others. */
export type ServiceMetricName = Exclude<MetricName, ModelMetricName>;

/** The metrics by name. */
export const METRICS: Readonly<Record<MetricName, MetricDefinition>> = definedMetrics({
  ...REQUEST_METRICS,
  ...SPEND_METRICS,
  ...REPLY_METRICS,
});

/** The metric that counts requests of a level. */
export const DATA_METRICS: Readonly<Record<DataLevel, MetricName>> = {
  public: 'DataPublic',
  internal: 'DataInternal',
  confidential: 'DataConfidential',
  restricted: 'DataRestricted',
};
