/** What services and administrators may do with the key. */

import { ACCOUNT, REGION } from '../resolve.ts';
import type { AccessCase, ContextChanges } from './case.ts';
import { decrypt, via } from './key-cases.ts';

const LOGS_SERVICE: AccessCase['who'] = { service: `logs.${REGION}.amazonaws.com` };
/** What CloudWatch Logs says of a group that it encrypts. */
const forLog = (stream: string): ContextChanges => ({
  'kms:EncryptionContext:aws:logs:arn': stream.replace(/:log-stream:.*$/, ''),
});

const OF_SERVICES: readonly AccessCase[] = [
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
];

/** Cases about the key, services and administrators. */
export const KEY_SERVICE_CASES: readonly AccessCase[] = OF_SERVICES;
