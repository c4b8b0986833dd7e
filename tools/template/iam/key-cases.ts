/** What cases about the data key are made of. */

import { ACCOUNT, REGION } from '../resolve.ts';
import type { Promises } from '../rules/rule.ts';
import type { AccessCase, ContextChanges } from './case.ts';
import type { World } from './world.ts';

/** Whether the deployment has a key of its own. */
export const hasKey = ({ kms }: Promises): boolean => kms === true;
/** What KMS is told of a request that a service makes for a function. */
export const via = (service: string): ContextChanges => ({
  'kms:ViaService': `${service}.${REGION}.amazonaws.com`,
  'kms:CallerAccount': ACCOUNT,
  'lambda:SourceFunctionArn': undefined,
});
/** The key. */
export const dataKey = ({ dataKey: arn }: World): string => arn;
/** A case about the key and its policy. */
export const decrypt = (
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
