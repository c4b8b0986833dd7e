/**
 * Which changes of a template matter to security. All do, unless they are of one of the kinds below, each with its reason:
 * a list of what matters would leave out what nobody thought of.
 */

import { resolverOf } from '../resolve.ts';
import { isFields, type Template } from '../template.ts';
import type { Mutant } from './mutants.ts';

/** A kind of changes that take nothing away from whom the service protects. */
interface Exception {
  readonly reason: string;
  /** Types of resources; all where there are none. */
  readonly types?: RegExp;
  /** The place in the resource, without places in lists, such as `Properties/Tags/Value`. */
  readonly path: RegExp;
  /** Operators; all where there are none. */
  readonly operators?: RegExp;
}

/** The exceptions. */
export const EXCEPTIONS: readonly Exception[] = [
  {
    reason: 'a name in consoles and metrics, by which nothing is decided',
    path: /\/(?:Rules\/(?:Name|VisibilityConfig\/MetricName)|DataProtectionPolicy\/Name)$/,
    operators: /text/,
  },
  {
    reason: 'of a header that is declared, API Gateway reads the name and not the value',
    types: /^AWS::ApiGateway::Method$/,
    path: /\/MethodResponses\/ResponseParameters\//,
    operators: /flip/,
  },
  {
    reason: 'words for whoever is refused',
    types: /^AWS::Bedrock::Guardrail$/,
    path: /Messaging$/,
    operators: /text/,
  },
  {
    reason: 'an address that whoever deploys it chooses',
    types: /^AWS::SNS::Subscription$/,
    path: /Endpoint$/,
    operators: /text/,
  },
  { reason: 'another name of the key, which nothing goes by', types: /^AWS::KMS::Alias$/, path: /^/ },
  {
    reason: 'words for people: nothing is decided by them',
    path: /\/(?:Description|AlarmDescription|GroupDescription)$/,
  },
  { reason: 'a name of a statement or policy, which logs and consoles show', path: /\/(?:Sid|PolicyName)$/ },
  {
    reason: 'a name in consoles, and no name that anything else goes by',
    types:
      /^AWS::(?:ApiGateway::(?:ApiKey|UsagePlan|RestApi|Authorizer|Model|RequestValidator)|Cognito::UserPool|Cognito::UserPoolClient|Bedrock::Guardrail|Bedrock::ApplicationInferenceProfile|Budgets::Budget|CE::\w+|SNS::Topic|WAFv2::WebACL)$/,
    path: /^Properties\/(?:Name|UsagePlanName|UserPoolName|ClientName|InferenceProfileName|MonitorName|SubscriptionName|TopicName|Budget\/BudgetName)$/,
    operators: /text|drop/,
  },
  { reason: 'the order in which CloudFormation makes resources: a wrong one fails the deployment', path: /^DependsOn/ },
  { reason: 'the dashboard, which nobody is woken by', types: /^AWS::CloudWatch::Dashboard$/, path: /^/ },
  {
    reason: 'where the framework puts the code, and what it leaves for the next deployment',
    types: /^AWS::Lambda::Function$/,
    path: /\/Code\/S3Key$/,
    operators: /text/,
  },
  {
    reason: 'speed and price of a function, within what Lambda takes',
    types: /^AWS::Lambda::Function$/,
    path: /^Properties\/(?:Architectures|MemorySize)/,
  },
  {
    reason: 'defaults of CloudFormation, said aloud: dropping them changes nothing',
    path: /\/(?:RequestParameters|MethodResponses)$/,
    operators: /drop/,
  },
  {
    reason: 'defaults of CloudFormation and of services, said aloud: dropping them changes nothing',
    path: /\/(?:GenerateSecret|Policy)$/,
    operators: /drop a property/,
  },
  {
    reason: 'no route declares a parameter that could be validated',
    types: /^AWS::ApiGateway::RequestValidator$/,
    path: /\/ValidateRequestParameters$/,
  },
  {
    reason: 'fewer fields of their own that a client may read or write',
    types: /^AWS::Cognito::UserPoolClient$/,
    path: /^Properties\/(?:Read|Write)Attributes$/,
    operators: /drop an item|text/,
  },
];

/** The statement of a policy that a path leads into. */
const statementOf = (template: Template, { id, path }: Mutant): unknown => {
  const at = path.lastIndexOf('Statement');
  let value: unknown = template.Resources[id];
  for (const name of path.slice(0, at < 0 ? 0 : at + 2))
    value = Array.isArray(value) ? value[Number(name)] : isFields(value) ? value[name] : undefined;
  return at < 0 ? undefined : value;
};

/** Denials of more than before take nothing away from whom the service protects; that it still works, cases ask. */
const deniesMore = (template: Template, mutant: Mutant): boolean => {
  const statement = statementOf(template, mutant);
  return /^widen an/.test(mutant.operator) && isFields(statement) && statement['Effect'] === 'Deny';
};

/** Whether both are the same once the conditions of the template are decided: a branch that is not taken. */
const isSame = (template: Template, { id, template: mutated, path }: Mutant): boolean => {
  const { resolve, holds } = resolverOf(template);
  const [before, after] = [template.Resources[id], mutated.Resources[id]];
  if (before === undefined || after === undefined || path[0] === 'Condition') return false;
  if (before.Condition !== undefined && !holds(before.Condition)) return true;
  return (
    path[0] === 'Properties' &&
    JSON.stringify(resolve(before.Properties)) === JSON.stringify(resolverOf(mutated).resolve(after.Properties))
  );
};

const placeOf = (path: readonly string[]): string => path.filter((name) => !/^\d+$/.test(name)).join('/');

/** Why a change takes nothing away; `undefined` where it matters. */
export const irrelevance = (mutant: Mutant, original: Template): string | undefined => {
  const { id, path, operator } = mutant;
  const type = original.Resources[id]?.Type ?? '';
  const place = placeOf(path);
  const exception = EXCEPTIONS.find(
    ({ path: places, types, operators }) =>
      places.test(place) &&
      (types === undefined || types.test(type)) &&
      (operators === undefined || operators.test(operator)),
  );
  if (exception !== undefined) return exception.reason;
  if (deniesMore(original, mutant)) return 'denies more than before';
  return isSame(original, mutant) ? 'is the same in this deployment' : undefined;
};
