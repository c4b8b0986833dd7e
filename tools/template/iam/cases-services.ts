/** What AWS’s services may do for the account, and what leads through keys, topics, trust and endpoints. */

import { ACCOUNT, REGION } from '../resolve.ts';
import type { Promises } from '../rules/rule.ts';
import { type AccessCase, ALL, type ContextChanges, MODEL, type RoleName } from './case.ts';
import type { World } from './world.ts';

const hasKey = ({ kms }: Promises): boolean => kms === true;
const hasNoKey = ({ kms }: Promises): boolean => kms !== true;
const hasTraces = ({ tracing }: Promises): boolean => tracing === true;
const hasNoTraces = ({ tracing }: Promises): boolean => tracing !== true;
const hasNetwork = ({ vpc }: Promises): boolean => vpc === true;
const hasNoNetwork = ({ vpc }: Promises): boolean => vpc !== true;

const via = (service: string): ContextChanges => ({
  'kms:ViaService': `${service}.${REGION}.amazonaws.com`,
  'kms:CallerAccount': ACCOUNT,
  'lambda:SourceFunctionArn': undefined,
});
const dataKey = ({ dataKey: arn }: World): string => arn;
const decrypt = (
  name: string,
  who: AccessCase['who'],
  context: NonNullable<AccessCase['context']>,
  expect: AccessCase['expect'],
  action = 'kms:Decrypt',
): AccessCase => ({
  name,
  who,
  action,
  resource: dataKey,
  context,
  expect,
  when: hasKey,
  policyOf: 'DataKey',
});

const LOGS_SERVICE: AccessCase['who'] = { service: `logs.${REGION}.amazonaws.com` };
/** What CloudWatch Logs says of a group that it encrypts. */
const forLog = (stream: string): ContextChanges => ({
  'kms:EncryptionContext:aws:logs:arn': stream.replace(/:log-stream:.*$/, ''),
});

