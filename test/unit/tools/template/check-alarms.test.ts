import { describe, expect, test } from 'vitest';
import { checkAlarms } from '../../../../tools/template/check-alarms.ts';
import type { Fields, Resource } from '../../../../tools/template/template.ts';

const service = [{ Name: 'service', Value: 'shop-dev' }];

const FUNCTION: Resource = {
  Type: 'AWS::Lambda::Function',
  Properties: { Environment: { Variables: { POWERTOOLS_SERVICE_NAME: 'shop-dev' } } },
};

const problems = (alarm: Fields, more: Readonly<Record<string, Resource>> = {}): readonly string[] =>
  checkAlarms({
    Resources: {
      Chat: FUNCTION,
      Some: { Type: 'AWS::CloudWatch::Alarm', Properties: { AlarmActions: [{ Ref: 'Topic' }], ...alarm } },
      ...more,
    },
  }).map((problem) => problem.replace('Some: ', ''));

const own = (MetricName: string, more: Fields = {}): Fields => ({
  Namespace: 'Bulwark',
  MetricName,
  Dimensions: service,
  Period: 300,
  EvaluationPeriods: 1,
  ...more,
});

const queries = (...periods: readonly number[]): Fields => ({
  EvaluationPeriods: 3,
  Metrics: periods.map((Period, index) => ({
    Id: `m${index}`,
    MetricStat: { Period, Metric: own('Requests') },
  })),
});

describe('an alarm', () => {
  test('on what functions emit has no problem', () => {
    expect(problems(own('PromptsBlocked'))).toEqual([]);
    expect(problems(queries(300, 300))).toEqual([]);
  });

  test('on another name, namespace, service or dimension watches nothing', () => {
    expect(problems(own('PromptsBlockd'))).toEqual(['nothing emits PromptsBlockd']);
    expect(problems(own('Requests', { Namespace: 'Other' }))).toEqual(['namespace Other']);
    for (const Dimensions of [[], [{ Name: 'service', Value: 'shop-prod' }], [{ Name: 'model', Value: 'shop-dev' }]])
      expect(problems(own('Requests', { Dimensions }))).toEqual(['dimensions that nothing emits']);
    expect(problems({})).toEqual(['watches nothing']);
  });

  test('that tells nobody is found', () => {
    expect(problems(own('Requests', { AlarmActions: [] }))).toEqual(['tells nobody']);
  });

  test('on refusals of the gateway wants the filter that makes them', () => {
    const filter: Resource = {
      Type: 'AWS::Logs::MetricFilter',
      Properties: { MetricTransformations: [{ MetricNamespace: 'Bulwark', MetricName: 'GatewayThrottles' }] },
    };
    expect(problems(own('GatewayThrottles'))).toEqual(['nothing emits GatewayThrottles']);
    expect(problems(own('GatewayThrottles'), { Filter: filter })).toEqual([]);
  });

  test('on a metric of AWS names a resource of the template', () => {
    const throttles = (Value: unknown): Fields =>
      own('Throttles', { Namespace: 'AWS/Lambda', Dimensions: [{ Name: 'FunctionName', Value }] });
    expect(problems(throttles({ Ref: 'Chat' }))).toEqual([]);
    expect(problems(throttles({ Ref: 'Nobody' }))).toEqual(['dimensions that nothing emits']);
    expect(problems(own('Throttles', { Namespace: 'AWS/Lambda' }))).toEqual(['dimensions that nothing emits']);
    expect(problems(own('Throttls', { Namespace: 'AWS/Lambda' }))).toContain('nothing emits Throttls');
  });

  test('looks back a day, or a week of hours', () => {
    expect(problems(own('Requests', { Period: 300, EvaluationPeriods: 289 }))).toEqual(['looks back 86700 s']);
    expect(problems(own('Requests', { Period: 3600, EvaluationPeriods: 168 }))).toEqual([]);
    expect(problems(own('Requests', { Period: 86_400, EvaluationPeriods: 8 }))).toEqual(['looks back 691200 s']);
  });

  test('divides by a budget or a rate that is there', () => {
    const divided = (by: string): readonly string[] =>
      problems({
        ...queries(300),
        Metrics: [...(queries(300)['Metrics'] as Fields[]), { Id: 'value', Expression: `100 * m0 * 8640 / ${by}` }],
      });
    for (const by of ['100', '0.5', '0.035', '60 * 100']) expect([by, divided(by)]).toEqual([by, []]);
    for (const by of ['0', '0.0', '00', '-5', 'NaN', '0 * 100'])
      expect([by, divided(by)]).toEqual([by, ['divides by zero or less, and never rings: is a budget or a rate 0?']]);
  });

  test('has one period for all of its metrics', () => {
    expect(problems(queries(60, 300))).toEqual(['periods that differ']);
  });
});

describe('a composite', () => {
  const alarm = (id: string): string => `\${${id}}`;
  const composite = (rule: string): Resource => ({
    Type: 'AWS::CloudWatch::CompositeAlarm',
    Properties: { AlarmRule: { 'Fn::Sub': rule }, AlarmActions: [{ Ref: 'Topic' }] },
  });

  test('names alarms of the template', () => {
    const both = { Both: composite(`ALARM("${alarm('Some')}") OR ALARM("${alarm('Other')}")`) };
    expect(problems(own('Requests'), both)).toEqual(['Both: there is no Other']);
    expect(problems(own('Requests'), { Both: composite(`ALARM("${alarm('Some.Arn')}")`) })).toEqual([]);
  });
});
