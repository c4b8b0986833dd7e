/** What the roles of functions may do beyond their work, asked of all their policies together, and who takes roles on. */

import { ACCOUNT, resolverOf } from '../resolve.ts';
import { type Seen, type View, viewOf } from '../rules/rule.ts';
import { isFields, listOf, type Template } from '../template.ts';
import { type Attached, policiesOfRoles, type RolePolicies, rolesOf } from './attached.ts';
import { evaluate } from './evaluate.ts';
import type { Conditions, PolicyDocument, PolicyStatement } from './policy.ts';
import { ASKED, type Asked, HOME, MODEL_CALLS, type Place } from './rights-asked.ts';
import { matchesAction } from './wildcard.ts';

/** Policies of AWS that hold no more than a function needs to run. Source: AWS managed policy reference. */
const HARMLESS =
  /^arn:aws[\w-]*:iam::aws:policy\/(?:service-role\/(?:AWSLambdaBasicExecutionRole|AWSLambdaVPCAccessExecutionRole)|AWSXRayDaemonWriteAccess|AWSXrayWriteOnlyAccess|CloudWatchLambdaInsightsExecutionRolePolicy)$/;
const WIDE = /(?:Administrator|PowerUser|Full)Access/;
/** Places that are asked about beside the template's own, at most: a hostile template names thousands. */
const MAX_PLACES = 16;

const isAllow = ({ Effect }: PolicyStatement): boolean => Effect === 'Allow';

/** Conditions that bind what is asked for. Others hold for the function's own code. */
const bindingOf = (conditions: unknown, binding: RegExp): Conditions =>
  Object.fromEntries(
    Object.entries(isFields(conditions) ? conditions : {}).map(([operator, keys]) => [
      operator,
      Object.fromEntries(Object.entries(isFields(keys) ? keys : {}).filter(([key]) => binding.test(key))),
    ]),
  );

/** A statement as it counts against the role: it allows whatever the caller can meet, and denies what is certain only. */
const strict = (statement: PolicyStatement, { binding }: Asked): readonly PolicyStatement[] => {
  const { Condition, ...rest } = statement;
  if (Condition === undefined) return [statement];
  const bound = bindingOf(Condition, binding);
  const isWhole = JSON.stringify(bound) === JSON.stringify(Condition);
  return isAllow(statement) || isWhole ? [{ ...rest, Condition: bound }] : [];
};

const placesOf = (policies: readonly Attached[]): readonly Place[] => {
  const named = policies
    .flatMap(({ document }) => document.Statement.filter(isAllow))
    .flatMap(({ Resource }) => listOf(Resource).map(String))
    .flatMap((resource): readonly Place[] => {
      const [, partition = '', , region = '', account = ''] = resource.slice(0, 256).split(':');
      const given = (text: string, usual: string): string => (/^[\w-]+$/.test(text) ? text : usual);
      return resource.startsWith('arn:')
        ? [
            {
              partition: given(partition, HOME.partition),
              region: given(region, HOME.region),
              account: given(account, HOME.account),
            },
          ]
        : [];
    });
  const each = new Map([HOME, ...named].map((place) => [JSON.stringify(place), place]));
  return [...each.values()].slice(0, MAX_PLACES + 1);
};

const isMay = (policies: readonly PolicyDocument[], asked: Asked, place: Place): boolean =>
  asked.actions.some(
    (action) =>
      evaluate(policies, { action, resource: asked.resource(place), context: asked.context?.(place) ?? {} }) ===
      'allow',
  );

/** What a role may do, all its policies together, that it must not. */
const rightsProblems = (id: string, policies: readonly Attached[]): readonly string[] => {
  const places = placesOf(policies);
  return ASKED.flatMap((asked) => {
    const documents = policies.map(({ document }) => ({
      ...document,
      Statement: document.Statement.flatMap((statement) => strict(statement, asked)),
    }));
    return places.some((place) => isMay(documents, asked, place)) ? [`${id}: ${asked.name}`] : [];
  });
};

const isUntied = ({ Condition }: PolicyStatement): boolean =>
  Object.values(bindingOf(Condition, /^bedrock:InferenceProfileArn$/i)).every((keys) => Object.keys(keys).length === 0);

/** An action as a policy names it. A parameter without a value, or what another stack exports, is none. */
const IS_ACTION = /^(?:\*|[\w*?-]+:[\w*?]+)$/;