const KEYS: readonly AccessCase[] = [
  decrypt(
    'the table, through DynamoDB',
    ALL,
    () => ({ ...via('dynamodb'), 'kms:EncryptionContext:aws:dynamodb:tableName': 'QuotaTable' }),
    'allow',
  ),
  decrypt(
    'another table, through DynamoDB',
    ALL,
    () => ({ ...via('dynamodb'), 'kms:EncryptionContext:aws:dynamodb:tableName': 'Other' }),
    'none',
  ),
  decrypt(
    'the key of digests, through Secrets Manager',
    ALL,
    ({ digestKey }) => ({ ...via('secretsmanager'), 'kms:EncryptionContext:SecretARN': digestKey }),
    'allow',
  ),
  decrypt(
    'the key of sessions, through Secrets Manager',
    MODEL,
    ({ macKey }) => ({ ...via('secretsmanager'), 'kms:EncryptionContext:SecretARN': macKey }),
    'allow',
  ),
  decrypt(
    'another secret, through Secrets Manager',
    ALL,
    () => ({
      ...via('secretsmanager'),
      'kms:EncryptionContext:SecretARN': `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:other`,
    }),
    'none',
  ),
  decrypt(
    'its variables, by Lambda',
    ALL,
    ({ functionOf }, role) => ({
      'lambda:SourceFunctionArn': undefined,
      'kms:CallerAccount': ACCOUNT,
      'kms:EncryptionContext:aws:lambda:FunctionArn': functionOf(role),
    }),
    'allow',
  ),
  decrypt(
    'variables of another function, by Lambda',
    ALL,
    () => ({
      'lambda:SourceFunctionArn': undefined,
      'kms:CallerAccount': ACCOUNT,
      'kms:EncryptionContext:aws:lambda:FunctionArn': `arn:aws:lambda:${REGION}:${ACCOUNT}:function:other`,
    }),
    'none',
  ),
  decrypt(
    'anything, by the function’s own code',
    ALL,
    ({ functionOf }, role) => ({
      'kms:CallerAccount': ACCOUNT,
      'kms:EncryptionContext:aws:lambda:FunctionArn': functionOf(role),
    }),
    'deny',
  ),
  decrypt(
    'anything, without a context',
    ALL,
    () => ({ 'lambda:SourceFunctionArn': undefined, 'kms:CallerAccount': ACCOUNT }),
    'none',
  ),
  decrypt('encryption', ALL, () => via('dynamodb'), 'none', 'kms:Encrypt'),
  decrypt('a grant to somebody else', ALL, () => via('dynamodb'), 'none', 'kms:CreateGrant'),
  decrypt(
    'the end of the key',
    ALL,
    () => ({ 'lambda:SourceFunctionArn': undefined }),
    'none',
    'kms:ScheduleKeyDeletion',
  ),
  decrypt(
    'an administrator reads nothing past the services',
    'administrator',
    () => ({ 'kms:CallerAccount': ACCOUNT }),
    'none',
  ),
  decrypt('an administrator reads the table through DynamoDB', 'administrator', () => via('dynamodb'), 'allow'),
  decrypt('an administrator reads through no other service', 'administrator', () => via('s3'), 'none'),
  decrypt(
    'an administrator of another account',
    'administrator',
    () => ({ ...via('dynamodb'), 'kms:CallerAccount': '999999999999' }),
    'none',
  ),
  ...[
    'DescribeKey',
    'PutKeyPolicy',
    'ScheduleKeyDeletion',
    'CancelKeyDeletion',
    'EnableKeyRotation',
    'DisableKey',
    'GetKeyPolicy',
    'ListGrants',
    'RevokeGrant',
    'UpdateKeyDescription',
    'TagResource',
    'UntagResource',
    'CreateAlias',
    'DeleteAlias',
    'RotateKeyOnDemand',
  ].map((action) =>
    decrypt(
      `an administrator administers: ${action}`,
      'administrator',
      () => ({ 'kms:CallerAccount': ACCOUNT }),
      'allow',
      `kms:${action}`,
    ),
  ),
  ...['Encrypt', 'Decrypt', 'DescribeKey', 'GenerateDataKey', 'ReEncryptFrom'].map((action) =>
    decrypt(`logs are encrypted: ${action}`, LOGS_SERVICE, ({ log }) => forLog(log('chat')), 'allow', `kms:${action}`),
  ),
  decrypt(
    'audit records are encrypted',
    LOGS_SERVICE,
    ({ auditLog }) => forLog(auditLog),
    'allow',
    'kms:GenerateDataKey',
  ),
  decrypt('the access log is encrypted', LOGS_SERVICE, ({ groups }) => forLog(groups.gateway), 'allow'),
  decrypt('the log of the web ACL is encrypted', LOGS_SERVICE, ({ groups }) => forLog(groups.waf), 'allow'),
  decrypt(
    'variables are encrypted, by Lambda',
    'administrator',
    ({ functionOf }) => ({
      'kms:CallerAccount': ACCOUNT,
      'kms:EncryptionContext:aws:lambda:FunctionArn': functionOf('ChatRole'),
    }),
    'allow',
    'kms:Encrypt',
  ),
  decrypt(
    'logs of something else',
    LOGS_SERVICE,
    () => forLog(`arn:aws:logs:${REGION}:${ACCOUNT}:log-group:any:log-stream:s`),
    'none',
  ),
  decrypt(
    'logs of another account',
    { service: `logs.${REGION}.amazonaws.com` },
    () => ({ 'kms:EncryptionContext:aws:logs:arn': `arn:aws:logs:${REGION}:999999999999:log-group:any` }),
    'none',
  ),
  decrypt('logs of nobody', { service: `logs.${REGION}.amazonaws.com` }, () => ({}), 'none'),
  ...['dynamodb', 'lambda', 'secretsmanager'].map((service) =>
    decrypt(`a data key, through ${service}`, 'administrator', () => via(service), 'allow', 'kms:GenerateDataKey'),
  ),
  ...['Encrypt', 'CreateGrant', 'DescribeKey', 'ReEncryptTo'].map((action) =>
    decrypt(`what services need: ${action}`, 'administrator', () => via('dynamodb'), 'allow', `kms:${action}`),
  ),
  ...['cloudwatch', 'budgets', 'costalerts'].flatMap((service) => [
    decrypt(
      `alarms through an encrypted topic: ${service}`,
      { service: `${service}.amazonaws.com` },
      () => ({ 'aws:SourceAccount': ACCOUNT }),
      'allow',
    ),
    decrypt(
      `alarms through an encrypted topic, key and all: ${service}`,
      { service: `${service}.amazonaws.com` },
      () => ({ 'aws:SourceAccount': ACCOUNT }),
      'allow',
      'kms:GenerateDataKey',
    ),
    decrypt(
      `${service} for another account`,
      { service: `${service}.amazonaws.com` },
      () => ({ 'aws:SourceAccount': '999999999999' }),
      'none',
    ),
  ]),
  decrypt(
    'a service that has nothing to do with it',
    { service: 's3.amazonaws.com' },
    () => ({ 'aws:SourceAccount': ACCOUNT }),
    'none',
  ),
  {
    name: 'another key',
    who: ALL,
    action: 'kms:Decrypt',
    resource: () => `arn:aws:kms:${REGION}:${ACCOUNT}:key/other`,
    context: () => via('dynamodb'),
    expect: 'refused',
  },
  {
    name: 'any key, where there is none',
    who: ALL,
    action: 'kms:Decrypt',
    resource: () => `arn:aws:kms:${REGION}:${ACCOUNT}:key/other`,
    expect: 'deny',
    when: hasNoKey,
  },
];

