import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { quotaTable } from '../../aws/dynamodb/index.ts';
import { TTL_ATTRIBUTE } from '../../core/quota/ledger/item.ts';
import { startFunction } from '../../local/function-host/index.ts';
import { routesTo, STREAM_PATH } from '../../local/stack/routes.ts';
import { checkAlarms } from '../../tools/template/check-alarms.ts';
import { checkFrontDoors, checkStreams } from '../../tools/template/check-front-doors.ts';
import { checkReferences } from '../../tools/template/check-references.ts';
import { checkRoles, checkSharing, checkTables, statementsOf } from '../../tools/template/check-security.ts';
import { checkSpecification } from '../../tools/template/check-specification.ts';
import { checkTableKeys } from '../../tools/template/check-table-keys.ts';
import { resourcesOf, type Template } from '../../tools/template/template.ts';

const root = new URL('../../', import.meta.url).pathname;

describe('the packaged service', () => {
  let folder: string;
  let template: Template;

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'bulwark-package-'));
    const env = { ...process.env, SLS_SCHEMA_CACHE_BASE_DIR: path.join(root, 'node_modules/.cache') };
    const run = (script: string, ...args: string[]): Buffer =>
      execFileSync(process.execPath, [script, ...args], { cwd: root, env });
    const startedAt = performance.now();
    run('tools/bundle.ts');
    run('node_modules/serverless/bin/serverless.js', 'package', '--package', path.join(folder, 'out'));
    console.log(`bundled and packaged in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
    template = JSON.parse(readFileSync(path.join(folder, 'out/cloudformation-template-update-stack.json'), 'utf8'));
  }, 180_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const copy = (): Template & { Resources: Record<string, { Properties: Record<string, unknown> }> } =>
    structuredClone(template) as never;
  const change = (id: string, name: string, value: unknown): Template => {
    const changed = copy();
    (changed.Resources[id] as { Properties: Record<string, unknown> }).Properties[name] = value;
    return changed;
  };

  /** The template with a role's statement changed. */
  const withStatement = (role: string, sid: string, changes: object): Template => {
    const changed = copy();
    const statement = statementsOf(changed.Resources[role]?.Properties ?? {}).find(({ Sid }) => Sid === sid);
    Object.assign(statement ?? {}, changes);
    return changed;
  };

  test('has a zip for each function', () => {
    expect(
      readdirSync(path.join(folder, 'out'))
        .filter((file) => file.endsWith('.zip'))
        .sort(),
    ).toEqual(['agent.zip', 'chat.zip', 'chatStream.zip', 'usage.zip']);
  });

  test.each(['chat', 'chat-stream', 'agent'])('has a bundle of %s that loads by itself, and answers', async (name) => {
    const unzipped = mkdtempSync(path.join(folder, `${name}-`));
    cpSync(path.join(root, `dist/functions/${name}.mjs`), path.join(unzipped, `${name}.mjs`));
    const host = await startFunction({
      name,
      entry: path.join(unzipped, `${name}.mjs`),
      env: {
        BULWARK_TABLE: 'quota',
        BULWARK_MODEL_ID: 'm',
        BULWARK_DIGEST_KEY: 'd'.repeat(32),
        BULWARK_MAC_KEY: 'm'.repeat(32),
      },
    });
    const result = await host.invoke(
      JSON.parse(readFileSync(path.join(root, 'events/rest-v1/chat-anonymous.json'), 'utf8')),
    );
    await host.close();
    expect(result.ok).toBe(true);
    expect(JSON.stringify(result)).toMatch(/statusCode\W+401\D.*unauthenticated/);
  });

  test('passes every check', () => {
    expect([
      ...checkSpecification(template),
      ...checkReferences(template),
      ...checkRoles(template),
      ...checkSharing(template),
      ...checkTableKeys(template),
      ...checkFrontDoors(template),
      ...checkStreams(template),
      ...checkTables(template),
      ...checkAlarms(template),
    ]).toEqual([]);
  });

  test('declares the table that the ledger writes to', () => {
    const [[, table = {}] = []] = resourcesOf(template, 'AWS::DynamoDB::Table');
    const { TableName: _, ...declared } = quotaTable('any');
    expect(table).toMatchObject(declared);
    expect(table['TimeToLiveSpecification']).toMatchObject({ AttributeName: TTL_ATTRIBUTE, Enabled: true });
  });

  test('asks for a user and a key at every route', () => {
    const methods = resourcesOf(template, 'AWS::ApiGateway::Method');
    expect(methods).toHaveLength(4);
    for (const [, method] of methods)
      expect(method).toMatchObject({ ApiKeyRequired: true, AuthorizationType: 'COGNITO_USER_POOLS' });
  });

  test('has the REST routes that the local stack has', () => {
    const answer = async () => ({}) as never;
    const host = { invoke: answer, stream: answer, kill: () => {}, close: answer };
    const local = routesTo({ chat: host, chatStream: host, agent: host, usage: host, unguarded: host })
      .filter(({ source, path: route }) => source === 'rest-v1' && route.startsWith('/v1/'))
      .map((route) => `${route.method} ${route.path}${route.stream === undefined ? '' : ' streamed'}`);
    const resources = new Map(resourcesOf(template, 'AWS::ApiGateway::Resource'));
    const pathOf = (id: string): string => {
      const { PathPart, ParentId } = resources.get(id) ?? {};
      const parent = (ParentId as { Ref?: string } | undefined)?.Ref;
      return PathPart === undefined ? '' : `${parent === undefined ? '' : pathOf(parent)}/${PathPart}`;
    };
    const declared = resourcesOf(template, 'AWS::ApiGateway::Method').map(([, method]) => {
      const { ResponseTransferMode } = method['Integration'] as { ResponseTransferMode?: string };
      const route = pathOf((method['ResourceId'] as { Ref: string }).Ref);
      return `${method['HttpMethod']} ${route}${ResponseTransferMode === 'STREAM' ? ' streamed' : ''}`;
    });
    expect(declared.sort()).toEqual(local.sort());
    expect(declared).toContain(`POST ${STREAM_PATH} streamed`);
  });

  test('streams through the REST API, longer than a buffered route, and to the end', () => {
    expect(template.Resources['ApiGatewayMethodV1ChatStreamPost']?.Properties?.['Integration']).toMatchObject({
      ResponseTransferMode: 'STREAM',
      Uri: { 'Fn::Join': ['', expect.arrayContaining(['/response-streaming-invocations'])] },
      TimeoutInMillis: 135_000,
    });
    expect(template.Resources['ChatStreamLambdaFunction']?.Properties?.['Timeout']).toBe(120);
  });

  test('has one function URL, which streams, for callers that sign, and whom the account lets', () => {
    expect(resourcesOf(template, 'AWS::Lambda::Url')).toEqual([
      [
        'ChatStreamLambdaFunctionUrl',
        {
          AuthType: 'AWS_IAM',
          InvokeMode: 'RESPONSE_STREAM',
          TargetFunctionArn: { 'Fn::GetAtt': ['ChatStreamLambdaFunction', 'Arn'] },
        },
      ],
    ]);
    const invokers = resourcesOf(template, 'AWS::Lambda::Permission').map(([, { Principal }]) => Principal);
    expect(new Set(invokers)).toEqual(new Set(['apigateway.amazonaws.com']));
  });

  const rights = (role: string, effect: string): readonly string[] =>
    statementsOf(template.Resources[role]?.Properties ?? {})
      .filter(({ Effect }) => Effect === effect)
      .flatMap(({ Action }) => Action)
      .sort();
  const LOGS = ['logs:CreateLogStream', 'logs:PutLogEvents'];
  const QUOTA = ['dynamodb:GetItem', 'dynamodb:UpdateItem'];
  const INVOKE = 'bedrock:InvokeModel';
  const STREAM = 'bedrock:InvokeModelWithResponseStream';
  const COUNT = 'bedrock:CountTokens';
  const SECRET = 'secretsmanager:GetSecretValue';

  test('lets each function call the model in its own way only, and through the profile only', () => {
    expect(rights('ChatRole', 'Allow')).toEqual(
      [COUNT, INVOKE, INVOKE, SECRET, SECRET, ...QUOTA, ...LOGS, ...LOGS].sort(),
    );
    expect(rights('ChatRole', 'Deny')).toEqual(expect.arrayContaining([STREAM, 'bedrock:CallWithBearerToken']));
    expect(rights('ChatStreamRole', 'Allow')).toEqual(
      [COUNT, STREAM, STREAM, SECRET, SECRET, ...QUOTA, ...LOGS, ...LOGS].sort(),
    );
    expect(rights('ChatStreamRole', 'Deny')).toEqual(expect.arrayContaining([INVOKE, 'bedrock:CallWithBearerToken']));
    for (const effect of ['Allow', 'Deny']) expect(rights('AgentRole', effect)).toEqual(rights('ChatRole', effect));
    expect(rights('UsageRole', 'Allow')).toEqual(['dynamodb:GetItem', SECRET, ...LOGS, ...LOGS].sort());
    for (const role of ['ChatRole', 'ChatStreamRole', 'AgentRole']) {
      const models = statementsOf(template.Resources[role]?.Properties ?? {}).filter(
        ({ Effect, Action, Resource }) =>
          Effect === 'Allow' && Action !== COUNT && JSON.stringify(Resource).includes('::foundation-model/'),
      );
      expect(models).toHaveLength(1);
      expect(models[0]).toHaveProperty(['Condition', 'StringEquals', 'bedrock:InferenceProfileArn']);
    }
  });

  test('lets no function write the limits that an operator sets', () => {
    for (const role of ['ChatRole', 'ChatStreamRole', 'AgentRole', 'UsageRole'])
      for (const { Action, Condition } of statementsOf(template.Resources[role]?.Properties ?? {}).filter(
        ({ Effect, Action: own }) => Effect === 'Allow' && JSON.stringify(own).includes('dynamodb:'),
      ))
        expect(Condition).toEqual({
          'ForAllValues:StringLike': {
            'dynamodb:LeadingKeys': Action === 'dynamodb:UpdateItem' ? ['u#*'] : ['u#*', 'o#*'],
          },
          Null: { 'dynamodb:LeadingKeys': 'false' },
        });
  });

  test.each([
    ['ChatRole', ['DigestKey', 'MacKey']],
    ['ChatStreamRole', ['DigestKey', 'MacKey']],
    ['AgentRole', ['DigestKey', 'MacKey']],
    ['UsageRole', ['DigestKey']],
  ])('%s reads its own secrets, and no other', (role, names) => {
    const resources = statementsOf(template.Resources[role]?.Properties ?? {})
      .filter(({ Effect, Action }) => Effect === 'Allow' && JSON.stringify(Action).includes('secretsmanager:'))
      .flatMap(({ Action, Resource }) => {
        expect(Action).toBe('secretsmanager:GetSecretValue');
        return [Resource].flat();
      });
    const own = resources.filter((resource) => typeof resource === 'object' && resource !== null && 'Ref' in resource);
    expect(own).toEqual(names.map((name) => ({ Ref: name })));
    // A system prompt of one's own, by its name: none by default.
    const others = resources.filter((resource) => !own.some((one) => one === resource));
    expect(JSON.stringify(others)).toMatch(role === 'UsageRole' ? /^\[\]$/ : /^\[[^[\]]*:secret:-\?{6}"\}\]$/);
  });

  test('keeps keys out of the template, and out of environments', () => {
    expect(JSON.stringify(template)).not.toContain('resolve:secretsmanager');
    for (const [, { Environment }] of resourcesOf(template, 'AWS::Lambda::Function'))
      expect(Environment).toMatchObject({ Variables: { BULWARK_DIGEST_SECRET: { Ref: 'DigestKey' } } });
    expect(
      resourcesOf(template, 'AWS::SecretsManager::Secret').every(([, secret]) => secret['SecretString'] === undefined),
    ).toBe(true);
  });

  test('alarms on tokens by a learned band and by its static twin, and on injection', () => {
    const alarms = resourcesOf(template, 'AWS::CloudWatch::Alarm');
    const of = (metric: string): number =>
      alarms.filter(([, alarm]) => JSON.stringify(alarm).includes(`"MetricName":"${metric}"`)).length;
    expect(of('TotalTokens')).toBe(3);
    expect(of('PromptsBlocked')).toBe(4);
    expect(of('AccountQuotaUse')).toBe(1);
    expect(JSON.stringify(alarms)).toContain('ANOMALY_DETECTION_BAND');
  });

  test.each([
    ['an unknown property', () => checkSpecification(change('QuotaTable', 'BilingMode', 'x'))],
    ['a property of another type', () => checkSpecification(change('QuotaTable', 'TimeToLiveSpecification', 'x'))],
    ['a missing property', () => checkSpecification(change('AlarmTopicPolicy', 'Topics', undefined))],
    ['a reference to nothing', () => checkReferences(change('AlarmTopicPolicy', 'Topics', [{ Ref: 'Nobody' }]))],
    [
      'an attribute of nothing',
      () => checkReferences(change('JwtAuthorizer', 'ProviderARNs', [{ 'Fn::GetAtt': ['UserPool', 'Nothing'] }])),
    ],
    ['a table without protection', () => checkTables(change('QuotaTable', 'SSESpecification', undefined))],
    [
      'an alarm on a metric that nothing emits',
      () => checkAlarms(change('ControlFailuresAlarm', 'MetricName', 'PromptsBlockd')),
    ],
    [
      'an alarm on another service',
      () => checkAlarms(change('ControlFailuresAlarm', 'Dimensions', [{ Name: 'service', Value: 'other' }])),
    ],
    ['an alarm on another namespace', () => checkAlarms(change('ControlFailuresAlarm', 'Namespace', 'Other'))],
    ['an alarm that tells nobody', () => checkAlarms(change('ControlFailuresAlarm', 'AlarmActions', []))],
    ['a function URL for anybody', () => checkFrontDoors(change('ChatStreamLambdaFunctionUrl', 'AuthType', 'NONE'))],
    ['a permission for anybody', () => checkFrontDoors(change('ChatLambdaPermissionApiGateway', 'Principal', '*'))],
    [
      'a stream whose role may not stream',
      () => checkStreams(change('ChatStreamLambdaFunction', 'Role', { 'Fn::GetAtt': ['ChatRole', 'Arn'] })),
    ],
    [
      'a stream through a door that gathers it',
      () => checkStreams(change('ChatStreamLambdaFunctionUrl', 'InvokeMode', 'BUFFERED')),
    ],
    ['a function that outlives its front door', () => checkStreams(change('ChatLambdaFunction', 'Timeout', 30))],
    ['a stream that outlives every front door', () => checkStreams(change('ChatStreamLambdaFunction', 'Timeout', 901))],
    [
      'a shared role',
      () =>
        checkSharing(
          change('UsageLambdaFunction', 'Role', template.Resources['ChatLambdaFunction']?.Properties?.['Role']),
        ),
    ],
    [
      'a role whose managed policy writes anywhere',
      () =>
        checkTableKeys(change('ChatRole', 'ManagedPolicyArns', ['arn:aws:iam::aws:policy/AmazonDynamoDBFullAccess'])),
    ],
    [
      'a policy from outside that lets a role write limits',
      () => {
        const changed = copy();
        const statement = {
          Effect: 'Allow',
          Action: 'dynamodb:PutItem',
          Resource: { 'Fn::GetAtt': ['QuotaTable', 'Arn'] },
        };
        const Properties = { Roles: [{ Ref: 'UsageRole' }], PolicyDocument: { Statement: [statement] } };
        Object.assign(changed.Resources, { More: { Type: 'AWS::IAM::Policy', Properties } });
        return checkTableKeys(changed);
      },
    ],
    [
      'a role that may do anything',
      () => {
        const changed = copy();
        const policies = changed.Resources['ChatRole']?.Properties['Policies'];
        const [policy] = policies as [{ PolicyDocument: { Statement: { Action: unknown }[] } }];
        for (const statement of policy.PolicyDocument.Statement) statement.Action = 'bedrock:*';
        return checkRoles(changed);
      },
    ],
  ])('the checks find %s', (_, check) => {
    expect(check().length).toBeGreaterThan(0);
  });

  test.each([
    ['every key', { Condition: undefined }],
    ['requests without a key', { Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['u#*'] } } }],
    [
      'limits, too',
      {
        Condition: {
          'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['u#*', 'o#*'] },
          Null: { 'dynamodb:LeadingKeys': 'false' },
        },
      },
    ],
    ['any table', { Resource: '*', Action: 'dynamodb:*', Condition: undefined }],
    ['it by another action', { Action: ['DynamoDB:Partiql*'], Condition: undefined }],
    ['all but something', { Action: undefined, NotAction: 's3:*', Condition: undefined }],
  ])('the checks find a role that may write %s', (_, changes: object) => {
    expect(checkTableKeys(withStatement('ChatRole', 'QuotaWrite', changes)).length).toBeGreaterThan(0);
  });
});
