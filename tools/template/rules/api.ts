/** The REST API: who may call it, how often, and what it says when it refuses. */

import { requestModels } from '../../front-door/files.ts';
import { type Fields, isFields, listOf } from '../template.ts';
import { differences } from './expected.ts';
import {
  isAbsent,
  isGiven,
  isNotTrue,
  isOneOf,
  isTrue,
  lacking,
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

/** Functions by route: what clients, the web ACL and the documentation go by. */
const ROUTES: Readonly<Record<string, string>> = {
  'POST /v1/chat': 'ChatLambdaFunction',
  'POST /v1/chat/stream': 'ChatStreamLambdaFunction',
  'POST /v1/agent': 'AgentLambdaFunction',
  'GET /v1/usage': 'UsageLambdaFunction',
};

const pathOf = (view: View, id: string): string => {
  const found = view.of('AWS::ApiGateway::Resource').find((seen) => seen.id === id);
  const [parent = ''] = targetsOf(found?.raw['ParentId']);
  return found === undefined ? '' : `${parent === id ? '' : pathOf(view, parent)}/${found.properties['PathPart']}`;
};

const places: Rule = {
  name: 'places of routes',
  why: 'a route under another name is one that no client finds and no test has tried',
  types: [METHOD, 'AWS::ApiGateway::Resource'],
  check: (view) => {
    const routes = view.of(METHOD).filter(({ properties }) => !isPreflight(properties));
    const wanted = Object.values(ROUTES).filter((id) => id in view.template.Resources);
    return [
      ...routes.flatMap(({ id, raw, properties }) => {
        const [resource = ''] = targetsOf(raw['ResourceId']);
        const route = `${properties['HttpMethod']} ${pathOf(view, resource)}`;
        const uri = String((properties['Integration'] as Fields | undefined)?.['Uri']);
        const called = /:lambda:path\/[\d-]+\/functions\/(arn:[^/]+)\/(?:response-streaming-)?invocations$/.exec(
          uri,
        )?.[1];
        return called !== undefined && called === view.resolve({ 'Fn::GetAtt': [ROUTES[route] ?? '', 'Arn'] })
          ? []
          : [`${id}: ${route} does not call ${ROUTES[route] ?? 'anything'} (Integration.Uri)`];
      }),
      ...(routes.length === wanted.length ? [] : [`${METHOD}: ${routes.length} routes, not ${wanted.length}`]),
    ];
  },
};

/** Bodies as the kit's own schemas have them: a validator that says otherwise refuses what functions take, or pays for what they refuse. */
const schemaProblems = (view: View): readonly string[] => {
  const made = requestModels();
  const [chat, agent] = [made.chat, made.agent].map((model) => (model as { readonly schema?: unknown }).schema);
  const wanted: Readonly<Record<string, unknown>> = {
    ChatLambdaFunction: chat,
    ChatStreamLambdaFunction: chat,
    AgentLambdaFunction: agent,
  };
  const [seen] = view.of('AWS::Lambda::Function');
  const { Variables } = (seen?.properties['Environment'] ?? {}) as { Variables?: Fields };
  const limit = String(Variables?.['BULWARK_BODY_LIMIT_BYTES'] ?? '\\d+');
  return view.of(METHOD).flatMap(({ raw }) => {
    const [model = ''] = targetsOf(
      isFields(raw['RequestModels']) ? raw['RequestModels']['application/json'] : undefined,
    );
    const called = /"Fn::GetAtt":\["(\w+)"/.exec(JSON.stringify(raw['Integration'] ?? null))?.[1] ?? '';
    const schema = view.template.Resources[model]?.Properties?.['Schema'];
    return wanted[called] === undefined || schema === undefined
      ? []
      : differences(wanted[called], schema, () => limit, '').map(
          (path) => `${model}: is not the schema of ${called} (Schema${path})`,
        );
  });
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
    ...schemaProblems(view),
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
      // The framework writes an empty text where there is none.
      ['Policy', (value) => value === undefined || value === '' || isFields(value), 'has a policy that is none'],
      ['Body', isAbsent, 'is defined by a document that no check reads'],
      ['BodyS3Location', isAbsent, 'is defined by a document that no check reads'],
      ['CloneFrom', isAbsent, 'is a copy of another'],
      ['BinaryMediaTypes', isAbsent, 'takes bodies that are no text'],
      // Without one a regional API takes TLS 1.0.
      [
        'SecurityPolicy',
        (value) => /^(?:TLS_1_2|SecurityPolicy_TLS1[23]_[A-Z0-9_]+)$/.test(String(value)),
        'takes an old TLS',
      ],
      ['EndpointAccessMode', isOneOf('STRICT'), 'answers whoever asks under another name than in the handshake'],
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

/** Rules about the REST API. */
export const API_RULES: readonly Rule[] = [methods, places, models, apis];
