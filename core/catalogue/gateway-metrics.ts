/** Metrics of what never reaches a function: refusals of the gateway, counted by metric filters on its access log. */

import { DIMENSION_SETS, type MetricDefinition } from './definition.ts';

/**
 * Response types of API Gateway, as the access log's field `errorType` says them (`$context.error.responseType`).
 * Source: API Gateway developer guide, "Gateway response types for API Gateway".
 */
export type GatewayResponseType =
  | 'ACCESS_DENIED'
  | 'API_CONFIGURATION_ERROR'
  | 'AUTHORIZER_CONFIGURATION_ERROR'
  | 'AUTHORIZER_FAILURE'
  | 'BAD_REQUEST_BODY'
  | 'BAD_REQUEST_PARAMETERS'
  | 'DEFAULT_5XX'
  | 'EXPIRED_TOKEN'
  | 'INTEGRATION_FAILURE'
  | 'INTEGRATION_TIMEOUT'
  | 'INVALID_API_KEY'
  | 'INVALID_SIGNATURE'
  | 'MISSING_AUTHENTICATION_TOKEN'
  | 'QUOTA_EXCEEDED'
  | 'REQUEST_TOO_LARGE'
  | 'THROTTLED'
  | 'UNAUTHORIZED'
  | 'UNSUPPORTED_MEDIA_TYPE'
  | 'WAF_FILTERED';

/** A metric that a metric filter makes of lines of the access log. */
export interface GatewayMetric extends Omit<MetricDefinition, 'scope'> {
  /** Values of `errorType` that are counted. */
  readonly errors: readonly GatewayResponseType[];
  /** The same as a filter pattern of CloudWatch Logs. */
  readonly pattern: string;
}

/** Names of {@link GATEWAY_METRICS}. */
export type GatewayMetricName =
  | 'GatewayAuthRefusals'
  | 'GatewayKeyRefusals'
  | 'GatewayThrottles'
  | 'GatewayWafRefusals'
  | 'GatewayBodyRefusals'
  | 'GatewayServerErrors';

/** Longest filter pattern that CloudWatch Logs takes, in characters. Source: PutMetricFilter. */
export const MAX_FILTER_PATTERN = 1024;

/** Source of the syntax: CloudWatch Logs user guide, "Filter pattern syntax", JSON log events. */
const patternOf = (errors: readonly GatewayResponseType[]): string =>
  `{ ${errors.map((error) => `($.errorType = "${error}")`).join(' || ')} }`;

const gatewayMetric = (meaning: string, errors: readonly GatewayResponseType[]): GatewayMetric => ({
  unit: 'Count',
  meaning,
  dimensions: DIMENSION_SETS.service,
  cardinality: { fixed: 1, perModel: 0 },
  errors,
  pattern: patternOf(errors),
});

/**
 * The metrics by name, in {@link METRICS_NAMESPACE}, with the dimension `service`: a constant field of the access log's
 * lines, which are JSON with the fields `service`, `requestId`, `errorType` and `status`, and hold neither addresses nor
 * identities.
 */
export const GATEWAY_METRICS: Readonly<Record<GatewayMetricName, GatewayMetric>> = {
  GatewayAuthRefusals: gatewayMetric(
    'the authorizer refused, or a token or signature was missing, expired or wrong; unknown paths count here too, as the gateway answers them the same',
    ['UNAUTHORIZED', 'ACCESS_DENIED', 'EXPIRED_TOKEN', 'MISSING_AUTHENTICATION_TOKEN', 'INVALID_SIGNATURE'],
  ),
  GatewayKeyRefusals: gatewayMetric('an API key was missing or wrong', ['INVALID_API_KEY']),
  GatewayThrottles: gatewayMetric('the rate or the quota of a usage plan or of the stage was passed', [
    'THROTTLED',
    'QUOTA_EXCEEDED',
  ]),
  GatewayWafRefusals: gatewayMetric('the web ACL blocked a request', ['WAF_FILTERED']),
  GatewayBodyRefusals: gatewayMetric('a request was too large, or the request validator refused it', [
    'REQUEST_TOO_LARGE',
    'BAD_REQUEST_BODY',
    'BAD_REQUEST_PARAMETERS',
    'UNSUPPORTED_MEDIA_TYPE',
  ]),
  GatewayServerErrors: gatewayMetric('the gateway, its authorizer or the integration failed or timed out', [
    'API_CONFIGURATION_ERROR',
    'AUTHORIZER_CONFIGURATION_ERROR',
    'AUTHORIZER_FAILURE',
    'DEFAULT_5XX',
    'INTEGRATION_FAILURE',
    'INTEGRATION_TIMEOUT',
  ]),
};
