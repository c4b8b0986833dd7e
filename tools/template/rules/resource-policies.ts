/** Policies of keys, topics, buckets and endpoints. */

import type { PolicyStatement } from '../iam/policy.ts';
import { type Fields, isFields, listOf } from '../template.ts';
import { policiesOf, statementsIn } from './policy-sources.ts';
import { allowanceProblems } from './roles.ts';
import { type Rule, targetsOf, type View } from './rule.ts';

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

/** Rules about policies of resources. */
export const RESOURCE_POLICY_RULES: readonly Rule[] = [resourcePolicies, endpoints, tls];
