/** What an alarm says: data, from which the template, the dashboard, the runbooks' names and the drill come. */

import type { GatewayMetricName, MetricName } from '../catalogue.ts';
import type { CapacityKey } from './capacity.ts';

/** Alarms on what is spent. */
export type SpendAlarmId =
  | 'TokenAnomaly'
  | 'TokenCeiling'
  | 'TokenDrip'
  | 'SpendAnomaly'
  | 'SpendCeiling'
  | 'SpendDrip'
  | 'SpendPace'
  | 'AccountQuota';

/** Alarms on what attackers do. */
export type HostileAlarmId =
  | 'BlockedShareAnomaly'
  | 'BlockedShareCeiling'
  | 'BlockedDrip'
  | 'PromptsBlocked'
  | 'AuthFailures'
  | 'SecretsRedacted'
  | 'RedactionSurge'
  | 'LeaksBlocked';

/** Alarms on what fails. */
export type FailureAlarmId =
  | 'ControlsFailedOpen'
  | 'ControlFailures'
  | 'AuditFailures'
  | 'InternalErrors'
  | 'UpstreamErrors'
  | 'UpstreamThrottles'
  | 'QuotaSettle'
  | 'ServerErrors'
  | 'FunctionErrors'
  | 'FunctionThrottles'
  | 'GatewayThrottles'
  | 'TableCapacity'
  | 'WafBlocks';

/** Alarms on alarms. */
export type CompositeAlarmId = 'AttackInProgress' | 'BudgetAtRisk';

/** Names of alarms. The logical id in the template is the name and `Alarm`. */
export type AlarmId = SpendAlarmId | HostileAlarmId | FailureAlarmId | CompositeAlarmId;

/** A metric of AWS's own, as `PLATFORM_METRICS` names it. */
export type PlatformMetricName =
  | 'AWS/ApiGateway 5XXError'
  | 'AWS/Lambda Errors'
  | 'AWS/Lambda Throttles'
  | 'AWS/DynamoDB ConsumedWriteCapacityUnits'
  | 'AWS/DynamoDB ConsumedReadCapacityUnits'
  | 'AWS/WAFV2 BlockedRequests';

/** How data points of a period become one. */
export type Statistic = 'Sum' | 'Maximum' | 'Average';

/** A metric that an alarm reads. */
export interface Reading {
  readonly metric: MetricName | GatewayMetricName | PlatformMetricName;
  readonly stat: Statistic;
}

/** What somebody has to do about it, and when: `page` is now, `mail` is today. */
export type Severity = 'page' | 'mail';

/** Switches of a deployment that an alarm needs. */
export type AlarmSwitch = 'waf';

interface Described {
  readonly severity: Severity;
  /** What it means that it rings: one sentence, the first of the mail. */
  readonly meaning: string;
}

interface Evaluated extends Described {
  /** The metrics it reads, by the ids that expressions use. Metrics per function are read for each function. */
  readonly readings: Readonly<Record<string, Reading>>;
  /** Length of a data point in seconds. */
  readonly period: number;
  /** It rings when so many … */
  readonly datapoints: number;
  /** … of so many data points are beyond the threshold. */
  readonly evaluations: number;
  /** Only where this is switched on. */
  readonly needs?: AlarmSwitch;
}

/** One metric, or an expression over some, against a number. */
export interface ThresholdAlarm extends Evaluated {
  readonly kind: 'threshold';
  /**
   * Metric math over the readings; the only reading where there is none. `{key}` stands for a number of the capacity
   * table or for `budgetUsd`, the USD a month of `monthlyBudgetUsd`.
   */
  readonly expression?: string;
  readonly comparison: 'GreaterThanThreshold' | 'GreaterThanOrEqualToThreshold';
  readonly threshold: number | CapacityKey;
}

/** A metric, or an expression, against what is usual for it at this hour. */
export interface BandAlarm extends Evaluated {
  readonly kind: 'band';
  /** As in {@link ThresholdAlarm}. */
  readonly expression: string;
  /** Width of the band in standard deviations, as `ANOMALY_DETECTION_BAND` takes it. */
  readonly deviations: number;
  /** Alarms without a band for day one, and for what a band gets used to. */
  readonly twins: readonly AlarmId[];
}

/** When a composite rings: an alarm, or some or all of several. */
export type AlarmRule = AlarmId | { readonly any: readonly AlarmRule[] } | { readonly all: readonly AlarmRule[] };

/** Several alarms in one. */
export interface CompositeAlarm extends Described {
  readonly kind: 'composite';
  readonly rule: AlarmRule;
}

/** An alarm. */
export type AlarmDefinition = ThresholdAlarm | BandAlarm | CompositeAlarm;

/** Periods, in seconds. */
export const MINUTE: number = 60;
export const FIVE_MINUTES: number = 300;
export const HOUR: number = 3600;
export const DAY: number = 86_400;

/** Everything is missing while nothing happens, and a night without traffic is no alarm. */
export const MISSING_DATA = 'notBreaching';
