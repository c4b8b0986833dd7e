/** The dashboard as a resource of CloudFormation. */

import { ALARMS, type AlarmDefinition, type AlarmId } from '../../core/alarms/index.ts';
import { spread, type TemplateMetric } from './alarm-metrics.ts';
import { alarmLogicalId, type ResourceTree } from './alarm-resource.ts';
import { type Graph, type Line, ROWS } from './dashboard-rows.ts';
import { STACK, variable } from './placeholders.ts';

/** A dashboard is so many units wide. Source: CloudWatch, "Dashboard body structure and syntax". */
const WIDTH = 24;
const HEADING_HEIGHT = 1;
const GRAPH_HEIGHT = 6;
const STATUS_HEIGHT = 4;
const PERIOD = 300;

const REGION = variable('AWS::Region');

/** A value inside of `Fn::Sub`. */
const substituted = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'Ref' in value ? variable(String(value.Ref)) : value;

const metricLine = ({ Namespace, MetricName, Dimensions }: TemplateMetric, stat: string): readonly unknown[] => [
  Namespace,
  MetricName,
  ...Dimensions.flatMap(({ Name, Value }) => [Name, substituted(Value)]),
  { stat },
];

const lineMetrics = ({ metric, stat = 'Sum' }: Line): readonly (readonly unknown[])[] =>
  spread('line', { metric: metric as never, stat: stat as never }).map(([, statistic, each]) =>
    metricLine(each, statistic),
  );

const graphWidget = ({ title, lines, stacked = false }: Graph, x: number, y: number, width: number): ResourceTree => ({
  type: 'metric',
  x,
  y,
  width,
  height: GRAPH_HEIGHT,
  properties: {
    title,
    region: REGION,
    view: 'timeSeries',
    stacked,
    period: PERIOD,
    metrics: lines.flatMap(lineMetrics),
  },
});

/** Alarms that every deployment has: an ARN of one that a condition left out would be none. */
const statusWidget = (): ResourceTree => ({
  type: 'alarm',
  x: 0,
  y: 0,
  width: WIDTH,
  height: STATUS_HEIGHT,
  properties: {
    title: 'Alarms',
    alarms: (Object.entries(ALARMS) as [AlarmId, AlarmDefinition][])
      .filter(([, alarm]) => alarm.kind === 'composite' || alarm.needs === undefined)
      .map(([id]) => variable(`${alarmLogicalId(id)}.Arn`)),
  },
});

const widgets = (): readonly ResourceTree[] =>
  ROWS.flatMap(({ heading, graphs }, row) => {
    const y = STATUS_HEIGHT + row * (HEADING_HEIGHT + GRAPH_HEIGHT);
    const width = WIDTH / graphs.length;
    return [
      {
        type: 'text',
        x: 0,
        y,
        width: WIDTH,
        height: HEADING_HEIGHT,
        properties: { markdown: `## ${heading}`, background: 'transparent' },
      },
      ...graphs.map((graph, index) => graphWidget(graph, index * width, y + HEADING_HEIGHT, width)),
    ];
  });

/** One widget a line: a change of one is a change of a line. */
const body = (): string =>
  `{"start":"-PT24H","widgets":[\n${[statusWidget(), ...widgets()].map((widget) => JSON.stringify(widget)).join(',\n')}\n]}\n`;

/** The resource. */
export const dashboardResource = (): ResourceTree => ({
  Type: 'AWS::CloudWatch::Dashboard',
  Properties: { DashboardName: STACK, DashboardBody: { 'Fn::Sub': body() } },
});
