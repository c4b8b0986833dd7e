/** Alarms that watch something that is there, and tell somebody. */

import {
  GATEWAY_METRICS,
  METRIC_DIMENSIONS,
  METRICS,
  METRICS_NAMESPACE,
  PLATFORM_METRICS,
} from '../../core/catalogue.ts';
import { type Fields, resourcesOf, type Template } from './template.ts';

/** Dimension `service` of metrics where the environment names none. */
const DEFAULT_SERVICE = 'bulwark';

/** CloudWatch looks back a day, or a week in periods of an hour and more. Source: PutMetricAlarm, `Period`. */
const DAY = 86_400;
const WEEK = 7 * DAY;
const HOUR = 3600;

interface Watched {
  readonly Namespace?: string;
  readonly MetricName?: string;
  readonly Dimensions?: readonly { readonly Name: string; readonly Value: unknown }[];
}

interface Query {
  readonly Expression?: unknown;
  readonly MetricStat?: { readonly Metric: Watched; readonly Period: number };
}

const queriesOf = (alarm: Fields): readonly Query[] => (alarm['Metrics'] ?? []) as readonly Query[];

const watchedBy = (alarm: Fields): readonly Watched[] =>
  alarm['MetricName'] === undefined
    ? queriesOf(alarm).flatMap(({ MetricStat }) => MetricStat?.Metric ?? [])
    : [alarm as Watched];

/** What the functions' metrics carry: their namespaces and services. */
const emitted = (template: Template, variable: string, fallback: string): ReadonlySet<unknown> =>
  new Set(
    resourcesOf(template, 'AWS::Lambda::Function').map(([, { Environment }]) => {
      const { Variables = {} } = (Environment ?? {}) as { Variables?: Fields };
      return Variables[variable] ?? fallback;
    }),
  );

/** Whether a value refers to a resource of a type. */
const refersTo = (template: Template, type: string, value: unknown): boolean => {
  const { Ref = '' } = (value ?? {}) as { Ref?: string };
  return template.Resources[Ref]?.Type === type;
};

/** Whether a dimension of AWS's own metrics has a value that something in the template gives it. */
const isThere = (template: Template, name: string, value: unknown): boolean => {
  switch (name) {
    case 'FunctionName':
      return refersTo(template, 'AWS::Lambda::Function', value);
    case 'TableName':
      return refersTo(template, 'AWS::DynamoDB::Table', value);
    case 'ApiName':
      return resourcesOf(template, 'AWS::ApiGateway::RestApi').some(([, { Name }]) => Name === value);
    case 'Stage':
      return [
        ...resourcesOf(template, 'AWS::ApiGateway::Deployment'),
        ...resourcesOf(template, 'AWS::ApiGateway::Stage'),
      ].some(([, { StageName }]) => StageName === value);
    case 'WebACL': {
      const lists = resourcesOf(template, 'AWS::WAFv2::WebACL');
      const names = lists.map(([, { VisibilityConfig }]) => (VisibilityConfig as Fields | undefined)?.['MetricName']);
      return lists.length === 0 || names.includes(value);
    }
    default:
      return true;
  }
};

const platformProblems = (template: Template, { Namespace, MetricName, Dimensions = [] }: Watched): string[] => {
  const known = PLATFORM_METRICS.find(({ namespace, name }) => namespace === Namespace && name === MetricName);
  if (known === undefined) return [`namespace ${Namespace}`, `nothing emits ${MetricName}`];
  const same = known.dimensions.join() === Dimensions.map(({ Name }) => Name).join();
  return same && Dimensions.every(({ Name, Value }) => isThere(template, Name, Value))
    ? []
    : ['dimensions that nothing emits'];
};

/** Whether a filter of the template makes a metric of the gateway's. */
const isFiltered = (template: Template, { Namespace, MetricName }: Watched): boolean =>
  resourcesOf(template, 'AWS::Logs::MetricFilter').some(([, { MetricTransformations }]) =>
    (MetricTransformations as readonly Fields[]).some(
      (made) => made['MetricNamespace'] === Namespace && made['MetricName'] === MetricName,
    ),
  );

