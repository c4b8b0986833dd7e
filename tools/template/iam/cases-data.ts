/** Who may read and write what is kept: the table, secrets, logs, keys. */

import { ACCOUNT, REGION } from '../resolve.ts';
import { type AccessCase, ALL, type ContextChanges, MODEL, type RoleName } from './case.ts';

const USAGE: readonly RoleName[] = ['UsageRole'];
const KEYS = 'dynamodb:LeadingKeys';

const ofItem = (
  name: string,
  who: readonly RoleName[],
  action: string,
  keys: readonly string[] | undefined,
  expect: AccessCase['expect'],
  changes: ContextChanges = {},
): AccessCase => ({
  name,
  who,
  action: `dynamodb:${action}`,
  resource: ({ table }) => table,
  context: () => ({ [KEYS]: keys, ...changes }),
  expect,
});

const TABLE: readonly AccessCase[] = [
  ofItem('usage is written', MODEL, 'UpdateItem', ['u#v1.a'], 'allow'),
  ofItem('usage is read', ALL, 'GetItem', ['u#v1.a'], 'allow'),
  ofItem('limits are read', ALL, 'GetItem', ['o#v1.a'], 'allow'),
  ofItem('limits are written', ALL, 'UpdateItem', ['o#v1.a'], 'none'),
  ofItem('limits are written beside usage', MODEL, 'UpdateItem', ['u#v1.a', 'o#v1.a'], 'none'),
  ofItem('something is written without a key', MODEL, 'UpdateItem', undefined, 'none'),
  ofItem('something is written under no key', MODEL, 'UpdateItem', [], 'none'),
  ofItem('something else is written', MODEL, 'UpdateItem', ['admin'], 'none'),
  ofItem('something else is read', ALL, 'GetItem', ['admin'], 'none'),
  ofItem('something is read without a key', ALL, 'GetItem', undefined, 'none'),
  ofItem('something else is read beside usage', ALL, 'GetItem', ['u#v1.a', 'admin'], 'none'),
  ofItem('usage is written, by the function that tells it', USAGE, 'UpdateItem', ['u#v1.a'], 'none'),
  ofItem('usage is written without TLS', MODEL, 'UpdateItem', ['u#v1.a'], 'deny', { 'aws:SecureTransport': 'false' }),
  ofItem('usage is read without TLS', ALL, 'GetItem', ['u#v1.a'], 'deny', { 'aws:SecureTransport': 'false' }),
  ...[
    'PutItem',
    'DeleteItem',
    'Query',
    'Scan',
    'BatchWriteItem',
    'BatchGetItem',
    'PartiQLUpdate',
    'DeleteTable',
    'UpdateTable',
    'UpdateTimeToLive',
    'UpdateContinuousBackups',
    'PutResourcePolicy',
    'ExportTableToPointInTime',
  ].map((action) => ofItem(`another action on the table: ${action}`, ALL, action, ['u#v1.a'], 'none')),
  {
    name: 'usage of another table',
    who: ALL,
    action: 'dynamodb:UpdateItem',
    resource: ({ table }) => `${table}2`,
    context: () => ({ [KEYS]: ['u#v1.a'] }),
    expect: 'none',
  },
  {
    name: 'reads of another table',
    who: ALL,
    action: 'dynamodb:GetItem',
    resource: ({ table }) => table.replace(/[^/]+$/, 'Other'),
    context: () => ({ [KEYS]: ['u#v1.a'] }),
    expect: 'none',
  },
];

const readSecret = (
  name: string,
  who: readonly RoleName[],
  resource: AccessCase['resource'],
  expect: AccessCase['expect'],
  changes: ContextChanges = {},
): AccessCase => ({
  name,
  who,
  action: 'secretsmanager:GetSecretValue',
  resource,
  context: () => changes,
  expect,
});

const SECRETS: readonly AccessCase[] = [
  readSecret('the key of digests', ALL, ({ digestKey }) => digestKey, 'allow'),
  readSecret('the key of sessions', MODEL, ({ macKey }) => macKey, 'allow'),
  readSecret('the key of sessions, by the function that tells usage', USAGE, ({ macKey }) => macKey, 'none'),
  readSecret('another secret', ALL, () => `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:other-a1b2c3`, 'none'),
  readSecret('a secret of another account', ALL, ({ digestKey }) => digestKey.replace(ACCOUNT, '999999999999'), 'none'),
  readSecret('the key of digests without TLS', ALL, ({ digestKey }) => digestKey, 'deny', {
    'aws:SecureTransport': 'false',
  }),
  ...['PutSecretValue', 'UpdateSecret', 'DeleteSecret', 'RotateSecret', 'PutResourcePolicy', 'BatchGetSecretValue'].map(
    (action): AccessCase => ({
      name: `another action on a secret: ${action}`,
      who: ALL,
      action: `secretsmanager:${action}`,
      resource: ({ digestKey }) => digestKey,
      expect: 'none',
    }),
  ),
];

