/** Asks the policies of a template, all together, who may do what. */

import { ACCOUNT } from '../resolve.ts';
import type { View } from '../rules/rule.ts';
import { isFields, listOf } from '../template.ts';
import { type AccessCase, changed, type RoleName } from './case.ts';
import { BEDROCK_CASES } from './cases-bedrock.ts';
import { DATA_CASES } from './cases-data.ts';
import { DOOR_CASES } from './cases-doors.ts';
import { KEY_SERVICE_CASES } from './cases-key-services.ts';
import { KEY_CASES } from './cases-keys.ts';
import { NETWORK_CASES } from './cases-network.ts';
import { SERVICE_CASES } from './cases-services.ts';
import { type AccessRequest, type Decision, decide, evaluate, type PoliciesOnTheWay } from './evaluate.ts';
import type { PolicyDocument } from './policy.ts';
import type { RequestContext } from './wildcard.ts';
import { ordinaryContext, type World, worldOf } from './world.ts';

/** Every question that is asked of a template of the service. */
export const ACCESS_CASES: readonly AccessCase[] = [
  ...BEDROCK_CASES,
  ...DOOR_CASES,
  ...DATA_CASES,
  ...KEY_CASES,
  ...KEY_SERVICE_CASES,
  ...SERVICE_CASES,
  ...NETWORK_CASES,
];

/** Somebody of the account whom IAM lets do everything. */
const EVERYTHING: PolicyDocument = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
};

const document = (value: unknown): PolicyDocument => {
  if (!isFields(value)) throw new TypeError('a policy that is none');
  return { ...value, Statement: listOf(value['Statement']) } as unknown as PolicyDocument;
};

const identityOf = (view: View, role: string): readonly PolicyDocument[] => {
  const found = view.of('AWS::IAM::Role').find(({ id }) => id === role);
  if (found === undefined) throw new TypeError(`there is no ${role}`);
  return listOf(found.properties['Policies']).map((policy) =>
    document(isFields(policy) ? policy['PolicyDocument'] : undefined),
  );
};

/** The policy of a resource, and what it has to say in the matter. */
const onTheWay = (view: View, id: string): PoliciesOnTheWay => {
  const resource = view.template.Resources[id];
  const properties = view.resolve(resource?.Properties ?? {}) as Readonly<Record<string, unknown>>;
  switch (resource?.Type) {
    case 'AWS::KMS::Key':
      return { resource: document(properties['KeyPolicy']), resourceDecides: true };
    case 'AWS::SNS::TopicPolicy':
      return { resource: document(properties['PolicyDocument']) };
    case 'AWS::EC2::VPCEndpoint':
      return { endpoint: document(properties['PolicyDocument']) };
    case 'AWS::IAM::Role':
      return { resource: document(properties['AssumeRolePolicyDocument']), resourceDecides: true };
    default:
      throw new TypeError(`there is no ${id}`);
  }
};

/** Who asks, one at a time. */
const askersOf = ({ who }: AccessCase): readonly (RoleName | 'administrator' | { readonly service: string })[] =>
  typeof who === 'object' && 'service' in who ? [who] : who === 'administrator' ? [who] : (who as readonly RoleName[]);

/** What cases ask of, read once. */
interface Asked {
  readonly view: View;
  readonly world: World;
  readonly identityOf: (role: string) => readonly PolicyDocument[];
  readonly onTheWay: (id: string) => PoliciesOnTheWay;
  readonly ordinaryOf: (role: string) => RequestContext;
}

const once = <Value>(make: (key: string) => Value): ((key: string) => Value) => {
  const made = new Map<string, Value>();
  return (key) => {
    const value = made.get(key) ?? make(key);
    made.set(key, value);
    return value;
  };
};

const askedOf = (view: View): Asked => {
  const world = worldOf(view);
  return {
    view,
    world,
    identityOf: once((role) => identityOf(view, role)),
    onTheWay: once((id) => onTheWay(view, id)),
    ordinaryOf: once((role) => ordinaryContext(view, world, role)),
  };
};

const ask = (of: Asked, asked: AccessCase, asker: ReturnType<typeof askersOf>[number]): Decision => {
  const { view, world } = of;
  const role = typeof asker === 'string' ? asker : '';
  const ordinary = typeof asker === 'string' ? of.ordinaryOf(role) : {};
  const request: AccessRequest = {
    action: asked.action,
    resource: asked.resource(world),
    context: changed(ordinary, asked.context?.(world, role) ?? {}),
    principal: typeof asker === 'string' ? { arn: `arn:aws:iam::${ACCOUNT}:role/${role}`, account: ACCOUNT } : asker,
  };
  const identity = asker === 'administrator' ? [EVERYTHING] : typeof asker === 'string' ? of.identityOf(asker) : [];
  const way = asked.policyOf === undefined ? {} : of.onTheWay(asked.policyOf);
  // A role that a function has is never asked for itself: its trust is about others.
  if (view.template.Resources[asked.policyOf ?? '']?.Type === 'AWS::IAM::Role')
    return evaluate([way.resource ?? EVERYTHING], request);
  // What an endpoint lets through is asked of it alone: roles are asked beside it.
  return way.endpoint === undefined ? decide(request, { identity, ...way }) : evaluate([way.endpoint], request);
};

const isAsExpected = (decision: Decision, expect: AccessCase['expect']): boolean =>
  decision === expect || (expect === 'refused' && decision !== 'allow');

const answerOf = (of: Asked, asked: AccessCase, asker: ReturnType<typeof askersOf>[number]): string => {
  try {
    return ask(of, asked, asker);
  } catch (error) {
    // Nobody can say what a policy allows that nobody can read.
    return error instanceof TypeError ? error.message : 'unreadable';
  }
};

/** What the policies of a template answer, where it is not what they must. */
export const checkAccess = (view: View): { readonly cases: number; readonly problems: readonly string[] } => {
  const of = askedOf(view);
  const asked = ACCESS_CASES.filter(({ when }) => when === undefined || when(view.promises, view)).flatMap((each) =>
    askersOf(each).map((asker) => [each, asker] as const),
  );
  return {
    cases: asked.length,
    problems: asked.flatMap(([each, asker]) => {
      const answer = answerOf(of, each, asker);
      const id = typeof asker === 'string' ? (each.policyOf ?? asker) : (each.policyOf ?? asker.service);
      return isAsExpected(answer as Decision, each.expect)
        ? []
        : [`${id}: ${each.name} (${each.action}): ${answer}, not ${each.expect}`];
    }),
  };
};
