/** Findings of cdk-nag that stay, each with its reason. One that nothing needs any more is a failure. */

import type { DeploymentName } from '../deployments.ts';
import type { Finding } from './finding.ts';

const ALL: readonly DeploymentName[] = ['dev', 'prod', 'everything'];

/** A finding that stays. */
export interface Suppression {
  readonly rule: string;
  /** What of the resource; any where there is none. */
  readonly detail?: RegExp;
  /** Deployments that have it. */
  readonly on: readonly DeploymentName[];
  /** Logical ids. */
  readonly resource: RegExp;
  readonly reason: string;
}

const ROLES = /^(?:Chat|ChatStream|Agent|Usage|Authorizer)Role$/;
const FUNCTIONS = /^(?:Chat|ChatStream|Agent|Usage|Authorizer)LambdaFunction$/;

/** The list. */
export const SUPPRESSIONS: readonly Suppression[] = [
  {
    rule: 'AwsSolutions-S1',
    on: ALL,
    resource: /^ServerlessDeploymentBucket$/,
    reason:
      'It holds code of deployments and nothing of callers. Who writes to it stands in CloudTrail; a bucket of logs would be one more to guard.',
  },
  {
    rule: 'AwsSolutions-SMG4',
    on: ALL,
    resource: /^DigestKey$/,
    reason:
      'Digests of principals are made with it: another key, and everybody’s usage and limits are forgotten (docs/secrets.md).',
  },
  {
    rule: 'AwsSolutions-SMG4',
    on: ALL,
    resource: /^MacKey$/,
    reason:
      'It rotates by a new version of the secret, which functions follow within minutes and accept beside the old one (docs/secrets.md). A function that rotates it would be one more that may write it.',
  },
  {
    rule: 'AwsSolutions-IAM5',
    on: ALL,
    detail: /^Resource::arn:<AWS::Partition>:logs:.*:log-group:\/aws\/lambda\/[\w-]+:\*$/,
    resource: ROLES,
    reason: 'The star stands for the streams of the function’s own log group, whose names Lambda makes up.',
  },
  {
    rule: 'AwsSolutions-IAM5',
    on: ALL,
    detail: /^Resource::arn:<AWS::Partition>:bedrock:\*::foundation-model\/[\w.:-]+$/,
    resource: /^(?:Chat|ChatStream|Agent)Role$/,
    reason:
      'A cross-Region profile calls the model in Regions that it chooses; the condition on bedrock:InferenceProfileArn ties the call to that one profile.',
  },
  {
    rule: 'AwsSolutions-IAM5',
    on: ['prod', 'everything'],
    detail: /^Resource::\*$/,
    resource: ROLES,
    reason:
      'X-Ray takes no resource, nor does the network of a function. What is allowed on every resource, `rules/roles.ts` says action by action.',
  },
  {
    rule: 'Serverless-LambdaStarPermissions',
    on: ['prod', 'everything'],
    resource: ROLES,
    reason: 'The same statements: their actions know no resource.',
  },
  {
    rule: 'Serverless-LambdaDLQ',
    on: ALL,
    resource: FUNCTIONS,
    reason:
      'The gateway and the function URL wait for the answer: nothing is invoked asynchronously, and nothing could be put aside.',
  },
  {
    rule: 'AwsSolutions-COG8',
    on: ['dev', 'prod'],
    resource: /^UserPool$/,
    reason: 'Threat protection costs by user and month: the param threatProtection switches it on (docs/deploy.md).',
  },
  {
    rule: 'AwsSolutions-COG2',
    on: ['dev'],
    resource: /^UserPool$/,
    reason: 'A second factor is asked of everybody in prod; in dev each user may have one.',
  },
  {
    rule: 'Serverless-LambdaTracing',
    on: ['dev'],
    resource: FUNCTIONS,
    reason: 'Traces cost by request: the param tracing switches them on, and prod has them.',
  },
  {
    rule: 'AwsSolutions-APIG4',
    on: ['everything'],
    resource: /^ApiGatewayMethodV1\w+Options$/,
    reason:
      'A browser sends no token with its question what a page may send. The answer is a constant of the gateway (rules/preflight.ts).',
  },
  {
    rule: 'AwsSolutions-COG4',
    on: ['everything'],
    resource: /^ApiGatewayMethodV1\w+(?:Post|Get)$/,
    reason: 'The issuer is another than Cognito there (auth: jwt): a function checks its tokens.',
  },
  {
    rule: 'W3011',
    on: ['prod', 'everything'],
    resource: /^GuardrailVersion$/,
    reason:
      'A version that is replaced stays, since functions still call with it until they are updated; one whose stack goes has nobody left.',
  },
];

/** Whether a suppression is about a finding. */
export const suppresses = ({ rule, detail, resource }: Suppression, finding: Finding): boolean =>
  finding.rule === rule && resource.test(finding.resource) && (detail === undefined || detail.test(finding.detail));
