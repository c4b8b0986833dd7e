/** What stands in front of the functions, in each deployment: who may call, how much, what is logged, and who hears of money. */

import { beforeAll, describe, expect, test } from 'vitest';
import { GATEWAY_METRICS } from '../../core/catalogue.ts';
import { DEPLOYMENTS, packagedTemplate } from '../../tools/packaged-template.ts';
import { checkFrontDoors, checkStreams } from '../../tools/template/check-front-doors.ts';
import { statementsOf } from '../../tools/template/check-security.ts';
import { resolverOf } from '../../tools/template/resolve.ts';
import { resourcesOf, type Template } from '../../tools/template/template.ts';

type Name = keyof typeof DEPLOYMENTS;
type Fields = Readonly<Record<string, unknown>>;

const NAMES = Object.keys(DEPLOYMENTS) as Name[];
const ORIGIN = 'https://app.example.com';

const templates = new Map<Name, Template>();
beforeAll(async () => {
  for (const name of NAMES) templates.set(name, await packagedTemplate(DEPLOYMENTS[name]));
}, 120_000);

const templateOf = (name: Name): Template => templates.get(name) ?? { Resources: {} };
const propertiesOf = <T = Fields>(name: Name, id: string): T => (templateOf(name).Resources[id]?.Properties ?? {}) as T;
/** Properties with conditions and references resolved. */
const resolvedIn = (name: Name, id: string): Fields => {
  const { resolve } = resolverOf(templateOf(name));
  return resolve(propertiesOf(name, id)) as Fields;
};
const methodsOf = (name: Name): readonly Fields[] =>
  resourcesOf(templateOf(name), 'AWS::ApiGateway::Method').map(([, method]) => method);