const NAMES: Readonly<Record<RoleName, string>> = {
  ChatRole: 'chat',
  ChatStreamRole: 'chatStream',
  AgentRole: 'agent',
  UsageRole: 'usage',
};

const ofLog = (
  name: string,
  who: readonly RoleName[],
  action: string,
  resource: AccessCase['resource'],
  expect: AccessCase['expect'],
): AccessCase => ({
  name,
  who,
  action: `logs:${action}`,
  resource,
  expect,
});

const isKept = {
  when: (_: unknown, view: { readonly of: (type: string) => readonly { readonly id: string }[] }): boolean =>
    view.of('AWS::Logs::LogGroup').some(({ id }) => id === 'AuditContentLogGroup'),
};
const isNotKept = {
  when: (promises: unknown, view: Parameters<typeof isKept.when>[1]): boolean => !isKept.when(promises, view),
};

const LOGS: readonly AccessCase[] = [
  ...ALL.flatMap((role): readonly AccessCase[] => [
    ofLog('lines of its own log', [role], 'PutLogEvents', ({ log }) => log(NAMES[role]), 'allow'),
    ofLog('a stream of its own log', [role], 'CreateLogStream', ({ log }) => log(NAMES[role]), 'allow'),
    ofLog(
      'lines of another function’s log',
      [role],
      'PutLogEvents',
      ({ log }) => log(role === 'ChatRole' ? 'agent' : 'chat'),
      'none',
    ),
  ]),
  ofLog('audit records', ALL, 'PutLogEvents', ({ auditLog }) => auditLog, 'allow'),
  ofLog('a stream of audit records', ALL, 'CreateLogStream', ({ auditLog }) => auditLog, 'allow'),
  { ...ofLog('content beside audit records', ALL, 'PutLogEvents', ({ contentLog }) => contentLog, 'allow'), ...isKept },
  { ...ofLog('a stream of content', ALL, 'CreateLogStream', ({ contentLog }) => contentLog, 'allow'), ...isKept },
  {
    ...ofLog('content, where none is kept', ALL, 'PutLogEvents', ({ contentLog }) => contentLog, 'deny'),
    ...isNotKept,
  },
  {
    ...ofLog('audit records without TLS', ALL, 'PutLogEvents', ({ auditLog }) => auditLog, 'deny'),
    context: () => ({ 'aws:SecureTransport': 'false' }),
  },
  ofLog(
    'another log',
    ALL,
    'PutLogEvents',
    () => `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:other:log-stream:s`,
    'none',
  ),
  ofLog('a log group', ALL, 'CreateLogGroup', ({ log }) => log('other'), 'none'),
  ...[
    'AssociateKmsKey',
    'CreateExportTask',
    'DeleteLogGroup',
    'DeleteLogStream',
    'DeleteRetentionPolicy',
    'DeleteDataProtectionPolicy',
    'DisassociateKmsKey',
    'FilterLogEvents',
    'GetLogEvents',
    'GetQueryResults',
    'PutRetentionPolicy',
    'PutSubscriptionFilter',
    'StartLiveTail',
    'StartQuery',
    'Unmask',
  ].map((action) => ofLog(`what was logged stays, unread: ${action}`, ALL, action, ({ auditLog }) => auditLog, 'deny')),
];

/** What nobody but a person does. */
const NEVER: readonly (readonly [action: string, resource: string])[] = [
  ['iam:PassRole', `arn:aws:iam::${ACCOUNT}:role/other`],
  ['iam:PutRolePolicy', `arn:aws:iam::${ACCOUNT}:role/ChatRole`],
  ['lambda:InvokeFunction', `arn:aws:lambda:${REGION}:${ACCOUNT}:function:other`],
  ['lambda:UpdateFunctionConfiguration', `arn:aws:lambda:${REGION}:${ACCOUNT}:function:other`],
  ['s3:GetObject', 'arn:aws:s3:::other/key'],
  ['sns:Publish', `arn:aws:sns:${REGION}:${ACCOUNT}:other`],
  ['sqs:SendMessage', `arn:aws:sqs:${REGION}:${ACCOUNT}:other`],
  ['sts:AssumeRole', `arn:aws:iam::${ACCOUNT}:role/other`],
  ['ssm:GetParameter', `arn:aws:ssm:${REGION}:${ACCOUNT}:parameter/other`],
  ['cloudwatch:DeleteAlarms', `arn:aws:cloudwatch:${REGION}:${ACCOUNT}:alarm:other`],
  ['ec2:RunInstances', '*'],
];

/** Cases about what is kept, and about what no function does. */
export const DATA_CASES: readonly AccessCase[] = [
  ...TABLE,
  ...SECRETS,
  ...LOGS,
  ...NEVER.map(
    ([action, resource]): AccessCase => ({
      name: `nothing else: ${action}`,
      who: ALL,
      action,
      resource: () => resource,
      expect: 'refused',
    }),
  ),
];
