/** What policies decide of a request. Source: IAM User Guide, "Policy evaluation logic". */

import { listOf } from '../template.ts';
import { conditionsHold } from './conditions.ts';
import type { PolicyDocument, PolicyStatement } from './policy.ts';
import { isResolvable, matchesAction, matchesPattern, type RequestContext } from './wildcard.ts';

/** Who asks: a role, or a service of AWS. */
export interface RequestPrincipal {
  /** ARN of the role; empty for a service. */
  readonly arn?: string;
  /** Account of the role. */
  readonly account?: string;
  /** A service, such as `cloudwatch.amazonaws.com`. */
  readonly service?: string;
}

/** What is asked for. */
export interface AccessRequest {
  readonly action: string;
  readonly resource: string;
  readonly context?: RequestContext;
  readonly principal?: RequestPrincipal;
}

/** What a policy, or several together, say. `none` is a denial that no statement pronounces. */
export type Decision = 'allow' | 'deny' | 'none';

const namesPrincipal = (element: unknown, { arn, account, service }: RequestPrincipal): boolean => {
  if (element === '*') return true;
  if (typeof element !== 'object' || element === null)
    throw new TypeError('a principal that is neither * nor an object');
  return Object.entries(element).some(([kind, names]) => {
    const all = listOf(names).map(String);
    if (kind === 'Service') return service !== undefined && all.includes(service);
    if (kind === 'AWS')
      return all.some(
        (name) =>
          name === '*' ||
          (arn !== undefined && name === arn) ||
          (account !== undefined && (name === account || new RegExp(`^arn:[\\w-]+:iam::${account}:root$`).test(name))),
      );
    if (kind === 'Federated' || kind === 'CanonicalUser') return false;
    throw new TypeError(`unknown kind of principal ${kind}`);
  });
};

const isAbout = (statement: PolicyStatement, request: AccessRequest, variables: boolean): boolean => {
  const { context = {}, principal } = request;
  const action = (patterns: unknown): boolean =>
    listOf(patterns).some((pattern) => matchesAction(String(pattern), request.action));
  const isAsked = statement.NotAction === undefined ? action(statement.Action) : !action(statement.NotAction);
  if (!isAsked) return false;
  const options = { context, wildcards: true, variables };
  const resource = (patterns: unknown): boolean =>
    listOf(patterns).some((pattern) => matchesPattern(String(pattern), request.resource, options));
  const isVoid = listOf(statement.NotResource).some((pattern) => !isResolvable(String(pattern), options));
  // Policies of trust name no resource: they are about the role that has them.
  const isThere =
    statement.NotResource !== undefined
      ? !isVoid && !resource(statement.NotResource)
      : statement.Resource === undefined || resource(statement.Resource);
  if (!isThere) return false;
  return statement.Principal !== undefined
    ? namesPrincipal(statement.Principal, principal ?? {})
    : statement.NotPrincipal === undefined || !namesPrincipal(statement.NotPrincipal, principal ?? {});
};

/**
 * What policies of one kind say of a request: a statement that denies goes before those that allow.
 *
 * @throws TypeError of what it does not know: operators, kinds of principals, effects.
 */
export const evaluate = (policies: readonly PolicyDocument[], request: AccessRequest): Decision => {
  const effects = policies.flatMap(({ Version, Statement }) =>
    Statement.filter((statement) => {
      if (statement.Effect !== 'Allow' && statement.Effect !== 'Deny') throw new TypeError('an effect that is none');
      const variables = Version === '2012-10-17';
      return (
        isAbout(statement, request, variables) && conditionsHold(statement.Condition, request.context ?? {}, variables)
      );
    }).map(({ Effect }) => Effect),
  );
  return effects.includes('Deny') ? 'deny' : effects.includes('Allow') ? 'allow' : 'none';
};

/** Policies that a request of one account meets. */
export interface PoliciesOnTheWay {
  /** Those of the role. */
  readonly identity?: readonly PolicyDocument[];
  /** That of the resource. */
  readonly resource?: PolicyDocument;
  /** Whether the resource's policy alone lets a role in, and the role's only where that policy hands over: KMS keys. */
  readonly resourceDecides?: boolean;
  /** That of the VPC endpoint, which can only take away. */
  readonly endpoint?: PolicyDocument;
}

/** What all policies on the way of a request decide, within one account. */
export const decide = (request: AccessRequest, policies: PoliciesOnTheWay): Decision => {
  const { identity = [], resource, endpoint, resourceDecides = false } = policies;
  const { arn = '', account = '', service } = request.principal ?? {};
  const asks = (principal: RequestPrincipal): Decision =>
    resource === undefined ? 'none' : evaluate([resource], { ...request, principal });
  const ofRole = evaluate(identity, request);
  const ofEndpoint = endpoint === undefined ? 'allow' : evaluate([endpoint], request);
  if ([ofRole, ofEndpoint, asks(request.principal ?? {})].includes('deny')) return 'deny';
  if (ofEndpoint === 'none') return 'none';
  // A policy that names the account leaves the decision to the policies of the account's roles; naming the role decides.
  if (asks(service === undefined ? { arn } : { service }) === 'allow') return 'allow';
  const isLeftToRole = !resourceDecides || asks({ account }) === 'allow';
  return isLeftToRole && ofRole === 'allow' ? 'allow' : 'none';
};
