/** Alarms, metric filters and the topic: whether what is deployed is what `core/alarms` says and the drill has proved. */

import {
  ALARMS,
  type AlarmDefinition,
  type AlarmId,
  type Capacity,
  capacityOf,
  RATES,
} from '../../../core/alarms/index.ts';
import { GATEWAY_METRICS } from '../../../core/catalogue.ts';
import { alarmLogicalId, alarmResource } from '../../monitoring/alarm-resource.ts';
import { metricFilter } from '../../monitoring/gateway-filters.ts';
import type { Fields } from '../template.ts';
import { differences, escaped } from './expected.ts';
import { isGiven, isOneOf, lacking, type Rule, targetsOf, type View, wantsReference } from './rule.ts';

/** The row of the capacity table that the table of the template has its cap from. */
const rowOf = (view: View): Capacity | undefined => {
  const [table] = view.of('AWS::DynamoDB::Table');
  const { MaxWriteRequestUnits } = (table?.properties['OnDemandThroughput'] ?? {}) as {
    MaxWriteRequestUnits?: unknown;
  };
  return RATES.map((rate) => capacityOf(rate)).find(({ writeUnits }) => writeUnits === Number(MaxWriteRequestUnits));
};

/** USD that the budget of AWS allows for a month; alarms hold spending against the same. */
const budgetOf = (view: View): unknown => {
  const [budget] = view.of('AWS::Budgets::Budget');
  return ((budget?.properties['Budget'] as Fields | undefined)?.['BudgetLimit'] as Fields | undefined)?.['Amount'];
};

/** A variable that functions have: what their metrics carry. */
const variableOf = (view: View, name: string): string => {
  const [seen] = view.of('AWS::Lambda::Function');
  const { Variables } = (seen?.properties['Environment'] ?? {}) as { Variables?: Fields };
  return String(Variables?.[name]);
};

/** What the framework put in place of a placeholder, as a pattern: a number of the row, a name of this service. */
const filledPattern = (placeholder: string, view: View, row: Capacity): string => {
  const key = /^self:custom\.capacity\.(\w+)/.exec(placeholder)?.[1];
  if (key !== undefined) return escaped(String(row[key as keyof Capacity]));
  if (placeholder.startsWith('self:custom.alarmBudgetUsd'))
    return Number(budgetOf(view)) > 0 ? `0*${escaped(String(budgetOf(view)))}` : '\\d+';
  if (placeholder.startsWith('self:custom.metricsNamespace'))
    return escaped(variableOf(view, 'POWERTOOLS_METRICS_NAMESPACE'));
  if (placeholder.startsWith('self:custom.metricsService')) return escaped(variableOf(view, 'POWERTOOLS_SERVICE_NAME'));
  return '[\\w./-]+';
};

/** Words of a mail, which nothing is decided by. */
const isWording = (path: string): boolean => path.startsWith('/Properties/AlarmDescription');

const definitionProblems = (view: View, id: string, wanted: Fields, row: Capacity): readonly string[] => {
  const resource = view.template.Resources[id];
  if (resource === undefined) return [`${id}: is missing`];
  return differences(wanted, resource, (placeholder) => filledPattern(placeholder, view, row), '')
    .filter((path) => !isWording(path))
    .map((path) => `${id}: is not what was drilled (${path.slice(1)})`);
};

const isNeeded = (alarm: AlarmDefinition, view: View): boolean =>
  alarm.kind === 'composite' || alarm.needs !== 'waf' || view.of('AWS::WAFv2::WebACL').length > 0;

const definitions: Rule = {
  name: 'alarms as drilled',
  why: 'an alarm with another threshold, period or metric than the one that the drill proved may never ring',
  types: ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm', 'AWS::Logs::MetricFilter'],
  check: (view) => {
    const row = rowOf(view);
    if (row === undefined) return ['QuotaTable: its cap of writes is of no row of the capacity table'];
    return [
      ...(Object.entries(ALARMS) as [AlarmId, AlarmDefinition][])
        .filter(([, alarm]) => isNeeded(alarm, view))
        .flatMap(([id, alarm]) => definitionProblems(view, alarmLogicalId(id), alarmResource(id, alarm), row)),
      ...Object.entries(GATEWAY_METRICS).flatMap(([name, metric]) =>
        definitionProblems(view, `${name}Filter`, metricFilter(name, metric), row),
      ),
    ];
  },
};

const capacity: Rule = {
  name: 'capacity',
  why: 'a gateway that lets more through than the table takes turns a busy hour into a denial of service',
  types: ['AWS::DynamoDB::Table', 'AWS::ApiGateway::UsagePlan'],
  check: (view) => {
    const row = rowOf(view);
    if (row === undefined) return [];
    return [
      ...lacking(view, view.of('AWS::DynamoDB::Table'), [
        [
          'OnDemandThroughput.MaxReadRequestUnits',
          isOneOf(row.readUnits),
          'has a cap of reads of another rate than that of writes',
        ],
      ]),
      ...lacking(view, view.of('AWS::ApiGateway::UsagePlan'), [
        ['Throttle.RateLimit', (value) => Number(value) <= row.rateLimit, 'lets more through than the table takes'],
        [
          'Throttle.BurstLimit',
          (value) => Number(value) <= row.burstLimit,
          'lets more through at once than the table takes',
        ],
      ]),
    ];
  },
};

const topics: Rule = {
  name: 'topic',
  why: 'an alarm that nobody hears is none',
  types: ['AWS::SNS::Topic', 'AWS::SNS::Subscription', 'AWS::SNS::TopicPolicy'],
  check: (view) => [
    ...view
      .of('AWS::SNS::Topic')
      .filter(({ id }) => !view.of('AWS::SNS::TopicPolicy').some(({ raw }) => targetsOf(raw['Topics']).includes(id)))
      .map(({ id }) => `${id}: has no policy, and alarms cannot publish`),
    ...lacking(view, view.of('AWS::SNS::Topic'), [
      // The key that AWS manages for SNS lets no alarm use it: they would be lost in silence.
      ['KmsMasterKeyId', (value) => value !== 'alias/aws/sns', 'is encrypted with a key that alarms may not use'],
      ...(view.promises.kms === true
        ? [wantsReference('KmsMasterKeyId', ['AWS::KMS::Key'], 'is not encrypted with the key of the service')]
        : []),
      ['TopicName', isGiven, 'has no name of its service and stage'],
    ]),
    ...lacking(view, view.of('AWS::SNS::Subscription'), [
      wantsReference('TopicArn', ['AWS::SNS::Topic'], 'is of no topic of this template'),
      ['Protocol', isOneOf('email', 'https', 'sqs', 'lambda'), 'tells somebody without encryption'],
      ['Endpoint', isGiven, 'tells nobody'],
      ['FilterPolicy', (value) => value === undefined, 'hears some alarms only'],
    ]),
    ...view
      .of('AWS::SNS::Subscription')
      .filter(
        ({ properties }) =>
          properties['Protocol'] === 'email' && !/^[^@\s]+@[^@\s]+\.[a-z]+$/.test(String(properties['Endpoint'])),
      )
      .map(({ id }) => `${id}: tells nobody (Endpoint)`),
    ...view
      .of('AWS::SNS::Subscription')
      .filter(({ properties }) => properties['Protocol'] !== 'email' && /^[^/]+@/.test(String(properties['Endpoint'])))
      .map(({ id }) => `${id}: tells an address in a way that it does not hear (Protocol)`),
  ],
};

/** Rules about alarms. That each watches what is emitted, and tells somebody, `check-alarms.ts` asks. */
export const ALARM_RULES: readonly Rule[] = [definitions, capacity, topics];
