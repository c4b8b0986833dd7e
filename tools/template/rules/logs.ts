/** Log groups: how long they are kept, with which key, and what they mask. */

import { type Fields, isFields, listOf } from '../template.ts';
import { isFrom, isGiven, isOneOf, keepingProblems, lacking, orAbsent, type Rule, type View } from './rule.ts';
import { ownKey } from './storage.ts';

/** Kinds of values that are masked in every group of functions' logs, where masking is promised. */
const MASKED = [
  'AwsSecretKey',
  'OpenSshPrivateKey',
  'PkcsPrivateKey',
  'PgpPrivateKey',
  'PuttyPrivateKey',
  'CreditCardNumber',
  'EmailAddress',
];

/** What is wrong with the policy that masks what logs hold. Both statements name the same kinds: CloudWatch wants it. */
const maskingProblems = (id: string, policy: unknown): readonly string[] => {
  const statements = isFields(policy) ? listOf(policy['Statement']).filter(isFields) : [];
  const kinds = (operation: string): string =>
    statements
      .filter(({ Operation }) => isFields(Operation) && operation in Operation)
      .flatMap(({ DataIdentifier }) => listOf(DataIdentifier).map(String))
      .sort()
      .join();
  const masks = statements.some(
    ({ Operation }) =>
      isFields((Operation as Fields | undefined)?.['Deidentify']) &&
      isFields(((Operation as Fields)['Deidentify'] as Fields)['MaskConfig']),
  );
  const audits = statements.some(
    ({ Operation }) =>
      isFields((Operation as Fields | undefined)?.['Audit']) &&
      isFields(((Operation as Fields)['Audit'] as Fields)['FindingsDestination']),
  );
  const missing = MASKED.filter((kind) => !kinds('Deidentify').includes(`:data-identifier/${kind}`));
  return [
    ...(masks ? [] : [`${id}: masks nothing (DataProtectionPolicy)`]),
    ...(audits && kinds('Audit') === kinds('Deidentify')
      ? []
      : [`${id}: CloudWatch refuses a policy that does not find what it masks`]),
    ...(isFields(policy) && policy['Version'] === '2021-06-01' && policy['Name'] !== undefined
      ? []
      : [`${id}: version of the masking policy`]),
    ...missing.map((kind) => `${id}: does not mask ${kind}`),
  ];
};

/** Groups whose lines may hold words of a caller or a model, by a slip: not the audit log, whose fields have a schema. */
const holdsWords = (name: string): boolean => /^\/aws\/(?:lambda|api-gateway)\/|content/.test(name);

/** Whether a group has the name that its writer goes by: Lambda, API Gateway, WAF, or the kit by the service and stage. */
const isWrittenTo = (view: View, name: string): boolean => {
  const functions = view.of('AWS::Lambda::Function').map(({ properties }) => String(properties['FunctionName']));
  const stack = functions.map((each) => each.replace(/-\w+$/, ''))[0] ?? '';
  return [
    ...functions.map((each) => `/aws/lambda/${each}`),
    `/aws/api-gateway/${stack}`,
    `aws-waf-logs-${stack}`,
    `/bulwark/${stack}/audit`,
    `/bulwark/${stack}/audit-content`,
  ].includes(name);
};

/** The rule about log groups. */
export const LOG_RULE: Rule = {
  name: 'log groups',
  why: 'logs that never end cost money and hold what should be forgotten; a group that the function makes itself has neither',
  types: ['AWS::Logs::LogGroup'],
  check: (view) => {
    const groups = view.of('AWS::Logs::LogGroup');
    const names = groups.map(({ properties }) => properties['LogGroupName']);
    return [
      ...lacking(view, groups, [
        ['LogGroupName', isGiven, 'has no name that roles could name'],
        ['RetentionInDays', isFrom(1, 731), 'is kept for longer than two years'],
        ['LogGroupClass', orAbsent(isOneOf('STANDARD')), 'cannot be filtered for metrics'],
        ...ownKey(view, 'KmsKeyId'),
      ]),
      ...groups
        .filter(({ properties }) => holdsWords(String(properties['LogGroupName'])))
        .flatMap(({ id, properties }) =>
          view.promises.logMasking ? maskingProblems(id, properties['DataProtectionPolicy']) : [],
        ),
      ...groups
        .filter(({ properties }) => /\/audit$/.test(String(properties['LogGroupName'])))
        .flatMap((seen) => [
          ...keepingProblems(seen),
          ...(view.promises.kept && String(seen.properties['DeletionProtectionEnabled']) !== 'true'
            ? [`${seen.id}: records can be deleted with their group (DeletionProtectionEnabled)`]
            : []),
          ...(view.promises.kept && Number(seen.properties['RetentionInDays']) < 365
            ? [`${seen.id}: records are gone before a year is over (RetentionInDays)`]
            : []),
        ]),
      // Who writes them goes by these names.
      ...groups
        .filter(({ properties }) => !isWrittenTo(view, String(properties['LogGroupName'])))
        .map(({ id }) => `${id}: has a name that nobody writes to`),
      ...view
        .of('AWS::Lambda::Function')
        .filter(({ properties }) => !names.includes(`/aws/lambda/${properties['FunctionName']}`))
        .map(({ id }) => `${id}: makes its own log group, without end and key`),
    ];
  },
};
