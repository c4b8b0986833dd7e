/** What roles of functions may do with keys. */

import { ACCOUNT, REGION } from '../resolve.ts';
import type { Promises } from '../rules/rule.ts';
import { type AccessCase, ALL, type ContextChanges, MODEL, type RoleName } from './case.ts';
import { dataKey, decrypt, hasKey, via } from './key-cases.ts';

const hasNoKey = ({ kms }: Promises): boolean => kms !== true;

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

/** Cases about keys and roles. */
export const KEY_CASES: readonly AccessCase[] = [...KEYS, ...BY_ROLE];
