/** Policies of IAM, as far as they are evaluated. */

import { type Fields, isFields, listOf } from '../template.ts';
import { isOperator } from './operators.ts';

/** Operators with, by context key, what they compare it to. */
export type Conditions = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** A statement. Source: IAM User Guide, "Grammar of the IAM JSON policy language". */
export interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Principal?: unknown;
  readonly NotPrincipal?: unknown;
  readonly Condition?: Conditions;
}

/** A policy document. */
export interface PolicyDocument {
  readonly Version?: string;
  readonly Statement: readonly PolicyStatement[];
}

const ELEMENTS = new Set([
  'Sid',
  'Effect',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Principal',
  'NotPrincipal',
  'Condition',
]);

const isTexts = (value: unknown): boolean =>
  listOf(value).length > 0 && listOf(value).every((item) => typeof item === 'string');

/** What is wrong with one of two elements that exclude each other. */
const oneOf = (statement: Fields, name: string): readonly string[] => {
  const given = [name, `Not${name}`].filter((element) => element in statement);
  return given.length === 1 && isTexts(statement[given[0] ?? '']) ? [] : [`not one of ${name} and Not${name} as text`];
};

const unknownOperators = (condition: unknown): readonly string[] =>
  Object.keys(isFields(condition) ? condition : {})
    .filter((name) => !isOperator(name))
    .map((name) => `unknown operator ${name}`);

const conditionProblems = (condition: unknown): readonly string[] =>
  condition === undefined ||
  (isFields(condition) &&
    Object.values(condition).every(
      (keys) =>
        isFields(keys) && Object.keys(keys).length > 0 && Object.values(keys).every((v) => listOf(v).length > 0),
    ))
    ? []
    : ['a condition that compares nothing'];

const statementProblems = (statement: unknown, kind: 'identity' | 'resource' | 'trust'): readonly string[] => {
  if (!isFields(statement)) return ['not an object'];
  const hasPrincipal = 'Principal' in statement || 'NotPrincipal' in statement;
  return [
    ...Object.keys(statement)
      .filter((element) => !ELEMENTS.has(element))
      .map((element) => `unknown element ${element}`),
    ...(statement['Effect'] === 'Allow' || statement['Effect'] === 'Deny' ? [] : ['Effect is neither Allow nor Deny']),
    ...oneOf(statement, 'Action'),
    ...(kind === 'trust' ? [] : oneOf(statement, 'Resource')),
    ...(hasPrincipal === (kind !== 'identity') ? [] : [hasPrincipal ? 'has a principal' : 'lacks its principal']),
    ...conditionProblems(statement['Condition']),
    ...unknownOperators(statement['Condition']),
  ];
};

/**
 * What is wrong with the form of a resolved policy.
 *
 * @param kind Policies of identities name no principal, those of resources do, and those of trust name no resource.
 */
export const policyProblems = (policy: unknown, kind: 'identity' | 'resource' | 'trust'): readonly string[] => {
  if (!isFields(policy)) return ['not a policy'];
  const statements = listOf(policy['Statement']);
  return [
    // Without it policies are of 2008: variables such as ${aws:username} are plain text then.
    ...(policy['Version'] === '2012-10-17' ? [] : ['Version is not 2012-10-17']),
    ...(statements.length === 0 ? ['no statement'] : []),
    ...statements.flatMap((statement, index) =>
      statementProblems(statement, kind).map(
        (problem) => `${(isFields(statement) && statement['Sid']) || `statement ${index}`}: ${problem}`,
      ),
    ),
  ];
};
