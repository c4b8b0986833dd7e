/** API keys and usage plans. */

import { isFields, listOf } from '../template.ts';
import {
  isAbsent,
  isFrom,
  isGiven,
  isOneOf,
  isTrue,
  lacking,
  type Rule,
  targetsOf,
  type View,
  wantsReference,
} from './rule.ts';

/** The stage that a deployment makes; keys and plans are of one of these. */
const isStage = (value: unknown, view: View): boolean =>
  [...view.of('AWS::ApiGateway::Deployment'), ...view.of('AWS::ApiGateway::Stage')].some(
    ({ properties }) => properties['StageName'] === value,
  );

/** The rule about API keys and usage plans. */
export const PLAN_RULE: Rule = {
  name: 'usage plans',
  why: 'a key without throttle and quota lets one caller use up everybody’s share',
  types: ['AWS::ApiGateway::UsagePlan', 'AWS::ApiGateway::ApiKey', 'AWS::ApiGateway::UsagePlanKey'],
  check: (view) => [
    ...lacking(view, view.of('AWS::ApiGateway::UsagePlan'), [
      ['Throttle.RateLimit', isFrom(1, 5000), 'has no rate'],
      ['Throttle.BurstLimit', isFrom(1, 5000), 'has no burst'],
      [
        'Throttle.BurstLimit',
        (value, { properties }) => {
          const rate = Number((properties['Throttle'] as { RateLimit?: unknown } | undefined)?.RateLimit);
          return Number(value) <= 10 * rate && Number(value) >= rate;
        },
        'lets more through at once than ten seconds of its rate, or less than one',
      ],
      ['Quota.Period', isOneOf('DAY'), 'begins anew once a week or a month only'],
      [
        'Quota.Limit',
        (value, { properties }) => {
          const rate = Number((properties['Throttle'] as { RateLimit?: unknown } | undefined)?.RateLimit);
          return Number(value) >= 1 && Number(value) <= rate * 86_400;
        },
        'has a quota that its throttle never lets anybody reach',
      ],
      [
        'ApiStages',
        (value) =>
          listOf(value).length > 0 && listOf(value).every((stage) => isFields(stage) && isStage(stage['Stage'], view)),
        'is of no stage',
      ],
      wantsReference('ApiStages.0.ApiId', ['AWS::ApiGateway::RestApi'], 'is of no API of this template'),
    ]),
    ...lacking(view, view.of('AWS::ApiGateway::ApiKey'), [
      ['Value', isAbsent, 'stands in the template'],
      ['Enabled', isTrue, 'opens nothing'],
      [
        'StageKeys',
        (value) => listOf(value).every((stage) => isFields(stage) && isStage(stage['StageName'], view)),
        'is of no stage',
      ],
      ['StageKeys.0', isGiven, 'is of no stage'],
      wantsReference('StageKeys.0.RestApiId', ['AWS::ApiGateway::RestApi'], 'is of no API of this template'),
    ]),
    ...lacking(view, view.of('AWS::ApiGateway::UsagePlanKey'), [
      wantsReference('KeyId', ['AWS::ApiGateway::ApiKey'], 'is of no key'),
      wantsReference('UsagePlanId', ['AWS::ApiGateway::UsagePlan'], 'is of no plan'),
    ]),
    ...view
      .of('AWS::ApiGateway::ApiKey')
      .filter(
        ({ id }) => !view.of('AWS::ApiGateway::UsagePlanKey').some(({ raw }) => targetsOf(raw['KeyId']).includes(id)),
      )
      .map(({ id }) => `${id}: is of no usage plan, and nobody counts it`),
    ...(view.of('AWS::ApiGateway::Method').length > 0 && view.of('AWS::ApiGateway::UsagePlan').length === 0
      ? ['UsagePlan: there is none']
      : []),
  ],
};
