/** Roles: the form of their policies, what they allow, and who takes them on. */

import { policyProblems } from '../iam/policy.ts';
import { isFields, listOf } from '../template.ts';
import { type Placed, policiesOf, statementsIn } from './policy-sources.ts';
import { type Rule, targetsOf } from './rule.ts';

const forms: Rule = {
  name: 'policy forms',
  why: 'a policy that IAM reads otherwise than its author did allows what nobody meant',
  types: ['AWS::IAM::Role', 'AWS::KMS::Key', 'AWS::SNS::TopicPolicy', 'AWS::EC2::VPCEndpoint'],
  check: (view) =>
    policiesOf(view).flatMap(({ at, kind, document }) =>
      policyProblems(document, kind).map((problem) => `${at}: ${problem}`),
    ),
};

/** Actions that name no resource: the reference of services says `*` for them. */
const WITHOUT_RESOURCE =
  /^(?:xray:Put(?:TraceSegments|TelemetryRecords)|bedrock:InvokeGuardrailChecks|cloudwatch:PutMetricData|ec2:(?:CreateNetworkInterface|DeleteNetworkInterface|DescribeNetworkInterfaces|DescribeSubnets|DescribeSecurityGroups|DescribeVpcs|AssignPrivateIpAddresses|UnassignPrivateIpAddresses))$/;

const MODEL_CALLS = /^bedrock:InvokeModel(?:WithResponseStream)?$/;

const isEverything = (resource: string): boolean => /^\*$|^arn:[^:]*:[^:]*:\*?:\*?:\*$/.test(resource);

/** What a statement allows that no function of this service needs. */
export const allowanceProblems = ({ at, statement }: Placed): readonly string[] => {
  const actions = listOf(statement.Action).map(String);
  const resources = listOf(statement.Resource).map(String);
  return [
    ...(statement.NotAction === undefined ? [] : [`${at}: allows all but something (NotAction)`]),
    ...(statement.NotResource === undefined ? [] : [`${at}: allows it on all but something (NotResource)`]),
    ...actions
      .filter((action) => action.includes('*') || action.includes('?'))
      .map((action) => `${at}: allows ${action}`),
    ...(resources.some(isEverything) && !actions.every((action) => WITHOUT_RESOURCE.test(action))
      ? [`${at}: allows it on every resource`]
      : []),
    ...resources
      .filter((resource) => /:\d{12}:/.test(resource) && !resource.includes(':123456789012:'))
      .map((resource) => `${at}: reaches into another account (${resource})`),
  ];
};

/** Models are called in any Region, and so only through the one profile that screens where. */
const modelProblems = ({ at, statement }: Placed): readonly string[] => {
  const actions = listOf(statement.Action).map(String);
  if (!actions.some((action) => MODEL_CALLS.test(action))) return [];
  const everywhere = listOf(statement.Resource)
    .map(String)
    .filter((resource) => resource.includes('::foundation-model/'));
  const profiles = Object.entries(statement.Condition ?? {}).flatMap(([operator, keys]) =>
    /^String(?:Equals|Like)$|^Arn(?:Equals|Like)$/.test(operator)
      ? listOf(keys['bedrock:InferenceProfileArn']).map(String)
      : [],
  );
  const isTied =
    profiles.length > 0 &&
    profiles.every((profile) => /^arn:[\w-]+:bedrock:[^*]*inference-profile\/[^*]+$/.test(profile));
  return [
    ...(everywhere.length > 0 && !isTied ? [`${at}: calls a model past its profile`] : []),
    ...everywhere
      .filter((model) => /foundation-model\/[^/]*[*?]/.test(model))
      .map((model) => `${at}: calls other models, too (${model})`),
    ...listOf(statement.Resource)
      .map(String)
      .filter((resource) => /inference-profile\/[^/]*[*?]/.test(resource))
      .map((resource) => `${at}: calls other profiles, too (${resource})`),
  ];
};

const roles: Rule = {
  name: 'roles',
  why: 'what a function may do beyond its work is what an attacker does with it',
  types: ['AWS::IAM::Role'],
  check: (view) =>
    view.of('AWS::IAM::Role').flatMap((role) => [
      ...policiesOf(view)
        .filter(({ at, kind }) => kind === 'identity' && at.startsWith(`${role.id}/`))
        .flatMap(statementsIn)
        .filter(({ statement }) => statement.Effect === 'Allow')
        .flatMap((placed) => [...allowanceProblems(placed), ...modelProblems(placed)]),
      ...(listOf(role.properties['ManagedPolicyArns']).length > 0
        ? [`${role.id}: has rights that stand elsewhere (ManagedPolicyArns)`]
        : []),
      ...(role.properties['RoleName'] === undefined ? [] : [`${role.id}: has a name that another stack might want`]),
      ...(Number(role.properties['MaxSessionDuration'] ?? 3600) > 3600
        ? [`${role.id}: keeps its sessions for hours`]
        : []),
    ]),
};

/** Who may take a role on: one service, and it alone. */
const trust: Rule = {
  name: 'trust',
  why: 'whoever may take on the role of a function may do what the function may, past everything that it checks',
  types: ['AWS::IAM::Role'],
  check: (view) => {
    const ofFunctions = new Set(view.of('AWS::Lambda::Function').flatMap(({ raw }) => targetsOf(raw['Role'])));
    return view.of('AWS::IAM::Role').flatMap(({ id, properties }) => {
      const document = properties['AssumeRolePolicyDocument'];
      const statements = isFields(document) ? listOf(document['Statement']).filter(isFields) : [];
      const wanted = ofFunctions.has(id) ? { Service: 'lambda.amazonaws.com' } : undefined;
      return statements.flatMap((statement) => [
        ...(statement['Effect'] === 'Allow' && listOf(statement['Action']).join() !== 'sts:AssumeRole'
          ? [`${id}: may be taken on in other ways`]
          : []),
        ...(wanted === undefined || JSON.stringify(statement['Principal']) === JSON.stringify(wanted)
          ? []
          : [`${id}: may be taken on by others than Lambda`]),
        ...(/"\*"|:root"/.test(JSON.stringify(statement['Principal'] ?? '*'))
          ? [`${id}: may be taken on by anybody`]
          : []),
      ]);
    });
  },
};

/** Rules about roles. What they allow and deny together, `iam/` asks. */
export const ROLE_RULES: readonly Rule[] = [forms, roles, trust];
