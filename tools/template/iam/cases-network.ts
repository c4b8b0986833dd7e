/** Traces, networks and endpoints. */

import { REGION } from '../resolve.ts';
import type { Promises } from '../rules/rule.ts';
import { type AccessCase, ALL, type ContextChanges, MODEL } from './case.ts';
import { dataKey } from './key-cases.ts';
import type { World } from './world.ts';

const hasTraces = ({ tracing }: Promises): boolean => tracing === true;
const hasNoTraces = ({ tracing }: Promises): boolean => tracing !== true;
const hasNetwork = ({ vpc }: Promises): boolean => vpc === true;
const hasNoNetwork = ({ vpc }: Promises): boolean => vpc !== true;

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

/** Cases about what is around the functions. */
export const NETWORK_CASES: readonly AccessCase[] = [...AROUND, ...AT_ENDPOINTS];