describe.each(NAMES)('the deployment %s', (name) => {
  test('has no door that stands open, and streams to the end', () => {
    expect([...checkFrontDoors(templateOf(name)), ...checkStreams(templateOf(name))]).toEqual([]);
  });

  test('asks every caller for a proof and a key', () => {
    const kinds = { dev: 'COGNITO_USER_POOLS', prod: 'COGNITO_USER_POOLS', iam: 'AWS_IAM', everything: 'CUSTOM' };
    const routes = methodsOf(name).filter(({ HttpMethod }) => HttpMethod !== 'OPTIONS');
    expect(routes).toHaveLength(4);
    for (const route of routes) expect(route).toMatchObject({ AuthorizationType: kinds[name], ApiKeyRequired: true });
  });

  test('holds a body to one limit, wherever it is looked at', () => {
    const limit = name === 'everything' ? 16_384 : 65_536;
    for (const [, { Environment }] of resourcesOf(templateOf(name), 'AWS::Lambda::Function'))
      expect((Environment as { Variables: Fields }).Variables['BULWARK_BODY_LIMIT_BYTES']).toBe(String(limit));
    const models = resourcesOf(templateOf(name), 'AWS::ApiGateway::Model');
    expect(models).toHaveLength(2);
    for (const [, { Schema }] of models)
      expect(JSON.stringify(Schema)).toContain(`"text":{"type":"string","maxLength":${limit}}`);
    for (const [, acl] of resourcesOf(templateOf(name), 'AWS::WAFv2::WebACL')) {
      const rules = JSON.stringify(acl['Rules']);
      expect(rules).toContain(`"Body":{"OversizeHandling":"MATCH"}},"ComparisonOperator":"GT","Size":${limit}`);
      expect(JSON.stringify(acl['CustomResponseBodies'])).toContain(`\\"limit\\":${limit}}`);
      // As far as the limit, or the rule is blind behind it.
      expect(acl['AssociationConfig']).toEqual({
        RequestBody: { API_GATEWAY: { DefaultSizeInspectionLimit: `KB_${limit / 1024}` } },
      });
    }
  });

  test('validates bodies of the routes that take one', () => {
    for (const method of methodsOf(name).filter(({ HttpMethod }) => HttpMethod === 'POST'))
      expect(method).toMatchObject({
        RequestValidatorId: { Ref: expect.any(String) },
        RequestModels: { 'application/json': { Ref: expect.stringMatching(/^ApiGateway(?:Chat|Agent)Model$/) } },
      });
    for (const [, validator] of resourcesOf(templateOf(name), 'AWS::ApiGateway::RequestValidator'))
      expect(validator['ValidateRequestBody']).toBe(true);
  });

  test('bounds each key', () => {
    expect(resolvedIn(name, 'ApiGatewayUsagePlan')).toMatchObject({
      Quota: { Limit: 100_000, Period: 'DAY' },
      Throttle: { RateLimit: 20, BurstLimit: 40 },
    });
  });

  test('takes no old TLS, and no name but its own', () => {
    expect(templateOf(name).Resources['ApiGatewayRestApi']?.Properties).toMatchObject({
      SecurityPolicy: expect.stringMatching(/^SecurityPolicy_TLS13_/),
      EndpointAccessMode: 'STRICT',
      EndpointConfiguration: { Types: ['REGIONAL'] },
    });
  });

  test('says what the gateway says before it is deployed', () => {
    const responses = resourcesOf(templateOf(name), 'AWS::ApiGateway::GatewayResponse').map(([id]) => id);
    const { DependsOn = [] } = templateOf(name).Resources['ApiGatewayMethodV1UsageGet'] ?? {};
    expect(DependsOn).toEqual(expect.arrayContaining(responses));
    const deployment = Object.values(templateOf(name).Resources).find(
      ({ Type }) => Type === 'AWS::ApiGateway::Deployment',
    );
    expect(deployment?.DependsOn).toContain('ApiGatewayMethodV1UsageGet');
  });

  test('lets pages of one origin call, or of none', () => {
    const open = name === 'everything';
    const preflights = methodsOf(name).filter(({ HttpMethod }) => HttpMethod === 'OPTIONS');
    expect(preflights).toHaveLength(open ? 4 : 0);
    for (const [id] of resourcesOf(templateOf(name), 'AWS::ApiGateway::GatewayResponse')) {
      const { ResponseParameters } = resolvedIn(name, id) as { ResponseParameters: Fields };
      const origin = ResponseParameters['gatewayresponse.header.Access-Control-Allow-Origin'];
      expect(origin).toBe(open ? `'${ORIGIN}'` : undefined);
    }
    for (const [id] of resourcesOf(templateOf(name), 'AWS::WAFv2::WebACL'))
      expect(JSON.stringify(resolvedIn(name, id)).includes(ORIGIN)).toBe(open);
    expect(JSON.stringify(templateOf(name))).not.toContain('Allow-Origin":"\'*\'');
  });

  test('tells the topic of money, at half, before the end, at it, and ahead of it', () => {
    const { NotificationsWithSubscribers, Budget } = propertiesOf<{
      NotificationsWithSubscribers: { Notification: Fields; Subscribers: unknown }[];
      Budget: Fields;
    }>(name, 'MonthlyBudget');
    expect(Budget['BudgetLimit']).toEqual({ Amount: '100', Unit: 'USD' });
    expect(
      NotificationsWithSubscribers.map(
        ({ Notification }) => `${Notification['NotificationType']} ${Notification['Threshold']}`,
      ),
    ).toEqual(['ACTUAL 50', 'ACTUAL 80', 'ACTUAL 100', 'FORECASTED 100']);
    for (const { Subscribers } of NotificationsWithSubscribers)
      expect(Subscribers).toEqual([{ SubscriptionType: 'SNS', Address: { Ref: 'AlarmTopic' } }]);
    const publishers = JSON.stringify(templateOf(name).Resources['AlarmTopicPolicy']);
    expect(publishers).toContain('budgets.amazonaws.com');
    // CloudFormation knows these in us-east-1 only, and elsewhere refuses all of the template.
    expect(JSON.stringify(templateOf(name))).not.toContain('AWS::CE::');
  });
});

