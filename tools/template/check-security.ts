/** Roles that do one thing, tables that are kept. */

import { isFields, listOf, resourcesOf, type Template } from './template.ts';

/** A statement of a policy. */
export interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Statements of a policy, where it is one. */
export const statementsIn = (policy: unknown): readonly Statement[] =>
  (isFields(policy) ? listOf(policy['Statement']) : []).filter(isFields) as unknown as readonly Statement[];

/** Statements of a role's own policies. */
export const statementsOf = (role: Readonly<Record<string, unknown>>): readonly Statement[] =>
  listOf(role['Policies']).flatMap((policy) => (isFields(policy) ? statementsIn(policy['PolicyDocument']) : []));

/**
 * Actions that statements allow on everything: those without a resource, and those that Lambda asks for when it puts a
 * function into a network (Lambda developer guide, "Giving Lambda functions access to resources in an Amazon VPC").
 */
const ON_EVERYTHING: ReadonlySet<string> = new Set([
  'bedrock:InvokeGuardrailChecks',
  'ec2:AssignPrivateIpAddresses',
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:UnassignPrivateIpAddresses',
  'xray:PutTelemetryRecords',
  'xray:PutTraceSegments',
]);

/** Roles that allow too much. */
export const checkRoles = (template: Template): readonly string[] =>
  resourcesOf(template, 'AWS::IAM::Role').flatMap(([id, role]) =>
    statementsOf(role)
      .filter(({ Effect }) => Effect === 'Allow')
      .flatMap(({ Sid = '', Action, Resource }) => [
        ...listOf(Action)
          .map(String)
          .filter((action) => /[*?]/.test(action))
          .map((action) => `${id}/${Sid}: allows ${action}`),
        ...(listOf(Resource).includes('*') && !listOf(Action ?? '').every((action) => ON_EVERYTHING.has(String(action)))
          ? [`${id}/${Sid}: allows it on every resource`]
          : []),
      ]),
  );

/** Roles that two functions share. */
export const checkSharing = (template: Template): readonly string[] => {
  const roles = resourcesOf(template, 'AWS::Lambda::Function').map(
    ([id, { Role }]) => [id, JSON.stringify(Role)] as const,
  );
  return roles
    .filter(([id, role]) => roles.some(([other, same]) => other !== id && same === role))
    .map(([id]) => `${id}: shares its role`);
};

/** The table as it must be: encrypted, recoverable, capped, and kept when the stack goes. */
export const checkTables = (template: Template): readonly string[] =>
  resourcesOf(template, 'AWS::DynamoDB::Table').flatMap(([id, table]) =>
    [
      'SSESpecification',
      'PointInTimeRecoverySpecification',
      'OnDemandThroughput',
      'TimeToLiveSpecification',
      'DeletionProtectionEnabled',
    ]
      .filter((name) => table[name] === undefined)
      .map((name) => `${id}: ${name} is missing`),
  );
