/** Where policies stand in a template. */

import type { PolicyStatement } from '../iam/policy.ts';
import { isFields, listOf } from '../template.ts';
import type { View } from './rule.ts';

/** A statement, and where it stands. */
export interface Placed {
  readonly at: string;
  readonly statement: PolicyStatement;
}

/** A policy of the template, resolved. */
export interface Policy {
  readonly at: string;
  readonly kind: 'identity' | 'resource' | 'trust';
  readonly document: unknown;
}

/** Every policy of a template. */
export const policiesOf = (view: View): readonly Policy[] => [
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

/** Statements of a policy. */
export const statementsIn = ({ at, document }: Policy): readonly Placed[] =>
  (isFields(document) ? listOf(document['Statement']) : []).filter(isFields).map((statement) => ({
    at: `${at}/${statement['Sid'] ?? ''}`,
    statement: statement as unknown as PolicyStatement,
  }));