/** What the roles alone say, whatever the key's policy would: two locks, and each has to hold. */
const byRole = (
  name: string,
  who: readonly RoleName[],
  context: NonNullable<AccessCase['context']>,
  expect: AccessCase['expect'],
): AccessCase => ({
  name: `${name}, by the role alone`,
  who,
  action: 'kms:Decrypt',
  resource: dataKey,
  context,
  expect,
  when: hasKey,
});

const tableContext: ContextChanges = { 'kms:EncryptionContext:aws:dynamodb:tableName': 'QuotaTable' };
const NO_CODE: ContextChanges = { 'lambda:SourceFunctionArn': undefined };

const BY_ROLE: readonly AccessCase[] = [
  byRole('the table, through another service', ALL, () => ({ ...via('s3'), ...tableContext }), 'none'),
  byRole('the table, through no service', ALL, () => ({ ...NO_CODE, ...tableContext }), 'none'),
  byRole('any table, through DynamoDB', ALL, () => via('dynamodb'), 'none'),
  byRole(
    'the table, through DynamoDB, for the function’s code',
    ALL,
    ({ functionOf }, role) => ({ ...via('dynamodb'), ...tableContext, 'lambda:SourceFunctionArn': functionOf(role) }),
    'allow',
  ),
  byRole(
    'a secret, through another service',
    ALL,
    ({ digestKey }) => ({ ...via('s3'), 'kms:EncryptionContext:SecretARN': digestKey }),
    'none',
  ),
  byRole(
    'a secret, through no service',
    ALL,
    ({ digestKey }) => ({ ...NO_CODE, 'kms:EncryptionContext:SecretARN': digestKey }),
    'none',
  ),
  byRole('any secret, through Secrets Manager', ALL, () => via('secretsmanager'), 'none'),
  byRole(
    'variables of another function',
    ALL,
    () => ({
      ...NO_CODE,
      'kms:EncryptionContext:aws:lambda:FunctionArn': `arn:aws:lambda:${REGION}:${ACCOUNT}:function:other`,
    }),
    'none',
  ),
  byRole('variables of no function', ALL, () => NO_CODE, 'none'),
];

