/** Who may do what: policies of roles, of keys, of topics, of endpoints. */

import { type PolicyStatement, policyProblems } from '../iam/policy.ts';
import { type Fields, isFields, listOf } from '../template.ts';
import { type Rule, type Seen, targetsOf, type View } from './rule.ts';

/** A statement, and where it stands. */
interface Placed {
  readonly at: string;
  readonly statement: PolicyStatement;
}

/** A policy of the template, resolved. */
interface Policy {
  readonly at: string;
  readonly kind: 'identity' | 'resource' | 'trust';
  readonly document: unknown;
}

const policiesOf = (view: View): readonly Policy[] => [
  ...view.of('AWS::IAM::Role').flatMap(({ id, properties }) => [
    { at: id, kind: 'trust' as const, document: properties['AssumeRolePolicyDocument'] },
    ...listOf(properties['Policies']).map((policy) => ({
      at: `${id}/${isFields(policy) ? policy['PolicyName'] : ''}`,
      kind: 'identity' as const,
      document: isFields(policy) ? policy['PolicyDocument'] : undefined,
    })),
  ]),
  ...view
    .of('AWS::KMS::Key')
    .map(({ id, properties }) => ({ at: id, kind: 'resource' as const, document: properties['KeyPolicy'] })),
  ...view
    .of('AWS::SNS::TopicPolicy', 'AWS::EC2::VPCEndpoint')
    .map(({ id, properties }) => ({ at: id, kind: 'resource' as const, document: properties['PolicyDocument'] })),
];

