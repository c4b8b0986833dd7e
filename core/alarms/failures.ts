/** Alarms on what fails: controls, the model, the functions and what stands before them. */

import { type AlarmDefinition, type FailureAlarmId, FIVE_MINUTES, MINUTE } from './definition.ts';

const ONCE = { period: FIVE_MINUTES, datapoints: 1, evaluations: 1 } as const;
const AT_LEAST = { kind: 'threshold', comparison: 'GreaterThanOrEqualToThreshold' } as const;

/** Per cent of requests, where at least five failed. */
const shareOf = (failed: string): string =>
  `IF(FILL(${failed}, 0) >= 5, 100 * FILL(${failed}, 0) / FILL(requests, 1), 0)`;

/** See {@link ALARMS}. */
export const FAILURE_ALARMS: Readonly<Record<FailureAlarmId, AlarmDefinition>> = {
  ControlsFailedOpen: {
    ...AT_LEAST,
    ...ONCE,
    severity: 'page',
    meaning: 'Requests go on without the decision of a control: the policy lets it fail open, and it fails.',
    readings: { open: { metric: 'ControlsFailedOpen', stat: 'Sum' } },
    threshold: 1,
  },
  ControlFailures: {
    ...AT_LEAST,
    ...ONCE,
    severity: 'mail',
    meaning: 'A control could not decide, mostly because the table was out of reach.',
    readings: { failures: { metric: 'ControlFailures', stat: 'Sum' } },
    threshold: 5,
  },
  AuditFailures: {
    ...AT_LEAST,
    ...ONCE,
    severity: 'page',
    meaning: 'Audit records are not written to their log group.',
    readings: { failures: { metric: 'AuditFailures', stat: 'Sum' } },
    threshold: 1,
  },
  InternalErrors: {
    ...AT_LEAST,
    ...ONCE,
    severity: 'mail',
    meaning: 'Requests fail inside the service.',
    readings: { errors: { metric: 'InternalErrors', stat: 'Sum' } },
    threshold: 1,
  },
  UpstreamErrors: {
    ...ONCE,
    kind: 'threshold',
    severity: 'page',
    meaning: 'Bedrock fails: more than five per cent of the requests of five minutes met an error or a time-out.',
    readings: { errors: { metric: 'UpstreamErrors', stat: 'Sum' }, requests: { metric: 'Requests', stat: 'Sum' } },
    expression: shareOf('errors'),
    comparison: 'GreaterThanThreshold',
    threshold: 5,
  },
  UpstreamThrottles: {
    kind: 'threshold',
    severity: 'mail',
    meaning: 'Bedrock throttles: more than five per cent of the requests were refused for it, twice within 15 minutes.',
    readings: {
      throttles: { metric: 'UpstreamThrottles', stat: 'Sum' },
      requests: { metric: 'Requests', stat: 'Sum' },
    },
    expression: shareOf('throttles'),
    comparison: 'GreaterThanThreshold',
    threshold: 5,
    period: FIVE_MINUTES,
    datapoints: 2,
    evaluations: 3,
  },
  QuotaSettle: {
    ...AT_LEAST,
    ...ONCE,
    severity: 'mail',
    meaning: 'Reservations cannot be settled and stay charged in full.',
    readings: { unsettled: { metric: 'QuotaSettleFailed', stat: 'Sum' } },
    threshold: 5,
  },
  ServerErrors: {
    ...AT_LEAST,
    ...ONCE,
    severity: 'page',
    meaning: 'Callers get answers of 500 and more.',
    readings: { errors: { metric: 'AWS/ApiGateway 5XXError', stat: 'Sum' } },
    threshold: 'serverErrorsCeiling',
  },
  FunctionErrors: {
    ...AT_LEAST,
    ...ONCE,
    severity: 'page',
    meaning: 'Functions crash or run out of time: what they did not come to say is in no other metric.',
    readings: { errors: { metric: 'AWS/Lambda Errors', stat: 'Sum' } },
    threshold: 3,
  },
  FunctionThrottles: {
    ...AT_LEAST,
    ...ONCE,
    severity: 'mail',
    meaning: 'Lambda refuses invocations for want of concurrency.',
    readings: { throttles: { metric: 'AWS/Lambda Throttles', stat: 'Sum' } },
    threshold: 5,
  },
  GatewayThrottles: {
    ...AT_LEAST,
    ...ONCE,
    severity: 'mail',
    meaning: 'The gateway refuses requests: the rate or the quota of a usage plan is passed.',
    readings: { throttles: { metric: 'GatewayThrottles', stat: 'Sum' } },
    threshold: 'throttlesCeiling',
  },
  TableCapacity: {
    kind: 'threshold',
    severity: 'mail',
    meaning: "70 % of the table's cap are in use; at 100 %, budgets that are closed refuse everybody.",
    readings: {
      writes: { metric: 'AWS/DynamoDB ConsumedWriteCapacityUnits', stat: 'Sum' },
      reads: { metric: 'AWS/DynamoDB ConsumedReadCapacityUnits', stat: 'Sum' },
    },
    expression: 'MAX([FILL(writes, 0) / {writeUnits}, FILL(reads, 0) / {readUnits}]) / 60 * 100',
    comparison: 'GreaterThanThreshold',
    threshold: 70,
    period: MINUTE,
    datapoints: 3,
    evaluations: 5,
  },
  WafBlocks: {
    ...AT_LEAST,
    ...ONCE,
    severity: 'mail',
    meaning: 'The web ACL blocks many requests.',
    readings: { blocks: { metric: 'AWS/WAFV2 BlockedRequests', stat: 'Sum' } },
    threshold: 'wafCeiling',
    needs: 'waf',
  },
};