const publish = (
  name: string,
  who: AccessCase['who'],
  context: ContextChanges,
  expect: AccessCase['expect'],
  action = 'sns:Publish',
): AccessCase => ({
  name,
  who,
  action,
  resource: ({ topic }) => topic,
  context: () => ({ 'aws:SecureTransport': 'true', ...context }),
  expect,
  policyOf: 'AlarmTopicPolicy',
});

const TOPIC: readonly AccessCase[] = [
  ...['cloudwatch', 'budgets', 'costalerts'].flatMap((service) => [
    publish(
      `an alarm of ${service}`,
      { service: `${service}.amazonaws.com` },
      { 'aws:SourceAccount': ACCOUNT },
      'allow',
    ),
    publish(
      `an alarm of ${service} for another account`,
      { service: `${service}.amazonaws.com` },
      { 'aws:SourceAccount': '999999999999' },
      'none',
    ),
    publish(`an alarm of ${service} for nobody`, { service: `${service}.amazonaws.com` }, {}, 'none'),
    publish(
      `an alarm of ${service} without TLS`,
      { service: `${service}.amazonaws.com` },
      { 'aws:SourceAccount': ACCOUNT, 'aws:SecureTransport': 'false' },
      'deny',
    ),
  ]),
  publish('an alarm of another service', { service: 's3.amazonaws.com' }, { 'aws:SourceAccount': ACCOUNT }, 'none'),
  publish('an alarm that a function makes up', ALL, {}, 'refused'),
  publish(
    'somebody who listens',
    { service: 'cloudwatch.amazonaws.com' },
    { 'aws:SourceAccount': ACCOUNT },
    'none',
    'sns:Subscribe',
  ),
];

const trustOf = (
  role: RoleName,
  name: string,
  who: AccessCase['who'],
  expect: AccessCase['expect'],
  action = 'sts:AssumeRole',
): AccessCase => ({
  name: `${name} takes on ${role}`,
  who,
  action,
  resource: () => `arn:aws:iam::${ACCOUNT}:role/${role}`,
  context: () => ({ 'lambda:SourceFunctionArn': undefined }),
  expect,
  policyOf: role,
});

const TRUST: readonly AccessCase[] = ALL.flatMap((role) => [
  trustOf(role, 'Lambda', { service: 'lambda.amazonaws.com' }, 'allow'),
  trustOf(role, 'another service', { service: 'ec2.amazonaws.com' }, 'none'),
  trustOf(role, 'an administrator', 'administrator', 'none'),
  trustOf(role, 'Lambda, in another way,', { service: 'lambda.amazonaws.com' }, 'none', 'sts:TagSession'),
]);

const TRACES = ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'];
const INTERFACES = [
  'CreateNetworkInterface',
  'DescribeNetworkInterfaces',
  'DescribeSubnets',
  'DeleteNetworkInterface',
  'AssignPrivateIpAddresses',
  'UnassignPrivateIpAddresses',
];