/** What a statement says that no statement of a function should. Its own policies are read by `checkRoles` as well. */
const formProblems = ({ at, document, apart }: Attached): readonly string[] =>
  document.Statement.filter(isAllow).flatMap((statement) => {
    const { Sid = '', Action, NotAction, Resource, NotResource } = statement;
    const actions = listOf(Action).map(String);
    const where = `${at}/${Sid}`;
    const calls = MODEL_CALLS.some((call) => actions.some((action) => matchesAction(action, call)));
    return [
      ...(actions.every((action) => IS_ACTION.test(action)) && (actions.length > 0 || NotAction !== undefined)
        ? []
        : [`${where}: allows what cannot be told from the template`]),
      ...(NotAction === undefined ? [] : [`${where}: allows all but something (NotAction)`]),
      ...(NotResource === undefined ? [] : [`${where}: allows it on all but something (NotResource)`]),
      ...(apart ? actions.filter((action) => /[*?]/.test(action)).map((action) => `${where}: allows ${action}`) : []),
      ...(calls && isUntied(statement)
        ? listOf(Resource)
            .map(String)
            .filter((resource) => /(?:foundation-model|inference-profile)\/[^/]*[*?]/.test(resource))
            .map((resource) => `${where}: calls other models, too (${resource})`)
        : []),
    ];
  });

const elsewhereProblems = (id: string, arns: readonly string[]): readonly string[] =>
  arns
    .filter((arn) => !HARMLESS.test(arn))
    .map((arn) =>
      WIDE.test(arn) ? `${id}: may do far more than its work (${arn})` : `${id}: has ${arn}, which is not known here`,
    );

/** Somebody of an account that nobody here has heard of. */
const STRANGER = { arn: 'arn:aws:iam::999999999999:role/stranger', account: '999999999999' } as const;

const trustProblems = ({ id, properties }: Seen): readonly string[] => {
  const document = properties['AssumeRolePolicyDocument'];
  const trust: PolicyDocument = {
    Version: '2012-10-17',
    Statement: (isFields(document) ? listOf(document['Statement']).filter(isFields) : []) as never,
  };
  const answer = evaluate([trust], {
    action: 'sts:AssumeRole',
    resource: `arn:aws:iam::${ACCOUNT}:role/${id}`,
    principal: STRANGER,
    context: { 'aws:PrincipalArn': STRANGER.arn, 'aws:PrincipalAccount': STRANGER.account },
  });
  return answer === 'allow' ? [`${id}: may be taken on by anybody`] : [];
};

/** Nobody can say what a policy allows that nobody can read. */
const orUnreadable = (id: string, check: () => readonly string[]): readonly string[] => {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return [`${id}: a policy that nobody can read (${error.message})`];
  }
};

const roleProblems = (role: Seen, { attached, elsewhere }: RolePolicies): readonly string[] => {
  return [
    ...attached.flatMap(formProblems),
    ...elsewhereProblems(role.id, elsewhere),
    ...orUnreadable(role.id, () => rightsProblems(role.id, attached)),
  ];
};

const problemsIn = (view: View): readonly string[] => {
  const named = rolesOf(view);
  const policiesOf = policiesOfRoles(view);
  const ofFunctions = view
    .of('AWS::Lambda::Function')
    .map(({ id, raw, properties }) => [id, named(raw['Role'], properties['Role'])] as const);
  const roles = new Set(ofFunctions.flatMap(([, own]) => own));
  return [
    ...ofFunctions.filter(([, own]) => own.length === 0).map(([id]) => `${id}: its role is not known here`),
    ...[...roles].flatMap((role) => roleProblems(role, policiesOf(role))),
    ...view.of('AWS::IAM::Role').flatMap((role) => orUnreadable(role.id, () => trustProblems(role))),
  ];
};

/**
 * What roles of functions may do that none needs, and roles that anybody may take on. Asked of the template as its conditions
 * stand, and with all of them true and false: a right behind a switch is a right.
 */
export const checkRights = (template: Template): readonly string[] => {
  const views = [undefined, true, false].map((assumed) => viewOf(template, {}, resolverOf(template, assumed)));
  return [...new Set((template.Conditions === undefined ? views.slice(0, 1) : views).flatMap(problemsIn))];
};
