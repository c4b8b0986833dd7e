/** Alarms of a packaged template, ready to be evaluated. Source: CloudFormation reference, AWS::CloudWatch::Alarm. */

import { resourcesOf, type Template } from '../../template/template.ts';
import { type CompositeRule, parseRule } from './composite-rule.ts';
import { type Expression, parseExpression } from './math-syntax.ts';
import type { MetricName, Statistic } from './metric-store.ts';
import type { EvaluationRule, TreatMissingData } from './missing-data.ts';
import { resolved } from './template-values.ts';

/** A metric that an alarm reads. */
export interface MetricReading {
  readonly metric: MetricName;
  readonly statistic: Statistic;
}

/** How a data point is held against the threshold. */
export type Comparison =
  | 'GreaterThanThreshold'
  | 'GreaterThanOrEqualToThreshold'
  | 'LessThanThreshold'
  | 'LessThanOrEqualToThreshold'
  | 'GreaterThanUpperThreshold'
  | 'LessThanLowerThreshold'
  | 'LessThanLowerOrGreaterThanUpperThreshold';

/** An alarm on a metric or an expression. */
export interface MetricAlarm extends EvaluationRule {
  readonly name: string;
  /** Metrics by the ids that expressions use. */
  readonly readings: ReadonlyMap<string, MetricReading>;
  /** Expressions by their ids, without bands. */
  readonly expressions: ReadonlyMap<string, Expression>;
  /** Id of what is watched. */
  readonly watched: string;
  readonly periodMs: number;
  readonly comparison: Comparison;
  readonly threshold: number;
  /** Deviations of the band that stands in place of the threshold. */
  readonly bandWidth: number | undefined;
}

/** An alarm on alarms. */
export interface CompositeAlarm {
  readonly name: string;
  readonly rule: CompositeRule;
}

interface Metric {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions?: readonly { readonly Name: string; readonly Value: string }[];
}

interface Query {
  readonly Id: string;
  readonly ReturnData?: boolean;
  readonly Expression?: string;
  readonly MetricStat?: { readonly Stat: Statistic; readonly Period: number; readonly Metric: Metric };
}

interface Properties extends Partial<Metric> {
  readonly Statistic?: Statistic;
  readonly Period?: number;
  readonly Threshold?: number;
  readonly ThresholdMetricId?: string;
  readonly Metrics?: readonly Query[];
  readonly ComparisonOperator: Comparison;
  readonly EvaluationPeriods: number;
  readonly DatapointsToAlarm?: number;
  readonly TreatMissingData?: TreatMissingData;
}

const metricOf = ({ Namespace, MetricName, Dimensions = [] }: Metric): MetricName => ({
  namespace: Namespace,
  name: MetricName,
  dimensions: Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, Value])),
});

const DEFAULT_WIDTH = 2;

const readBand = (expression: Expression): { readonly of: string; readonly width: number } | undefined => {
  if (expression.kind !== 'call' || expression.name !== 'ANOMALY_DETECTION_BAND') return undefined;
  const [of, width] = expression.args;
  return {
    of: of?.kind === 'name' ? of.name : '',
    width: width?.kind === 'number' ? width.value : DEFAULT_WIDTH,
  };
};

/** "Alarms that evaluate metrics in the AWS/DynamoDB namespace" ignore missing data where nothing else is said. */
const missingDataOf = (properties: Properties): TreatMissingData =>
  properties.TreatMissingData ?? (properties.Namespace === 'AWS/DynamoDB' ? 'ignore' : 'missing');

const metricAlarm = (id: string, properties: Properties): MetricAlarm => {
  const {
    Metrics = [],
    Statistic: statistic = 'Sum',
    EvaluationPeriods,
    Threshold = 0,
    ThresholdMetricId,
  } = properties;
  const single: readonly Query[] =
    properties.Namespace === undefined
      ? []
      : [{ Id: 'm1', MetricStat: { Stat: statistic, Period: properties.Period ?? 300, Metric: properties as Metric } }];
  const queries = [...Metrics, ...single];
  const parsed = queries.flatMap(({ Id, Expression: text }) =>
    text === undefined ? [] : [[Id, parseExpression(text)] as const],
  );
  const band = parsed.flatMap(([Id, expression]) => (Id === ThresholdMetricId ? (readBand(expression) ?? []) : []))[0];
  const returned = queries.find(({ Id, ReturnData = true }) => ReturnData && Id !== ThresholdMetricId);
  return {
    name: id,
    readings: new Map(
      queries.flatMap(({ Id, MetricStat: stat }) =>
        stat === undefined ? [] : [[Id, { metric: metricOf(stat.Metric), statistic: stat.Stat }] as const],
      ),
    ),
    expressions: new Map(parsed.filter(([Id]) => Id !== ThresholdMetricId)),
    watched: band?.of ?? returned?.Id ?? '',
    periodMs: 1000 * (queries.find(({ MetricStat: stat }) => stat !== undefined)?.MetricStat?.Period ?? 300),
    comparison: properties.ComparisonOperator,
    threshold: Threshold,
    bandWidth: band?.width,
    evaluationPeriods: EvaluationPeriods,
    datapointsToAlarm: properties.DatapointsToAlarm ?? EvaluationPeriods,
    treatMissingData: missingDataOf(properties),
  };
};

/** The alarms of a template, by their logical ids: their names where the template gives them none. */
export interface AlarmsOfTemplate {
  readonly metric: readonly MetricAlarm[];
  readonly composite: readonly CompositeAlarm[];
}

/** Reads the alarms of a template. @throws SyntaxError for an expression or a rule that the drill cannot evaluate. */
export const alarmsOf = (template: Template): AlarmsOfTemplate => {
  const ofType = (type: string): readonly (readonly [string, Readonly<Record<string, unknown>>])[] =>
    resourcesOf(template, `AWS::CloudWatch::${type}`).map(([id, properties]) => [
      String(resolved(template, { Ref: id })),
      resolved(template, properties) as Readonly<Record<string, unknown>>,
    ]);
  return {
    metric: ofType('Alarm').map(([id, properties]) => metricAlarm(id, properties as unknown as Properties)),
    composite: ofType('CompositeAlarm').map(([name, { AlarmRule }]) => ({ name, rule: parseRule(String(AlarmRule)) })),
  };
};