describe('the access log', () => {
  /** The format stands in no resource: the framework writes it into the stage. */
  let line: string;
  beforeAll(async () => {
    const { readFileSync } = await import('node:fs');
    const text = readFileSync(new URL('../../infra/access-log.yml', import.meta.url), 'utf8');
    line = (/^format: >-\n {2}(.*)$/m.exec(text)?.[1] ?? '').replace(/\$\{[^}]*\}/, 'bedrock-bulwark-dev');
  });

  test('is JSON of texts, with what metric filters read', () => {
    const fields: Fields = JSON.parse(line);
    expect(fields['service']).toBe('bedrock-bulwark-dev');
    expect(fields['errorType']).toBe('$context.error.responseType');
    for (const { pattern } of Object.values(GATEWAY_METRICS)) expect(pattern).toContain('$.errorType');
    expect(Object.values(fields).every((value) => typeof value === 'string')).toBe(true);
  });

  test.each([
    'identity',
    'authorizer.claims',
    'principalId',
    'error.message',
    'validationErrorString',
    '.path',
    'querystring',
    'Token',
  ])('holds no %s', (part) => {
    expect(line).not.toContain(part);
  });

  test('ages, and is encrypted where there is a key', () => {
    for (const name of NAMES)
      expect(templateOf(name).Resources['ApiGatewayLogGroup']?.Properties).toMatchObject({
        LogGroupName: `/aws/api-gateway/bedrock-bulwark-${name === 'dev' ? 'dev' : 'prod'}`,
        RetentionInDays: name === 'dev' ? 30 : 90,
        ...(name !== 'dev' && { KmsKeyId: { 'Fn::GetAtt': ['DataKey', 'Arn'] } }),
      });
  });
});

