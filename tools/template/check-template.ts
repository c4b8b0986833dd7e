/** Checks of any template that uses the kit: of this service, or of somebody else's. */

import { checkAlarms } from './check-alarms.ts';
import { checkFrontDoors, checkStreams } from './check-front-doors.ts';
import { checkReferences } from './check-references.ts';
import { checkRoles, checkSharing, checkTables } from './check-security.ts';
import { checkSpecification } from './check-specification.ts';
import { checkTableKeys } from './check-table-keys.ts';
import { checkRights } from './iam/check-rights.ts';

import { resourcesOf, type Template } from './template.ts';

/** What a check found. */
export interface Checked {
  readonly name: string;
  /** What goes wrong without the check. */
  readonly why: string;
  /** How much it looked at: resources, or cases. */
  readonly cases: number;
  readonly problems: readonly string[];
  readonly milliseconds: number;
}

/** Runs a check and times it. */
export const timed = (name: string, why: string, cases: number, check: () => readonly string[]): Checked => {
  const startedAt = performance.now();
  const problems = check();
  return { name, why, cases, problems, milliseconds: performance.now() - startedAt };
};

/** Checks of any template that uses the kit, whatever else is in it. */
const GENERAL: readonly (readonly [
  name: string,
  why: string,
  types: readonly string[],
  check: (template: Template) => readonly string[],
])[] = [
  ['specification', 'CloudFormation refuses it halfway through a deployment', [], checkSpecification],
  ['references', 'a name that leads nowhere, to the wrong kind, or in a circle', [], checkReferences],
  [
    'wide roles',
    'what a function may do beyond its work is what an attacker does with it',
    ['AWS::IAM::Role'],
    checkRoles,
  ],
  [
    'rights of functions',
    'what no function needs is there for whoever takes it over',
    ['AWS::IAM::Role', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::Policy', 'AWS::IAM::RolePolicy'],
    checkRights,
  ],
  ['shared roles', 'one function that falls gives away what the others may', ['AWS::Lambda::Function'], checkSharing],
  ['table keys', 'a function that writes limits lifts its own', ['AWS::IAM::Role'], checkTableKeys],
  ['front doors', 'a door without a lock', ['AWS::Lambda::Url', 'AWS::Lambda::Permission'], checkFrontDoors],
  ['streams', 'answers that are cut off, and charged', ['AWS::ApiGateway::Method', 'AWS::Lambda::Url'], checkStreams],
  ['protected tables', 'usage that is lost lets everybody begin anew', ['AWS::DynamoDB::Table'], checkTables],
  [
    'alarms',
    'an alarm on what nothing emits never rings',
    ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm'],
    checkAlarms,
  ],
];

/** How many resources of these types there are; of no type, all. */
export const countOf = (template: Template, types: readonly string[]): number =>
  types.length === 0
    ? Object.keys(template.Resources).length
    : types.reduce((sum, type) => sum + resourcesOf(template, type).length, 0);

/** A check that stops at a template has found something: a form that CloudFormation would not take either. */
const orStopped = (check: () => readonly string[]): readonly string[] => {
  try {
    return check();
  } catch (error) {
    return [
      `a value has another form than it must, and nobody can check it (${error instanceof Error ? error.message : String(error)})`,
    ];
  }
};

/** Checks that a template of somebody else has to pass, too. */
export const checkAnyTemplate = (template: Template): readonly Checked[] =>
  GENERAL.map(([name, why, types, check]) =>
    timed(name, why, countOf(template, types), () => orStopped(() => check(template))),
  );
