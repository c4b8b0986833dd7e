/** Who publishes to the topic of alarms, and who takes on the roles of functions. */

import { ACCOUNT } from '../resolve.ts';
import { type AccessCase, ALL, type ContextChanges, type RoleName } from './case.ts';

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

/** Cases about topics and trust. */
export const SERVICE_CASES: readonly AccessCase[] = [...TOPIC, ...TRUST];
