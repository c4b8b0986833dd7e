/** Parts that a deployment promises: a switch that brings nothing is worse than none. */

import type { Promises, Rule, View } from './rule.ts';

/** Types that a promise brings, each at least once. */
const BRINGS: Readonly<Partial<Record<keyof Promises, readonly string[]>>> = {
  kms: ['AWS::KMS::Key'],
  guardrail: ['AWS::Bedrock::Guardrail', 'AWS::Bedrock::GuardrailVersion'],
  waf: ['AWS::WAFv2::WebACL', 'AWS::WAFv2::WebACLAssociation', 'AWS::WAFv2::LoggingConfiguration'],
  vpc: ['AWS::EC2::VPCEndpoint', 'AWS::EC2::SecurityGroup'],
};

/** What every deployment of the service has, whatever is switched off. */
const ALWAYS: readonly string[] = [
  'AWS::ApiGateway::GatewayResponse',
  'AWS::ApiGateway::UsagePlan',
  'AWS::Budgets::Budget',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::CompositeAlarm',
  'AWS::DynamoDB::Table',
  'AWS::Logs::LogGroup',
  'AWS::Logs::MetricFilter',
  'AWS::SNS::Topic',
  'AWS::SNS::TopicPolicy',
  'AWS::SecretsManager::Secret',
];

/** Endpoints that functions in a network need, by the end of their service's name. */
const ENDPOINTS = ['bedrock-runtime', 'logs', 'monitoring', 'secretsmanager', 'kms', 'dynamodb'];

const check = (view: View): readonly string[] => {
  const promised = (Object.keys(BRINGS) as (keyof typeof BRINGS)[]).filter((name) => view.promises[name] === true);
  const services = view.of('AWS::EC2::VPCEndpoint').map(({ properties }) => String(properties['ServiceName']));
  const endpoints =
    view.promises.vpc === true ? [...ENDPOINTS, ...(view.promises.tracing === true ? ['xray'] : [])] : [];
  return [
    ...ALWAYS.filter((type) => view.of(type).length === 0).map((type) => `${type}: there is none`),
    ...promised.flatMap((name) =>
      (BRINGS[name] ?? [])
        .filter((type) => view.of(type).length === 0)
        .map((type) => `${type}: ${name} is on, and there is none`),
    ),
    ...endpoints
      .filter((name) => !services.some((service) => service.endsWith(`.${name}`)))
      .map((name) => `AWS::EC2::VPCEndpoint: none of ${name}`),
    ...(view.promises.kms === false && view.of('AWS::KMS::Key').some(({ id }) => id === 'DataKey')
      ? ['DataKey: kms is off, and it costs']
      : []),
    ...(view.promises.waf === false && view.of('AWS::WAFv2::WebACL').length > 0
      ? ['AWS::WAFv2::WebACL: waf is off, and it costs']
      : []),
  ];
};

/** The rule about what is promised: for this service's own stages. */
export const PROMISE_RULE: Rule = {
  name: 'switches',
  why: 'a switch that brings nothing is worse than none: somebody relies on it',
  types: [...new Set([...ALWAYS, ...Object.values(BRINGS).flat()])],
  check,
};