const statementsIn = ({ at, document }: Policy): readonly Placed[] =>
  (isFields(document) ? listOf(document['Statement']) : []).filter(isFields).map((statement) => ({
    at: `${at}/${statement['Sid'] ?? ''}`,
    statement: statement as unknown as PolicyStatement,
  }));

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
const allowanceProblems = ({ at, statement }: Placed): readonly string[] => {
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

/** Conditions that say that a service acts for this account. */
const ACCOUNT_KEYS = ['aws:SourceAccount', 'aws:SourceArn', 'kms:CallerAccount'];

const isForAccount = (condition: unknown): boolean =>
  isFields(condition) &&
  Object.entries(condition).some(
    ([operator, keys]) =>
      /^(?:String(?:Equals|Like)|Arn(?:Equals|Like))$/.test(operator) &&
      isFields(keys) &&
      Object.entries(keys).some(
        ([key, values]) =>
          (ACCOUNT_KEYS.includes(key) || key.startsWith('kms:EncryptionContext:')) &&
          listOf(values).every((value) => String(value).includes('123456789012')),
      ),
  );

const isService = (statement: PolicyStatement): boolean =>
  isFields(statement.Principal) && 'Service' in statement.Principal;

/** Principals that may use a policy of a resource. */
const resourcePolicies: Rule = {
  name: 'resource policies',
  why: 'a service that acts for another account is a deputy that can be confused',
  types: ['AWS::KMS::Key', 'AWS::SNS::TopicPolicy'],
  check: (view) =>
    policiesOf(view)
      .filter(({ kind, at }) => kind === 'resource' && !isEndpoint(view, at))
      .flatMap(statementsIn)
      .filter(({ statement }) => statement.Effect === 'Allow')
      .flatMap(({ at, statement }) => {
        const actions = listOf(statement.Action).map(String);
        const isOpen =
          statement.Principal === '*' ||
          (isFields(statement.Principal) && listOf(statement.Principal['AWS']).includes('*'));
        const uses = actions.some((action) =>
          /^(?:\*|kms:\*|kms:(?:Decrypt|Encrypt|GenerateDataKey|ReEncrypt|CreateGrant))/.test(action),
        );
        return [
          ...(statement.NotPrincipal === undefined ? [] : [`${at}: lets in all but somebody`]),
          ...(isOpen ? [`${at}: lets anybody in`] : []),
          ...(actions.some((action) => /^(?:\*|\w+:\*)$/.test(action)) ? [`${at}: allows everything`] : []),
          ...((isService(statement) || uses) && !isForAccount(statement.Condition)
            ? [`${at}: acts for other accounts, too, or for any use`]
            : []),
        ];
      }),
};

const isEndpoint = (view: View, id: string): boolean => view.template.Resources[id]?.Type === 'AWS::EC2::VPCEndpoint';

/** Roles that an endpoint is there for: those of the functions. */
const namesRolesOnly = (condition: unknown, view: View): boolean => {
  const roleArns = view
    .of('AWS::Lambda::Function')
    .filter(({ raw }) => raw['VpcConfig'] !== undefined)
    .map(({ properties }) => String(properties['Role']));
  const named = Object.entries(isFields(condition) ? condition : {}).flatMap(([operator, keys]) =>
    /^(?:Arn|String)Equals$/.test(operator) && isFields(keys) ? listOf(keys['aws:PrincipalArn']).map(String) : [],
  );
  return (
    named.length > 0 && named.every((arn) => roleArns.includes(arn)) && roleArns.every((arn) => named.includes(arn))
  );
};

const endpoints: Rule = {
  name: 'endpoint policies',
  why: 'an endpoint for everybody carries what is stolen to an account of the thief',
  types: ['AWS::EC2::VPCEndpoint'],
  check: (view) =>
    policiesOf(view)
      .filter(({ at }) => isEndpoint(view, at))
      .flatMap(statementsIn)
      .filter(({ statement }) => statement.Effect === 'Allow')
      .flatMap((placed) => [
        ...allowanceProblems(placed).filter(
          (problem) => !/every resource/.test(problem) || !isBedrock(placed.statement),
        ),
        ...(namesRolesOnly(placed.statement.Condition, view)
          ? []
          : [`${placed.at}: is not for the roles of the functions alone`]),
      ]),
};

/** Bedrock's resources are models of AWS, in other Regions' names, and their roles name them. */
const isBedrock = ({ Action }: PolicyStatement): boolean =>
  listOf(Action).every((action) => String(action).startsWith('bedrock:'));

const deniesWithoutTls = (statement: Fields): boolean =>
  statement['Effect'] === 'Deny' &&
  statement['Principal'] === '*' &&
  isFields(statement['Condition']) &&
  String((statement['Condition']['Bool'] as Fields | undefined)?.['aws:SecureTransport']) === 'false' &&
  Object.keys(statement['Condition']).length === 1;

/** Policies of topics and buckets that want TLS, and are of those that they are for. */
const tls: Rule = {
  name: 'TLS only',
  why: 'alarms and code that travel unencrypted are read and replaced on the way',
  types: ['AWS::SNS::TopicPolicy', 'AWS::S3::BucketPolicy'],
  check: (view) =>
    view.of('AWS::SNS::TopicPolicy', 'AWS::S3::BucketPolicy').flatMap(({ id, properties, raw }) => {
      const document = isFields(properties['PolicyDocument']) ? properties['PolicyDocument'] : {};
      const denials = listOf(document['Statement']).filter(isFields).filter(deniesWithoutTls);
      const actions = denials.flatMap(({ Action }) => listOf(Action).map(String));
      const resources = denials.flatMap(({ Resource }) => listOf(Resource).map(String));
      const subjects = [...targetsOf(raw['Topics']), ...targetsOf(raw['Bucket'])];
      return [
        ...(actions.some((action) => /^(?:sns:Publish|s3:\*)$/.test(action))
          ? []
          : [`${id}: takes what comes without TLS`]),
        ...subjects
          .filter(
            (subject) =>
              !resources.some(
                (resource) =>
                  resource === '*' || resource.includes(subject) || resource === String(view.resolve({ Ref: subject })),
              ),
          )
          .map((subject) => `${id}: wants TLS of something else than ${subject}`),
        ...(id in view.template.Resources && 'Bucket' in raw && resources.length < 2
          ? [`${id}: wants TLS of the bucket or of its objects only`]
          : []),
        ...(subjects.length === 0 ? [`${id}: is of nothing in this template`] : []),
      ];
    }),
};

/** Rules about policies. What they allow and deny together, `iam/cases.ts` asks. */
export const POLICY_RULES: readonly Rule[] = [forms, roles, trust, resourcePolicies, endpoints, tls];

/** Policies of a role, resolved. */
export const identityPoliciesOf = (role: Seen): readonly unknown[] =>
  listOf(role.properties['Policies']).map((policy) => (isFields(policy) ? policy['PolicyDocument'] : undefined));
