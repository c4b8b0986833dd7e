/** Money alerts from AWS's own books. */

import { type Fields, isFields, listOf } from '../template.ts';
import {
  isFrom,
  isGiven,
  isOneOf,
  lacking,
  type Rule,
  type Seen,
  targetsOf,
  type View,
  wantsReference,
} from './rule.ts';

/** Whether somebody who is told is a topic of the template, or an address. */
const tells = (subscribers: readonly unknown[], view: View): boolean =>
  subscribers.length > 0 &&
  subscribers.filter(isFields).every((subscriber) => {
    const [topic] = targetsOf(subscriber['Address']);
    const type = subscriber['SubscriptionType'] ?? subscriber['Type'];
    return type === 'SNS'
      ? topic !== undefined && view.template.Resources[topic]?.Type === 'AWS::SNS::Topic'
      : type === 'EMAIL' && /@/.test(String(subscriber['Address']));
  });

const notificationProblems = ({ id, raw }: Seen, view: View): readonly string[] => {
  const notifications = listOf(raw['NotificationsWithSubscribers']).filter(isFields);
  const of = (kind: string): readonly number[] =>
    notifications
      .map(({ Notification }) => (isFields(Notification) ? Notification : {}) as Fields)
      .filter(
        (each) =>
          each['NotificationType'] === kind &&
          each['ComparisonOperator'] === 'GREATER_THAN' &&
          each['ThresholdType'] === 'PERCENTAGE',
      )
      .map(({ Threshold }) => Number(Threshold));
  const [actual, forecast] = [of('ACTUAL'), of('FORECASTED')];
  return [
    ...(actual.some((threshold) => threshold >= 30 && threshold <= 60)
      ? []
      : [`${id}: says nothing at half of the budget`]),
    ...(actual.some((threshold) => threshold > 60 && threshold <= 90)
      ? []
      : [`${id}: says nothing before the budget is used up`]),
    ...(actual.some((threshold) => threshold > 90 && threshold <= 100)
      ? []
      : [`${id}: says nothing when the budget is used up`]),
    ...(forecast.some((threshold) => threshold >= 50 && threshold <= 100) ? [] : [`${id}: does not look ahead`]),
    ...(actual.length + forecast.length === notifications.length
      ? []
      : [`${id}: has a notification that no amount reaches`]),
    ...([...actual, ...forecast].every((threshold) => threshold > 0 && threshold <= 100)
      ? []
      : [`${id}: has a notification that no amount reaches`]),
    ...notifications
      .filter(({ Subscribers }) => !tells(listOf(Subscribers), view))
      .map(() => `${id}: tells nobody, or somebody else`),
  ];
};

/** What a budget counts: what Bedrock costs, under whatever name, and what has this service's and stage's tags. */
const countsBedrock = (value: unknown): boolean => {
  const parts = isFields(value) ? listOf(value['Or']) : [];
  const bedrock = parts.filter(isFields).find((part) => isFields(part['Dimensions']));
  const dimension = (bedrock?.['Dimensions'] ?? {}) as Fields;
  const tagged = parts.filter(isFields).find((part) => Array.isArray(part['And']));
  const tags = listOf(tagged?.['And'])
    .filter(isFields)
    .map(({ Tags }) => (isFields(Tags) ? Tags : {}));
  const hasTag = (key: string): boolean =>
    tags.some(
      (tag) =>
        tag['Key'] === key && listOf(tag['MatchOptions']).join() === 'EQUALS' && isGiven(listOf(tag['Values'])[0]),
    );
  return (
    dimension['Key'] === 'SERVICE' &&
    listOf(dimension['MatchOptions']).join() === 'CONTAINS' &&
    listOf(dimension['Values']).join() === 'Bedrock' &&
    hasTag('service') &&
    hasTag('stage')
  );
};

const isSettled = (value: unknown, key: string): boolean => {
  try {
    return JSON.stringify(JSON.parse(String(value))).includes(`"${key}"`);
  } catch {
    return false;
  }
};

/** Rules about money alerts. */
export const MONEY_RULES: readonly Rule[] = [
  {
    name: 'budgets',
    why: 'what no meter in the process sees is seen in AWS’s books, if somebody is told',
    types: ['AWS::Budgets::Budget', 'AWS::CE::AnomalyMonitor', 'AWS::CE::AnomalySubscription'],
    check: (view) => [
      ...lacking(view, view.of('AWS::Budgets::Budget'), [
        ['Budget.BudgetType', isOneOf('COST'), 'counts no money'],
        ['Budget.TimeUnit', isOneOf('MONTHLY', 'DAILY'), 'begins anew once a quarter'],
        ['Budget.BudgetLimit.Unit', isOneOf('USD'), 'counts no USD'],
        ['Budget.BudgetLimit.Amount', isFrom(1, 100_000), 'has no limit that anybody reaches'],
        // Source: API reference of AWS Budgets, "Budget": the expression goes with Metrics, and counts nothing without them.
        ['Budget.Metrics', (value) => listOf(value).join() === 'UnblendedCost', 'counts nothing of what it filters'],
        ['Budget.FilterExpression', countsBedrock, 'does not count what Bedrock costs and what has the tags'],
      ]),
      ...view.of('AWS::Budgets::Budget').flatMap((budget) => notificationProblems(budget, view)),
      ...lacking(view, view.of('AWS::CE::AnomalySubscription'), [
        wantsReference('MonitorArnList', ['AWS::CE::AnomalyMonitor'], 'hears of no monitor of this template'),
        ['Frequency', isOneOf('IMMEDIATE', 'DAILY'), 'tells once a week'],
        ['Subscribers', (_, { raw }) => tells(listOf(raw['Subscribers']), view), 'tells nobody, or somebody else'],
        ['ThresholdExpression', (value) => isSettled(value, 'ANOMALY_TOTAL_IMPACT_ABSOLUTE'), 'has no threshold'],
      ]),
      // A monitor that nobody hears, or a subscription to none.
      ...view
        .of('AWS::CE::AnomalyMonitor')
        .filter(
          ({ resource }) =>
            !view.of('AWS::CE::AnomalySubscription').some((other) => other.resource.Condition === resource.Condition),
        )
        .map(({ id }) => `${id}: is there without its subscription (Condition)`),
      ...view
        .of('AWS::CE::AnomalySubscription')
        .filter(
          ({ resource }) =>
            !view.of('AWS::CE::AnomalyMonitor').some((other) => other.resource.Condition === resource.Condition),
        )
        .map(({ id }) => `${id}: is there without its monitor (Condition)`),
      ...lacking(view, view.of('AWS::CE::AnomalyMonitor'), [
        ['MonitorType', isOneOf('CUSTOM', 'DIMENSIONAL'), 'watches nothing'],
        ['MonitorSpecification', (value) => isSettled(value, 'service'), 'watches another service'],
      ]),
    ],
  },
];
