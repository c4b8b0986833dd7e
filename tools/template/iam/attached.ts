/** Every policy that a role has in a template: its own, those that name it, those that it names. */

import { type Seen, targetsOf, type View } from '../rules/rule.ts';
import { isFields, listOf } from '../template.ts';
import type { PolicyDocument, PolicyStatement } from './policy.ts';

/** A policy of a role, and where it stands. */
export interface Attached {
  readonly at: string;
  readonly document: PolicyDocument;
  /** Whether it stands in a resource of its own. */
  readonly apart: boolean;
}

/** Policies of a role, and ARNs of those that stand elsewhere. */
export interface RolePolicies {
  readonly attached: readonly Attached[];
  readonly elsewhere: readonly string[];
}

const documentOf = (value: unknown): PolicyDocument | undefined =>
  isFields(value)
    ? {
        ...(typeof value['Version'] === 'string' ? { Version: value['Version'] } : {}),
        Statement: listOf(value['Statement']).filter(isFields) as unknown as readonly PolicyStatement[],
      }
    : undefined;

const attachedAt = (at: string, value: unknown, apart: boolean): readonly Attached[] => {
  const document = documentOf(value);
  return document === undefined ? [] : [{ at, document, apart }];
};

/** Names that a resource goes by once it is deployed: its id here, and the one that it gives itself. */
const namesOf = ({ id, properties }: Seen, field: string): readonly string[] => {
  const own = properties[field];
  return typeof own === 'string' ? [id, own] : [id];
};

const lastOf = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

/** Roles of a template that a value names, by reference, name or ARN. */
export const rolesNamed = (view: View, raw: unknown, resolved: unknown): readonly Seen[] => {
  const ids = targetsOf(raw);
  const texts = listOf(resolved).map((each) => lastOf(String(each)));
  return view
    .of('AWS::IAM::Role')
    .filter((role) => ids.includes(role.id) || namesOf(role, 'RoleName').some((name) => texts.includes(name)));
};

/** All policies of a role. */
export const policiesOfRole = (view: View, role: Seen): RolePolicies => {
  const isNamed = ({ raw, properties }: Seen, field: string): boolean =>
    rolesNamed(view, raw[field], properties[field]).some(({ id }) => id === role.id);
  const managed = view.of('AWS::IAM::ManagedPolicy');
  const arns = listOf(role.properties['ManagedPolicyArns']).map(String);
  const ids = targetsOf(role.raw['ManagedPolicyArns']);
  const isTaken = (policy: Seen): boolean =>
    ids.includes(policy.id) ||
    arns.some((arn) => !/:iam::aws:/.test(arn) && namesOf(policy, 'ManagedPolicyName').includes(lastOf(arn)));
  const isHere = (arn: string): boolean =>
    !/:iam::aws:/.test(arn) && managed.some((policy) => namesOf(policy, 'ManagedPolicyName').includes(lastOf(arn)));
  const apart = [
    ...managed.filter((policy) => isNamed(policy, 'Roles') || isTaken(policy)),
    ...view.of('AWS::IAM::Policy').filter((policy) => isNamed(policy, 'Roles')),
    ...view.of('AWS::IAM::RolePolicy').filter((policy) => isNamed(policy, 'RoleName')),
  ];
  return {
    attached: [
      ...listOf(role.properties['Policies']).flatMap((policy) =>
        isFields(policy) ? attachedAt(role.id, policy['PolicyDocument'], false) : [],
      ),
      ...apart.flatMap(({ id, properties }) => attachedAt(`${role.id}/${id}`, properties['PolicyDocument'], true)),
    ],
    elsewhere: arns.filter((arn) => !isHere(arn)),
  };
};
