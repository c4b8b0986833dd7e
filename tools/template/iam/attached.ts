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

/** Resources by what names them: a reference, a name, an ARN that ends in it. */
type Index = (raw: unknown, resolved: unknown) => readonly Seen[];

const indexOf = (resources: readonly Seen[], field: string): Index => {
  const byName = new Map<string, Seen[]>();
  for (const seen of resources)
    for (const name of namesOf(seen, field)) byName.set(name, [...(byName.get(name) ?? []), seen]);
  return (raw, resolved) => [
    ...new Set(
      [...targetsOf(raw), ...listOf(resolved).map((each) => lastOf(String(each)))].flatMap(
        (name) => byName.get(name) ?? [],
      ),
    ),
  ];
};

/** Roles of a template that a value names. */
export const rolesOf = (view: View): Index => indexOf(view.of('AWS::IAM::Role'), 'RoleName');

const OF_AWS = /:iam::aws:/;

/** All policies of each role. A template is gone through once, however many roles it has. */
export const policiesOfRoles = (view: View): ((role: Seen) => RolePolicies) => {
  const roles = rolesOf(view);
  const managed = indexOf(view.of('AWS::IAM::ManagedPolicy'), 'ManagedPolicyName');
  const naming = new Map<string, Seen[]>();
  for (const [type, field] of [
    ['AWS::IAM::ManagedPolicy', 'Roles'],
    ['AWS::IAM::Policy', 'Roles'],
    ['AWS::IAM::RolePolicy', 'RoleName'],
  ] as const)
    for (const policy of view.of(type))
      for (const { id } of roles(policy.raw[field], policy.properties[field])) {
        const own = naming.get(id);
        if (own === undefined) naming.set(id, [policy]);
        else own.push(policy);
      }
  return ({ id, raw, properties }) => {
    const arns = listOf(properties['ManagedPolicyArns']).map(String);
    const foreign = arns.filter((arn) => OF_AWS.test(arn) || managed(undefined, arn).length === 0);
    const named = managed(
      raw['ManagedPolicyArns'],
      arns.filter((arn) => !OF_AWS.test(arn)),
    );
    return {
      attached: [
        ...listOf(properties['Policies']).flatMap((policy) =>
          isFields(policy) ? attachedAt(id, policy['PolicyDocument'], false) : [],
        ),
        ...[...new Set([...(naming.get(id) ?? []), ...named])].flatMap((policy) =>
          attachedAt(`${id}/${policy.id}`, policy.properties['PolicyDocument'], true),
        ),
      ],
      elsewhere: foreign,
    };
  };
};
