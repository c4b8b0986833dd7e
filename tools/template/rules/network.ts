/** The network of the functions. */

import { isFields, listOf } from '../template.ts';
import { isGiven, propertyRule, type Rule, type Seen } from './rule.ts';

const OPEN = /^(?:0\.0\.0\.0\/0|::\/0)$/;

const groupProblems = ({ id, properties }: Seen): readonly string[] => {
  const rules = [
    properties,
    ...listOf(properties['SecurityGroupIngress']),
    ...listOf(properties['SecurityGroupEgress']),
  ].filter(isFields);
  return [
    ...(rules.some((rule) => OPEN.test(String(rule['CidrIp'] ?? rule['CidrIpv6'] ?? '')))
      ? [`${id}: is open to everywhere`]
      : []),
    ...rules
      .filter((rule) => rule['IpProtocol'] !== undefined && rule['IpProtocol'] !== 'icmp')
      .filter(
        (rule) =>
          String(rule['FromPort']) !== '443' || String(rule['ToPort']) !== '443' || rule['IpProtocol'] !== 'tcp',
      )
      .map(() => `${id}: is for more than TLS`),
    ...(id.endsWith('Group') && listOf(properties['SecurityGroupEgress']).length === 0
      ? [`${id}: may send anywhere`]
      : []),
  ];
};

/** Rules about what stands in front and around. */
export const NETWORK_RULES: readonly Rule[] = [
  {
    name: 'security groups',
    why: 'a function that reaches the internet can carry anything out',
    types: ['AWS::EC2::SecurityGroup', 'AWS::EC2::SecurityGroupEgress', 'AWS::EC2::SecurityGroupIngress'],
    check: (view) =>
      view
        .of('AWS::EC2::SecurityGroup', 'AWS::EC2::SecurityGroupEgress', 'AWS::EC2::SecurityGroupIngress')
        .flatMap(groupProblems),
  },
  propertyRule(
    'endpoints',
    'calls leave the network where an endpoint is not the way of its service',
    'AWS::EC2::VPCEndpoint',
    [
      [
        'ServiceName',
        (value) =>
          /^com\.amazonaws\.[\w-]+\.(?:bedrock-runtime|logs|monitoring|secretsmanager|kms|dynamodb|xray)$/.test(
            String(value),
          ),
        'is of a service that no function needs',
      ],
      ['PolicyDocument', isGiven, 'lets everybody do everything'],
      ['VpcId', isGiven, 'is in no network'],
      [
        'PrivateDnsEnabled',
        (value, { properties }) => properties['VpcEndpointType'] !== 'Interface' || String(value) === 'true',
        'is passed by',
      ],
      [
        'SecurityGroupIds',
        (value, { properties }) => properties['VpcEndpointType'] !== 'Interface' || isGiven(value),
        'is open to the whole network',
      ],
      [
        'SubnetIds',
        (value, { properties }) => properties['VpcEndpointType'] !== 'Interface' || isGiven(value),
        'is nowhere',
      ],
      [
        'RouteTableIds',
        (value, { properties }) => properties['VpcEndpointType'] !== 'Gateway' || isGiven(value),
        'is no way of any subnet',
      ],
    ],
  ),
];