const metricProblems = (template: Template, watched: Watched, alone: boolean): string[] => {
  const { Namespace, MetricName = '', Dimensions = [] } = watched;
  if (Namespace?.startsWith('AWS/') === true) return platformProblems(template, watched);
  const [dimension] = Dimensions;
  // Beside a metric of the kit's own, one of a gateway that a service does not have adds nothing and harms nothing.
  const isMade = MetricName in METRICS || (MetricName in GATEWAY_METRICS && (!alone || isFiltered(template, watched)));
  const isEmitted =
    Dimensions.length === 1 &&
    dimension?.Name === METRIC_DIMENSIONS[0] &&
    emitted(template, 'POWERTOOLS_SERVICE_NAME', DEFAULT_SERVICE).has(dimension.Value);
  return [
    ...(emitted(template, 'POWERTOOLS_METRICS_NAMESPACE', METRICS_NAMESPACE).has(Namespace)
      ? []
      : [`namespace ${Namespace}`]),
    ...(isMade ? [] : [`nothing emits ${MetricName}`]),
    ...(isEmitted ? [] : ['dimensions that nothing emits']),
  ];
};

/** Periods that CloudWatch refuses: it looks back a day, a week where they are hours. */
const rangeProblems = (alarm: Fields): string[] => {
  const periods = [alarm['Period'], ...queriesOf(alarm).map(({ MetricStat }) => MetricStat?.Period)].filter(
    (period) => typeof period === 'number',
  );
  const period = Math.max(0, ...periods);
  const range = period * Number(alarm['EvaluationPeriods']);
  return [
    ...(new Set(periods).size > 1 ? ['periods that differ'] : []),
    ...(range > (period < HOUR ? DAY : WEEK) ? [`looks back ${range} s`] : []),
  ];
};

/** ` / 0`, ` / -0.0`, ` / -5`, ` / NaN`: divided by no number above it. */
const NO_DIVISOR = /\/\s*(?:-|0+(?:\.0*)?(?![\d.])|NaN\b|undefined\b|null\b)/i;

/** Expressions without a value: CloudWatch drops a data point that is divided by zero, and the alarm never rings. */
const divisionProblems = (alarm: Fields): string[] =>
  queriesOf(alarm).some(({ Expression }) => typeof Expression === 'string' && NO_DIVISOR.test(Expression))
    ? ['divides by zero or less, and never rings: is a budget or a rate 0?']
    : [];

const silence = (alarm: Fields): string[] =>
  ((alarm['AlarmActions'] ?? []) as unknown[]).length === 0 ? ['tells nobody'] : [];

/** Alarms that a composite names and the template has not. */
const missing = (template: Template, { AlarmRule }: Fields): string[] =>
  [...JSON.stringify(AlarmRule).matchAll(/\$\{(\w+)(?:\.Arn)?\}/g)]
    .map(([, id = '']) => id)
    .filter((id) => template.Resources[id]?.Type.startsWith('AWS::CloudWatch::') !== true)
    .map((id) => `there is no ${id}`);

/** Alarms on metrics that nothing emits, or not like that; alarms that CloudWatch refuses; alarms that tell nobody. */
export const checkAlarms = (template: Template): readonly string[] => [
  ...resourcesOf(template, 'AWS::CloudWatch::Alarm').flatMap(([id, alarm]) => {
    const watched = watchedBy(alarm);
    const alone = watched.every(({ MetricName = '' }) => MetricName in GATEWAY_METRICS);
    const problems = watched.flatMap((each) => metricProblems(template, each, alone));
    return [
      ...(watched.length === 0 ? ['watches nothing'] : problems),
      ...rangeProblems(alarm),
      ...divisionProblems(alarm),
      ...silence(alarm),
    ].map((problem) => `${id}: ${problem}`);
  }),
  ...resourcesOf(template, 'AWS::CloudWatch::CompositeAlarm').flatMap(([id, alarm]) =>
    [...missing(template, alarm), ...silence(alarm)].map((problem) => `${id}: ${problem}`),
  ),
];
