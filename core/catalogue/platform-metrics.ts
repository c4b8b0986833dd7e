/** Metrics of AWS's own that alarms may watch: nothing of the kit emits them. */

import type { DimensionSet, MetricUnit } from './definition.ts';

/** A metric that a service of AWS publishes. */
export interface PlatformMetric {
  readonly namespace: 'AWS/ApiGateway' | 'AWS/Lambda' | 'AWS/DynamoDB' | 'AWS/WAFV2';
  readonly name: string;
  readonly unit: MetricUnit;
  readonly dimensions: DimensionSet;
  /** What one data point says. */
  readonly meaning: string;
}

/**
 * The metrics. Source: the developer guides of API Gateway ("Amazon API Gateway dimensions and metrics"), Lambda ("Types
 * of metrics for Lambda functions"), DynamoDB ("DynamoDB metrics and dimensions") and WAF ("AWS WAF metrics and dimensions").
 */
export const PLATFORM_METRICS: readonly PlatformMetric[] = [
  {
    namespace: 'AWS/ApiGateway',
    name: '5XXError',
    unit: 'Count',
    dimensions: ['ApiName', 'Stage'],
    meaning: 'an answer with a status of 500 or more, whoever gave it',
  },
  {
    namespace: 'AWS/ApiGateway',
    name: '4XXError',
    unit: 'Count',
    dimensions: ['ApiName', 'Stage'],
    meaning: 'an answer with a status from 400 to 499, whoever gave it',
  },
  {
    namespace: 'AWS/ApiGateway',
    name: 'Count',
    unit: 'Count',
    dimensions: ['ApiName', 'Stage'],
    meaning: 'a request to the gateway',
  },
  {
    namespace: 'AWS/ApiGateway',
    name: 'Latency',
    unit: 'Milliseconds',
    dimensions: ['ApiName', 'Stage'],
    meaning: 'from the request to the answer, as the gateway sees it',
  },
  {
    namespace: 'AWS/Lambda',
    name: 'Errors',
    unit: 'Count',
    dimensions: ['FunctionName'],
    meaning: 'an invocation ended with an error that the function did not answer with: a crash, a time-out',
  },
  {
    namespace: 'AWS/Lambda',
    name: 'Throttles',
    unit: 'Count',
    dimensions: ['FunctionName'],
    meaning: 'an invocation was refused for want of concurrency',
  },
  {
    namespace: 'AWS/DynamoDB',
    name: 'ConsumedWriteCapacityUnits',
    unit: 'Count',
    dimensions: ['TableName'],
    meaning: 'write units that a request to the table used',
  },
  {
    namespace: 'AWS/DynamoDB',
    name: 'ConsumedReadCapacityUnits',
    unit: 'Count',
    dimensions: ['TableName'],
    meaning: 'read units that a request to the table used',
  },
  {
    namespace: 'AWS/DynamoDB',
    name: 'WriteThrottleEvents',
    unit: 'Count',
    dimensions: ['TableName'],
    meaning: 'a write was throttled',
  },
  {
    namespace: 'AWS/WAFV2',
    name: 'BlockedRequests',
    unit: 'Count',
    dimensions: ['WebACL', 'Rule', 'Region'],
    meaning: 'the web ACL blocked a request by a rule',
  },
];
