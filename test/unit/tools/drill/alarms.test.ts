/** Alarms of templates, minute by minute. */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: they are placeholders of CloudFormation

import { describe, expect, test } from 'vitest';
import { alarmsOf } from '../../../../tools/drill/cloudwatch/alarm-definition.ts';
import { raised, type StateChange, stateChanges } from '../../../../tools/drill/cloudwatch/evaluate-alarms.ts';
import { createMetricStore } from '../../../../tools/drill/cloudwatch/metric-store.ts';
import { resolved } from '../../../../tools/drill/cloudwatch/template-values.ts';
import type { Template } from '../../../../tools/template/template.ts';

const MINUTE = 60_000;

const Dimensions = [{ Name: 'service', Value: 'chat' }];

const simple = (more: object): Template['Resources'][string] => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: {
    Namespace: 'Bulwark',
    MetricName: 'Requests',
    Dimensions,
    Statistic: 'Sum',
    Period: 300,
    EvaluationPeriods: 1,
    Threshold: 10,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    TreatMissingData: 'notBreaching',
    ...more,
  },
});

interface Sent {
  readonly minute: number;
  readonly value: number;
  readonly name?: string;
}

const evaluated = (
  Resources: Template['Resources'],
  sent: readonly Sent[],
  { to = 60, arrivalMs = 0, upper }: { to?: number; arrivalMs?: number; upper?: number } = {},
): readonly StateChange[] => {
  const store = createMetricStore();
  for (const { minute, value, name = 'Requests' } of sent)
    store.add({ namespace: 'Bulwark', name, dimensions: { service: 'chat' }, at: minute * MINUTE, value });
  const bandOf = () => (upper === undefined ? undefined : () => ({ lower: 0, upper }));
  const alarms = alarmsOf({ Resources });
  return stateChanges({ alarms, store, bandOf, from: MINUTE, to: to * MINUTE, arrivalMs });
};

const minutesRaised = (changes: readonly StateChange[]): readonly (readonly [string, number])[] =>
  raised(changes).map(({ alarm, at }) => [alarm, at / MINUTE]);

describe('an alarm on a metric', () => {
  test('is evaluated every minute, over a window that slides with it', () => {
    // Three at a time in minutes 8 to 11: five minutes have ten of them only where they lie across full five minutes.
    const sent = [8, 9, 10, 11].map((minute) => ({ minute, value: 3 }));
    expect(minutesRaised(evaluated({ A: simple({}) }, sent))[0]).toEqual(['A', 12]);
  });

  test('evaluates its last data points again when no more come, as the guide warns, and may rise again', () => {
    const sent = [8, 9, 10, 11].map((minute) => ({ minute, value: 3 }));
    expect(minutesRaised(evaluated({ A: simple({}) }, sent)).map(([, minute]) => minute)).toEqual([12, 17, 22]);
  });

  test('sees a data point when it has arrived', () => {
    const sent = [{ minute: 20, value: 10 }];
    expect(minutesRaised(evaluated({ A: simple({}) }, sent, { arrivalMs: 2 * MINUTE }))).toEqual([['A', 23]]);
  });

  test('goes back to OK when the window has passed, and changes its state once', () => {
    const changes = evaluated({ A: simple({}) }, [{ minute: 20, value: 12 }]);
    expect(changes.map(({ at, to }) => [at / MINUTE, to])).toEqual([
      [1, 'OK'],
      [21, 'ALARM'],
      [36, 'OK'], // two more periods are retrieved: while one of them has the only real data point, that one counts
    ]);
  });

  test('looks once an hour, and up to the hour, where its periods are more than a day', () => {
    const days = simple({ Period: 86_400, EvaluationPeriods: 2, DatapointsToAlarm: 1 });
    expect(minutesRaised(evaluated({ A: days }, [{ minute: 602, value: 50 }], { to: 700 }))).toEqual([['A', 660]]);
  });

  test('is another for other dimensions', () => {
    const other = simple({ Dimensions: [...Dimensions, { Name: 'model', Value: 'nova' }] });
    expect(minutesRaised(evaluated({ A: other }, [{ minute: 20, value: 50 }]))).toEqual([]);
  });
});

