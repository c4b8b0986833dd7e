/** What no function of a guarded service needs to do, as requests: whoever takes the function over would do it. */

import { ACCOUNT, REGION } from '../resolve.ts';
import type { RequestContext } from './wildcard.ts';

/** Where an ARN is: each name is asked for in every place that a role's policies name. */
export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

/** The place of everything that a template makes. */
export const HOME: Place = { partition: 'aws', region: REGION, account: ACCOUNT };

/** A thing that a role must not be able to do. */
export interface Asked {
  /** What the role may do, as the end of a sentence that begins with the role. */
  readonly name: string;
  readonly actions: readonly string[];
  readonly resource: (place: Place) => string;
  /**
   * Keys of conditions that bind what is asked for. Those of the caller, its network, the time and the like do not: a
   * function's own code meets them.
   */
  readonly binding: RegExp;
  /** What the request says of itself. */
  readonly context?: (place: Place) => RequestContext;
}

const NOTHING = /^\b$/;
const PROFILE = /^bedrock:InferenceProfileArn$/i;

const arn =
  (service: string, rest: string) =>
  ({ partition, region, account }: Place): string =>
    `arn:${partition}:${service}:${region}:${account}:${rest}`;
const global =
  (service: string, rest: string) =>
  ({ partition, account }: Place): string =>
    `arn:${partition}:${service}::${account}:${rest}`;

/** Ways to call a model. Source: Service Authorization Reference, "Actions for Amazon Bedrock". */
export const MODEL_CALLS: readonly string[] = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'];
const profile = arn('bedrock', 'inference-profile/other.model-v1:0');
const model = ({ partition, region }: Place): string =>
  `arn:${partition}:bedrock:${region}::foundation-model/other.model-v1:0`;

/** What is asked of every role of a function. */
export const ASKED: readonly Asked[] = [
  { name: 'calls any model, past every profile', actions: MODEL_CALLS, resource: model, binding: PROFILE },
  {
    name: 'calls any model through any profile',
    actions: MODEL_CALLS,
    resource: model,
    binding: PROFILE,
    context: (place) => ({ 'bedrock:InferenceProfileArn': profile(place) }),
  },
  { name: 'calls through any profile', actions: MODEL_CALLS, resource: profile, binding: PROFILE },
  {
    name: 'calls through any application’s profile',
    actions: MODEL_CALLS,
    resource: arn('bedrock', 'application-inference-profile/other'),
    binding: PROFILE,
  },
  {
    name: 'changes guardrails',
    actions: ['bedrock:UpdateGuardrail', 'bedrock:DeleteGuardrail'],
    resource: arn('bedrock', 'guardrail/other'),
    binding: NOTHING,
  },
  {
    name: 'switches off what Bedrock logs',
    actions: [
      'bedrock:DeleteModelInvocationLoggingConfiguration',
      'bedrock:PutModelInvocationLoggingConfiguration',
      'cloudtrail:StopLogging',
    ],
    resource: arn('cloudtrail', 'trail/other'),
    binding: NOTHING,
  },
  {
    name: 'reads or writes any table',
    actions: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:Scan', 'dynamodb:PutItem', 'dynamodb:DeleteItem'],
    resource: arn('dynamodb', 'table/other'),
    binding: /^dynamodb:LeadingKeys$/i,
    context: () => ({ 'dynamodb:LeadingKeys': ['other'] }),
  },
  { name: 'hands over any role', actions: ['iam:PassRole'], resource: global('iam', 'role/other'), binding: NOTHING },
  { name: 'takes on any role', actions: ['sts:AssumeRole'], resource: global('iam', 'role/other'), binding: NOTHING },
  {
    name: 'makes and changes roles',
    actions: ['iam:CreateRole', 'iam:AttachRolePolicy', 'iam:PutRolePolicy', 'iam:UpdateAssumeRolePolicy'],
    resource: global('iam', 'role/other'),
    binding: NOTHING,
  },
  {
    name: 'makes users and their keys',
    actions: ['iam:CreateUser', 'iam:CreateAccessKey', 'iam:AttachUserPolicy'],
    resource: global('iam', 'user/other'),
    binding: NOTHING,
  },
  {
    name: 'decrypts with any key',
    actions: ['kms:Decrypt', 'kms:CreateGrant', 'kms:PutKeyPolicy'],
    resource: arn('kms', 'key/other'),
    binding: /^kms:(?:ViaService|EncryptionContext:.+|ResourceAliases|RequestAlias)$|^aws:ResourceTag\//i,
  },
  {
    name: 'reads or changes any secret',
    actions: ['secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue', 'secretsmanager:DeleteSecret'],
    resource: arn('secretsmanager', 'secret:other-AbCdEf'),
    binding: /^(?:aws|secretsmanager):ResourceTag\/|^secretsmanager:(?:SecretId|Name)$/i,
  },
  {
    name: 'reads any parameter',
    actions: ['ssm:GetParameter', 'ssm:GetParameters'],
    resource: arn('ssm', 'parameter/other'),
    binding: /^(?:aws|ssm):ResourceTag\//i,
  },
  {
    name: 'reads or writes any bucket',
    actions: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'],
    resource: ({ partition }) => `arn:${partition}:s3:::other/other`,
    binding: /^(?:aws:ResourceTag|s3:ExistingObjectTag)\/|^s3:(?:DataAccessPointArn|AccessPointTag)/i,
  },
  {
    name: 'invokes or changes any function',
    actions: ['lambda:InvokeFunction', 'lambda:UpdateFunctionCode', 'lambda:CreateFunction'],
    resource: arn('lambda', 'function:other'),
    binding: /^aws:ResourceTag\//i,
  },
  {
    name: 'reads or deletes any log',
    actions: ['logs:GetLogEvents', 'logs:FilterLogEvents', 'logs:DeleteLogGroup'],
    resource: arn('logs', 'log-group:other:log-stream:other'),
    binding: /^aws:ResourceTag\//i,
  },
  {
    name: 'silences any alarm',
    actions: ['cloudwatch:DeleteAlarms', 'cloudwatch:DisableAlarmActions'],
    resource: arn('cloudwatch', 'alarm:other'),
    binding: /^aws:ResourceTag\//i,
  },
  {
    name: 'changes any stack',
    actions: ['cloudformation:CreateStack', 'cloudformation:UpdateStack'],
    resource: arn('cloudformation', 'stack/other/1'),
    binding: NOTHING,
  },
];
