/** Metric filters on the gateway's access log. */

import type { GatewayMetric } from '../../core/catalogue.ts';
import type { ResourceTree } from './alarm-resource.ts';
import { NAMESPACE } from './placeholders.ts';

/** Logical id of the log group: the one that the Serverless Framework makes for the access log of a REST API's stage. */
export const ACCESS_LOG_GROUP = 'ApiGatewayLogGroup';

/**
 * Pattern of a metric, with the field that becomes its dimension: a filter takes dimensions only of fields that its pattern
 * names (CloudWatch Logs user guide, "Publish dimensions with metrics").
 */
export const filterPattern = ({ errors }: GatewayMetric): string =>
  `{ ($.service = "*") && (${errors.map((error) => `$.errorType = "${error}"`).join(' || ')}) }`;

/** The filter. Without a default value: CloudWatch Logs takes none beside dimensions. */
export const metricFilter = (name: string, metric: GatewayMetric): ResourceTree => ({
  Type: 'AWS::Logs::MetricFilter',
  Properties: {
    LogGroupName: { Ref: ACCESS_LOG_GROUP },
    FilterPattern: filterPattern(metric),
    MetricTransformations: [
      {
        MetricNamespace: NAMESPACE,
        MetricName: name,
        MetricValue: '1',
        Unit: metric.unit,
        Dimensions: [{ Key: 'service', Value: '$.service' }],
      },
    ],
  },
});
