/** The REST API: who may call it, how often, and what it says when it refuses. */

import { isFields, listOf } from '../template.ts';
import {
  isAbsent,
  isFrom,
  isGiven,
  isNotTrue,
  isOneOf,
  isTrue,
  lacking,
  orAbsent,
  type Rule,
  targetsOf,
  type View,
  type Want,
  wantsReference,
} from './rule.ts';

const API = 'AWS::ApiGateway::RestApi';
const METHOD = 'AWS::ApiGateway::Method';

/** A method that answers a browser's question what it may ask: it has no caller, and calls no function. */
const isPreflight = (properties: Readonly<Record<string, unknown>>): boolean => properties['HttpMethod'] === 'OPTIONS';

const AUTHORIZATION: Readonly<Record<string, string>> = {
  cognito: 'COGNITO_USER_POOLS',
  jwt: 'CUSTOM',
  iam: 'AWS_IAM',
};

/** What a route needs that calls a function. */
const routeWants = (view: View): readonly Want[] => {
  const expected = AUTHORIZATION[view.promises.auth ?? ''];
  const kinds = expected === undefined ? Object.values(AUTHORIZATION) : [expected];
  return [
    ['AuthorizationType', isOneOf(...kinds), 'is open'],
    ['ApiKeyRequired', isTrue, 'wants no API key, and no usage plan counts it'],
    [
      'AuthorizerId',
      (value, seen, { template }) =>
        seen.properties['AuthorizationType'] === 'AWS_IAM'
          ? value === undefined
          : targetsOf(seen.raw['AuthorizerId']).some(
              (id) => template.Resources[id]?.Type === 'AWS::ApiGateway::Authorizer',
            ),
      'has no authorizer of this template',
    ],
    ['Integration.Type', isOneOf('AWS_PROXY'), 'passes the function what the gateway made of a request'],
    ['Integration.IntegrationHttpMethod', isOneOf('POST'), 'cannot invoke a function'],
    ['Integration.Credentials', isAbsent, 'invokes functions with rights of its own'],
    ['Integration.CacheKeyParameters', isAbsent, 'answers one caller with what another asked'],
    wantsReference('RestApiId', [API], 'is of no API of this template'),
    wantsReference('ResourceId', ['AWS::ApiGateway::Resource'], 'is at the root'),
  ];
};

/** Bodies are looked at before a function is paid for. */
const bodyWants: readonly Want[] = [
  [
    'RequestValidatorId',
    (_, { raw }, { of }) =>
      of('AWS::ApiGateway::RequestValidator').some(
        ({ id, properties }) =>
          targetsOf(raw['RequestValidatorId']).includes(id) && String(properties['ValidateRequestBody']) === 'true',
      ),
    'has no validator that reads bodies',
  ],
  [
    'RequestModels',
    (value, { raw }, { template }) =>
      isFields(value) &&
      'application/json' in value &&
      targetsOf((raw['RequestModels'] as Readonly<Record<string, unknown>>)['application/json']).some(
        (id) => template.Resources[id]?.Type === 'AWS::ApiGateway::Model',
      ),
    'has no model that its validator could hold bodies to',
  ],
];