const AROUND: readonly AccessCase[] = [
  ...TRACES.flatMap((action): readonly AccessCase[] => [
    { name: 'traces', who: ALL, action, resource: () => '*', expect: 'allow', when: hasTraces },
    {
      name: 'traces, where there are none',
      who: ALL,
      action,
      resource: () => '*',
      expect: 'refused',
      when: hasNoTraces,
    },
  ]),
  { name: 'traces are not read', who: ALL, action: 'xray:GetTraceSummaries', resource: () => '*', expect: 'refused' },
  ...INTERFACES.flatMap((name): readonly AccessCase[] => [
    {
      name: `Lambda puts the function into its network: ${name}`,
      who: ALL,
      action: `ec2:${name}`,
      resource: () => '*',
      context: () => ({ 'lambda:SourceFunctionArn': undefined }),
      expect: 'allow',
      when: hasNetwork,
    },
    {
      name: `the function’s code changes its network: ${name}`,
      who: ALL,
      action: `ec2:${name}`,
      resource: () => '*',
      expect: 'deny',
      when: hasNetwork,
    },
  ]),
  {
    name: 'a network, where there is none',
    who: ALL,
    action: 'ec2:CreateNetworkInterface',
    resource: () => '*',
    expect: 'deny',
    when: hasNoNetwork,
  },
  ...(
    [
      [
        'bedrock:InvokeModel',
        ({ profile }) => profile,
        ({ guardrailVersion }) => ({ 'bedrock:GuardrailIdentifier': guardrailVersion }),
      ],
      ['dynamodb:GetItem', ({ table }) => table, () => ({ 'dynamodb:LeadingKeys': ['u#a'] })],
      ['secretsmanager:GetSecretValue', ({ digestKey }) => digestKey, () => ({})],
    ] satisfies readonly (readonly [string, AccessCase['resource'], (world: World) => ContextChanges])[]
  ).flatMap(([action, resource, context]): readonly AccessCase[] => [
    {
      name: `stolen credentials outside of the network: ${action}`,
      who: ALL,
      action,
      resource,
      context: (world) => ({ ...context(world), 'aws:SourceVpc': undefined }),
      expect: 'deny',
      when: hasNetwork,
    },
    {
      name: `stolen credentials in another network: ${action}`,
      who: ALL,
      action,
      resource,
      context: (world) => ({ ...context(world), 'aws:SourceVpc': 'vpc-other' }),
      expect: 'deny',
      when: hasNetwork,
    },
  ]),
];

/** Endpoints by what a function does through them, and by what a thief would. */
const ENDPOINTS: readonly (readonly [id: string, action: string, resource: (world: World) => string, other: string])[] =
  [
    ['BedrockRuntimeEndpoint', 'bedrock:CountTokens', ({ model }) => model(REGION), 'bedrock:InvokeAgent'],
    ['LogsEndpoint', 'logs:PutLogEvents', ({ auditLog }) => auditLog, 'logs:GetLogEvents'],
    ['SecretsEndpoint', 'secretsmanager:GetSecretValue', ({ digestKey }) => digestKey, 'secretsmanager:PutSecretValue'],
    ['TableEndpoint', 'dynamodb:GetItem', ({ table }) => table, 'dynamodb:Scan'],
    ['KmsEndpoint', 'kms:Decrypt', dataKey, 'kms:Encrypt'],
    ['MonitoringEndpoint', 'cloudwatch:PutMetricData', () => '*', 'cloudwatch:DeleteAlarms'],
    ['XRayEndpoint', 'xray:PutTraceSegments', () => '*', 'xray:GetTraceSummaries'],
  ];

const AT_ENDPOINTS: readonly AccessCase[] = ENDPOINTS.flatMap(
  ([id, action, resource, other]): readonly AccessCase[] => [
    {
      name: `through ${id}`,
      who: MODEL,
      action,
      resource,
      context: () => ({ 'dynamodb:LeadingKeys': ['u#a'], 'cloudwatch:namespace': 'Bulwark' }),
      expect: 'allow',
      when: hasNetwork,
      policyOf: id,
    },
    {
      name: `somebody else through ${id}`,
      who: 'administrator',
      action,
      resource,
      context: () => ({ 'dynamodb:LeadingKeys': ['u#a'], 'cloudwatch:namespace': 'Bulwark' }),
      expect: 'none',
      when: hasNetwork,
      policyOf: id,
    },
    {
      name: `something else through ${id}`,
      who: MODEL,
      action: other,
      resource,
      expect: 'none',
      when: hasNetwork,
      policyOf: id,
    },
  ],
);

/** Cases about services, keys, topics, trust, networks. */
export const SERVICE_CASES: readonly AccessCase[] = [
  ...KEYS,
  ...BY_ROLE,
  ...TOPIC,
  ...TRUST,
  ...AROUND,
  ...AT_ENDPOINTS,
];