describe('an alarm on an expression', () => {
  const stat = (Id: string, MetricName: string): object => ({
    Id,
    ReturnData: false,
    MetricStat: { Stat: 'Sum', Period: 300, Metric: { Namespace: 'Bulwark', MetricName, Dimensions } },
  });
  const share = simple({
    Namespace: undefined,
    Threshold: 50,
    Metrics: [
      stat('denied', 'Denied'),
      stat('requests', 'Requests'),
      { Id: 'value', Expression: 'IF(FILL(denied, 0) >= 5, 100 * denied / requests, 0)' },
    ],
  });

  test('watches what the expression comes to', () => {
    const few = [
      { minute: 20, value: 4 },
      { minute: 20, value: 4, name: 'Denied' },
    ];
    const many = [
      { minute: 40, value: 10 },
      { minute: 40, value: 6, name: 'Denied' },
    ];
    expect(minutesRaised(evaluated({ A: share }, [...few, ...many]))).toEqual([['A', 41]]);
  });

  const banded = simple({
    Namespace: undefined,
    ComparisonOperator: 'GreaterThanUpperThreshold',
    ThresholdMetricId: 'band',
    Metrics: [stat('requests', 'Requests'), { Id: 'band', Expression: 'ANOMALY_DETECTION_BAND(requests, 4)' }].map(
      (query) => ({ ...query, ReturnData: true }),
    ),
  });

  test('holds its value against a band', () => {
    const sent = [{ minute: 20, value: 30 }];
    expect(minutesRaised(evaluated({ A: banded }, sent, { upper: 29 }))).toEqual([['A', 21]]);
    expect(minutesRaised(evaluated({ A: banded }, sent, { upper: 30 }))).toEqual([]);
  });

  test('has no data point where the band has no verdict', () => {
    const missing = { ...banded, Properties: { ...banded.Properties, TreatMissingData: 'missing' } };
    expect(evaluated({ A: missing }, [{ minute: 20, value: 3000 }])).toEqual([]);
  });
});

test('a composite follows its alarms in the same minute, by their logical ids', () => {
  const composite = {
    Type: 'AWS::CloudWatch::CompositeAlarm',
    Properties: { AlarmRule: { 'Fn::Sub': 'ALARM("${A}") AND ALARM("${B}")' } },
  };
  const changes = evaluated(
    { A: simple({}), B: simple({ MetricName: 'Denied', AlarmName: 'denied-in-prod' }), Both: composite },
    [
      { minute: 20, value: 10 },
      { minute: 25, value: 10, name: 'Denied' },
    ],
  );
  expect(minutesRaised(changes)).toEqual([
    ['A', 21],
    ['denied-in-prod', 26],
    ['Both', 26],
  ]);
});

test('values of a template come to what CloudFormation would make of them', () => {
  const template: Template = {
    Resources: {
      Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'prod-chat' } },
      Table: { Type: 'AWS::DynamoDB::Table', Properties: {} },
    },
  };
  const value = {
    name: { Ref: 'Api' },
    table: { 'Fn::GetAtt': ['Table', 'Arn'] },
    joined: { 'Fn::Join': ['-', ['a', { Ref: 'Table' }]] },
    text: { 'Fn::Sub': ['${Table.Arn} in ${AWS::Region}, ${x}', { x: { Ref: 'Api' } }] },
    chosen: { 'Fn::If': ['HasWaf', [1], [2]] },
  };
  expect(resolved(template, value)).toEqual({
    name: 'prod-chat',
    table: 'Table',
    joined: 'a-Table',
    text: 'Table in eu-central-1, prod-chat',
    chosen: [1],
  });
});