describe('the web ACL', () => {
  const rules = (name: Name): readonly Fields[] =>
    (templateOf(name).Resources['WebAcl']?.Properties?.['Rules'] ?? []) as readonly Fields[];

  test('is there where it is switched on, in front of the stage', () => {
    expect(NAMES.filter((name) => rules(name).length > 0)).toEqual(['prod', 'iam', 'everything']);
    const association = templateOf('prod').Resources['WebAclAssociation'];
    const [deployment] = resourcesOf(templateOf('prod'), 'AWS::ApiGateway::Deployment').map(([id]) => id);
    expect(association?.DependsOn).toEqual([deployment]);
    expect(JSON.stringify(association?.Properties)).toContain('/stages/prod');
  });

  test('blocks by size, rate and reputation, and counts whatever reads prompts', () => {
    const actions = rules('prod').map(({ Name, Action, OverrideAction }) => [
      Name,
      Object.keys((Action ?? OverrideAction) as Fields)[0],
    ]);
    expect(actions).toEqual([
      ['body-size', 'Block'],
      ['rate-by-address', 'Block'],
      ['rate-by-token', 'Block'],
      ['ip-reputation', 'None'],
      ['common', 'Count'],
      ['known-bad-inputs', 'Count'],
      ['anonymous-ip', 'Count'],
    ]);
    expect(rules('prod').map(({ Priority }) => Priority)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  test('writes down no token, key, query, body or sample', () => {
    const { DataProtectionConfig, VisibilityConfig } = propertiesOf('prod', 'WebAcl');
    const hidden = JSON.stringify(DataProtectionConfig);
    for (const field of ['authorization', 'x-api-key', 'cookie', 'QUERY_STRING', 'BODY'])
      expect(hidden).toContain(field);
    // Those two words would show the value in the details of a rule that matched.
    expect(hidden).not.toMatch(/Exclude(?:RateBased|RuleMatch)Details/);
    expect(JSON.stringify([VisibilityConfig, rules('prod')])).not.toContain('"SampledRequestsEnabled":true');
    const log = templateOf('prod').Resources['WebAclLog']?.Properties;
    expect(log?.['RedactedFields']).toEqual([
      { SingleHeader: { Name: 'authorization' } },
      { SingleHeader: { Name: 'x-api-key' } },
      { SingleHeader: { Name: 'cookie' } },
      { QueryString: {} },
    ]);
    expect(resolvedIn('prod', 'WafLogGroup')['LogGroupName']).toMatch(/^aws-waf-logs-/);
  });

  test('answers in the shape of the kit, and says when to come back', () => {
    const { CustomResponseBodies } = propertiesOf<{
      CustomResponseBodies: Readonly<Record<string, { Content: string }>>;
    }>('prod', 'WebAcl');
    for (const [key, { Content }] of Object.entries(CustomResponseBodies)) {
      const body = JSON.parse(Content);
      const rule = rules('prod').find(({ Action }) => JSON.stringify(Action ?? null).includes(`"${key}"`));
      expect(JSON.stringify(rule)).toContain(`"ResponseCode":${body.status}`);
      expect(body.type).toBe(`urn:bedrock-bulwark:error:${body.code}`);
      expect(JSON.stringify(rule).includes('Retry-After')).toBe(body.status === 429);
    }
  });
});

describe('callers with tokens of another issuer', () => {
  const authorizer = () => propertiesOf('everything', 'JwtAuthorizer');

  test('are checked by a function that may write its log, and nothing else', () => {
    const allowed = statementsOf(propertiesOf('everything', 'AuthorizerRole'))
      .filter(({ Effect }) => Effect === 'Allow')
      .flatMap(({ Action }) => Action);
    expect(allowed.sort()).toEqual([
      'kms:Decrypt',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      'xray:PutTelemetryRecords',
      'xray:PutTraceSegments',
    ]);
    const { VpcConfig, Timeout, Environment } = propertiesOf('everything', 'AuthorizerLambdaFunction');
    expect(VpcConfig).toBeUndefined();
    expect(Timeout).toBe(10);
    expect(Environment).toMatchObject({
      Variables: {
        BULWARK_JWT_ISSUER: 'https://issuer.example.com',
        BULWARK_JWT_AUDIENCE: 'api',
      },
    });
  });

  test('are kept by token, and refused without one before the function is asked', () => {
    expect(authorizer()).toMatchObject({ Type: 'TOKEN', AuthorizerResultTtlInSeconds: 60 });
    const shape = new RegExp(String(authorizer()['IdentityValidationExpression']));
    expect('Bearer a-1.b_2.c').toMatch(shape);
    for (const header of ['', 'Bearer', 'Bearer a.b', 'Basic a.b.c', 'Bearer a.b.c d', 'Bearer a.b.'])
      expect(header).not.toMatch(shape);
  });

  test('are charged to the tenant that the authorizer names', () => {
    for (const [name, claim] of [
      ['dev', ''],
      ['iam', ''],
      ['everything', 'tenant'],
    ] as const) {
      const { Environment } = propertiesOf<{ Environment: { Variables: Fields } }>(name, 'ChatLambdaFunction');
      expect(Environment.Variables['BULWARK_TENANT_CLAIM']).toBe(claim);
    }
  });

  test('are nobody where Cognito or IAM knows them', () => {
    for (const name of ['dev', 'prod', 'iam'] as const)
      expect(Object.keys(templateOf(name).Resources).filter((id) => id.startsWith('Authorizer'))).toEqual([]);
    expect(templateOf('iam').Resources['UserPool']).toBeUndefined();
  });

  test('come from addresses of the list, where there is one', () => {
    expect(resolvedIn('everything', 'ApiGatewayRestApi')['Policy']).toMatchObject({
      Statement: [
        { Effect: 'Allow', Principal: '*' },
        { Effect: 'Deny', Condition: { NotIpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '2001:db8::/32'] } } },
      ],
    });
  });
});

describe('the user pool', () => {
  test('keeps its users in prod, asks for a second factor, and takes tokens of its own client only', () => {
    expect(resolvedIn('prod', 'UserPool')).toMatchObject({ DeletionProtection: 'ACTIVE', MfaConfiguration: 'ON' });
    expect(resolvedIn('dev', 'UserPool')).toMatchObject({
      DeletionProtection: 'INACTIVE',
      MfaConfiguration: 'OPTIONAL',
    });
    expect(templateOf('prod').Resources['JwtAuthorizer']?.Properties?.['IdentityValidationExpression']).toEqual({
      'Fn::Sub': '^$' + '{UserPoolClient}$',
    });
  });

  test('lets nobody choose whose budget they spend', () => {
    const { WriteAttributes } = propertiesOf('prod', 'UserPoolClient');
    expect(WriteAttributes).toEqual(['email', 'name']);
  });
});

test.each([
  ['a switch that is neither on nor off', { waf: 'yes' }],
  ['a limit that the web ACL cannot see', { bodyLimitBytes: '131072' }],
  ['callers of nobody', { auth: 'none' }],
  ['another issuer without its name', { auth: 'jwt' }],
  [
    'a list of addresses that lets in the whole account',
    { auth: 'iam', allowlist: 'true', allowedCidrs: '203.0.113.0/24' },
  ],
])(
  '%s packages nothing',
  async (_, params: Readonly<Record<string, string>>) => {
    await expect(packagedTemplate({ params })).rejects.toThrow();
  },
  60_000,
);