const methods: Rule = {
  name: 'routes',
  why: 'a route without authorizer and key is open to the internet, and the account pays',
  types: [METHOD],
  check: (view) => {
    const routes = view.of(METHOD).filter(({ properties }) => !isPreflight(properties));
    const withBody = routes.filter(({ properties }) => properties['HttpMethod'] === 'POST');
    const places = routes.map(({ raw }) => JSON.stringify([raw['ResourceId'], raw['HttpMethod']]));
    const targets = routes.map(
      ({ raw }) => /"Fn::GetAtt":\["(\w+)"/.exec(JSON.stringify(raw['Integration'] ?? null))?.[1] ?? '',
    );
    const hasValidators = view.of('AWS::ApiGateway::RequestValidator').length > 0;
    return [
      ...lacking(view, routes, routeWants(view)),
      ...(hasValidators ? lacking(view, withBody, bodyWants) : []),
      ...lacking(
        view,
        view.of(METHOD).filter(({ properties }) => isPreflight(properties)),
        [['Integration.Type', isOneOf('MOCK'), 'calls something for nobody']],
      ),
      ...routes
        .filter(
          (_, index) =>
            places.indexOf(places[index] ?? '') !== index || targets.indexOf(targets[index] ?? '') !== index,
        )
        .map(({ id }) => `${id}: is where another method is, or calls what another calls`),
    ];
  },
};

const models: Rule = {
  name: 'models of bodies',
  why: 'a body that no function could answer costs an invocation, and a schema that lets everything through is none',
  types: ['AWS::ApiGateway::Model'],
  check: (view) => [
    ...lacking(view, view.of('AWS::ApiGateway::Model'), [
      ['ContentType', isOneOf('application/json'), 'is of no JSON'],
      wantsReference('RestApiId', [API], 'is of no API of this template'),
      ['Schema.type', isOneOf('object'), 'lets through what is no object'],
      ['Schema.properties', isGiven, 'says nothing of fields'],
    ]),
    ...lacking(view, view.of('AWS::ApiGateway::RequestValidator'), [
      ['ValidateRequestBody', isTrue, 'reads no body'],
      wantsReference('RestApiId', [API], 'is of no API of this template'),
    ]),
  ],
};

/** What a log of accesses must not hold: who asked, from where, with which token, and what. */
const PRIVATE =
  /\$context\.(?:identity|authorizer\.(?:claims|principalId|\w*[Tt]oken)|requestOverride|path\b|customDomain)|\$(?:input|method|stageVariables)/;

const apis: Rule = {
  name: 'API',
  why: 'another door past WAF, key and throttle, an old TLS, or a log with tokens in it',
  types: [API],
  check: (view) => [
    ...lacking(view, view.of(API), [
      ['ApiKeySourceType', isOneOf('HEADER'), 'takes keys from elsewhere'],
      [
        'EndpointConfiguration.Types',
        (value) => listOf(value).join() === 'REGIONAL',
        'is at the edge, where another WAF would be needed',
      ],
      ['Body', isAbsent, 'is defined by a document that no check reads'],
      ['BodyS3Location', isAbsent, 'is defined by a document that no check reads'],
      ['CloneFrom', isAbsent, 'is a copy of another'],
      ['BinaryMediaTypes', isAbsent, 'takes bodies that are no text'],
      ['SecurityPolicy', orAbsent((value) => /TLS_?(?:1_2|13)|TLS13/.test(String(value))), 'takes an old TLS'],
    ]),
    ...lacking(view, view.of('AWS::ApiGateway::Stage'), [
      [
        'AccessLogSetting.Format',
        (value) => isGiven(value) && !PRIVATE.test(String(value)),
        'logs who asked, or nothing',
      ],
      ['AccessLogSetting.DestinationArn', isGiven, 'logs no access'],
      [
        'MethodSettings',
        (value) => !/"DataTraceEnabled":(?:true|"true")/.test(JSON.stringify(value ?? null)),
        'logs bodies',
      ],
      ['CacheClusterEnabled', isNotTrue, 'answers one caller with what another asked'],
    ]),
    ...lacking(view, view.of('AWS::ApiGateway::Deployment'), [
      wantsReference('RestApiId', [API], 'is of no API of this template'),
      ['StageName', isGiven, 'is at no stage'],
      ['StageDescription.CachingEnabled', isNotTrue, 'answers one caller with what another asked'],
      ['StageDescription.DataTraceEnabled', isNotTrue, 'logs bodies'],
    ]),
  ],
};

/** The stage that a deployment makes; keys and plans are of one of these. */
const isStage = (value: unknown, view: View): boolean =>
  [...view.of('AWS::ApiGateway::Deployment'), ...view.of('AWS::ApiGateway::Stage')].some(
    ({ properties }) => properties['StageName'] === value,
  );

const plans: Rule = {
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
      ['Quota.Period', isOneOf('DAY', 'WEEK'), 'begins anew once a month only'],
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
      wantsReference('ApiStages.0.ApiId', [API], 'is of no API of this template'),
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
      wantsReference('StageKeys.0.RestApiId', [API], 'is of no API of this template'),
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
    ...(view.of(METHOD).length > 0 && view.of('AWS::ApiGateway::UsagePlan').length === 0
      ? ['UsagePlan: there is none']
      : []),
  ],
};

/** Rules about the REST API. */
export const API_RULES: readonly Rule[] = [methods, models, apis, plans];
