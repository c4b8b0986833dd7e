/** An alarm of the list as a resource of CloudFormation. */

import {
  type AlarmDefinition,
  type AlarmId,
  type AlarmRule,
  MISSING_DATA,
  runbookOf,
  type ThresholdAlarm,
} from '../../core/alarms/index.ts';
import { isPerFunction, spread } from './alarm-metrics.ts';
import { capacityNumber, filledIn, variable } from './placeholders.ts';

/** A resource, as it stands in the file. */
export type ResourceTree = Readonly<Record<string, unknown>>;

/** Condition of alarms that need the web ACL. */
export const WAF_CONDITION = 'AlarmsOnWaf';

const TOPIC = [{ Ref: 'AlarmTopic' }];

/** Logical id of an alarm. */
export const alarmLogicalId = (id: AlarmId): string => `${id}Alarm`;

const description = (id: AlarmId, { severity, meaning }: AlarmDefinition): string =>
  `[${severity}] ${meaning} Runbook: ${runbookOf(id)}`;

const ruleText = (rule: AlarmRule, nested = false): string => {
  if (typeof rule === 'string') return `ALARM("${variable(alarmLogicalId(rule))}")`;
  const text =
    'any' in rule
      ? rule.any.map((part) => ruleText(part, true)).join(' OR ')
      : rule.all.map((part) => ruleText(part, true)).join(' AND ');
  return nested ? `(${text})` : text;
};

/** The alarms that a rule names. */
export const namedBy = (rule: AlarmRule): readonly AlarmId[] =>
  typeof rule === 'string' ? [rule] : ('any' in rule ? rule.any : rule.all).flatMap(namedBy);

type Evaluated = Exclude<AlarmDefinition, { kind: 'composite' }>;

/** What is compared, where it is more than one metric as it is. */
const expressionOf = (alarm: Evaluated): string | undefined => {
  if (alarm.expression !== undefined) return filledIn(alarm.expression);
  const [[id, reading] = []] = Object.entries(alarm.readings);
  if (id === undefined || reading === undefined || !isPerFunction(reading.metric)) return undefined;
  return `SUM([${spread(id, reading)
    .map(([each]) => `FILL(${each}, 0)`)
    .join(', ')}])`;
};

const readingQueries = (alarm: Evaluated): readonly ResourceTree[] =>
  Object.entries(alarm.readings)
    .flatMap(([id, reading]) => spread(id, reading))
    .map(([Id, Stat, Metric]) => ({ Id, ReturnData: false, MetricStat: { Stat, Period: alarm.period, Metric } }));

const evaluation = (alarm: Evaluated): ResourceTree => ({
  EvaluationPeriods: alarm.evaluations,
  DatapointsToAlarm: alarm.datapoints,
  TreatMissingData: MISSING_DATA,
});

const numberOf = (threshold: ThresholdAlarm['threshold']): number | string =>
  typeof threshold === 'number' ? threshold : capacityNumber(threshold);

/** One metric as it is: no math, and none of its price. */
const singleMetric = (alarm: ThresholdAlarm): ResourceTree => {
  const [[, Statistic, metric] = []] = Object.entries(alarm.readings).flatMap(([id, reading]) => spread(id, reading));
  return { ...metric, Statistic, Period: alarm.period };
};

const evaluated = (alarm: Evaluated): ResourceTree => {
  const expression = expressionOf(alarm);
  const value = { Id: 'value', ReturnData: true, Expression: expression };
  if (alarm.kind === 'band')
    return {
      Metrics: [
        ...readingQueries(alarm),
        value,
        { Id: 'band', ReturnData: true, Expression: `ANOMALY_DETECTION_BAND(value, ${alarm.deviations})` },
      ],
      ComparisonOperator: 'GreaterThanUpperThreshold',
      ThresholdMetricId: 'band',
      ...evaluation(alarm),
    };
  return {
    ...(expression === undefined ? singleMetric(alarm) : { Metrics: [...readingQueries(alarm), value] }),
    ComparisonOperator: alarm.comparison,
    Threshold: numberOf(alarm.threshold),
    ...evaluation(alarm),
  };
};

/**
 * The resource. All tell the one topic when they ring; composites also say when it is over, since that ends what
 * somebody was called for.
 */
export const alarmResource = (id: AlarmId, alarm: AlarmDefinition): ResourceTree =>
  alarm.kind === 'composite'
    ? {
        Type: 'AWS::CloudWatch::CompositeAlarm',
        Properties: {
          AlarmDescription: description(id, alarm),
          AlarmRule: { 'Fn::Sub': ruleText(alarm.rule) },
          AlarmActions: TOPIC,
          OKActions: TOPIC,
        },
      }
    : {
        Type: 'AWS::CloudWatch::Alarm',
        ...(alarm.needs === 'waf' ? { Condition: WAF_CONDITION } : {}),
        Properties: { AlarmDescription: description(id, alarm), ...evaluated(alarm), AlarmActions: TOPIC },
      };
