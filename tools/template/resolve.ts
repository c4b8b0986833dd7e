/** Values as CloudFormation would compute them in an account of example: what policies say once they are deployed. */

import { specificationOf } from './specification/database.ts';
import { type Fields, intrinsicOf, isFields, type Template } from './template.ts';

/** Account and Region that resolved values are of. */
export const ACCOUNT = '123456789012';
/** Region that resolved values are of. */
export const REGION = 'eu-central-1';

const PSEUDO: Readonly<Record<string, string>> = {
  'AWS::Partition': 'aws',
  'AWS::Region': REGION,
  'AWS::AccountId': ACCOUNT,
  'AWS::URLSuffix': 'amazonaws.com',
  'AWS::StackName': 'stack',
  'AWS::StackId': `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/stack/1`,
};

/** Resolves values of one template. */
export type Resolve = (value: unknown) => unknown;

/** Reads a template as CloudFormation would. */
export interface Resolver {
  readonly resolve: Resolve;
  /** Whether a condition of the template holds. */
  readonly holds: (condition: string) => boolean;
}

/** Types whose `Ref` is an ARN. Source: "Return values" of each type in the CloudFormation template reference. */
const REF_IS_ARN = new Set([
  'AWS::SNS::Topic',
  'AWS::SecretsManager::Secret',
  'AWS::SNS::Subscription',
  'AWS::CE::AnomalyMonitor',
  'AWS::CE::AnomalySubscription',
  'AWS::ElasticLoadBalancingV2::LoadBalancer',
]);

/** A name that a resource gives itself, where it gives one. */
const ownName = (resolved: Fields, id: string): string => {
  const name = ['TableName', 'LogGroupName', 'FunctionName', 'TopicName', 'BucketName']
    .map((field) => resolved[field])
    .find((value) => typeof value === 'string');
  return typeof name === 'string' ? name : id;
};

/** Names that are given as they are: computed ones might refer to what asks for them. */
const literalNames = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([name, value]) => /Name$/.test(name) && typeof value !== 'object'));

const arnOf = (type: string, name: string): string => {
  const [, service = '', kind = ''] = type.toLowerCase().split('::');
  const shape =
    specificationOf(type)?.arnTemplate ?? `arn:\${Partition}:${service}:\${Region}:\${Account}:${kind}/\${Name}`;
  return shape
    .replace(/\$\{Partition\}/, 'aws')
    .replace(/\$\{Region\}/, REGION)
    .replace(/\$\{Account\}/, ACCOUNT)
    .replace(/\$\{\w+\}/, name)
    .replace(/:log-group:(.*)$/, ':log-group:$1:*');
};

/**
 * Makes a resolver for a template. What only AWS could tell (ids of resources) becomes the logical id, so that two
 * resources never look alike; a condition that nobody defined counts as true, and so does one in a circle.
 *
 * @param assumed What every condition of the template is taken for, whatever it says.
 */
export const resolverOf = (template: Template, assumed?: boolean): Resolver => {
  const conditions = template.Conditions ?? {};
  const decided = new Map<string, boolean>();
  const reference = (name: string): unknown => {
    if (Object.hasOwn(PSEUDO, name)) return PSEUDO[name];
    const resource = Object.hasOwn(template.Resources, name) ? template.Resources[name] : undefined;
    if (resource !== undefined) {
      const own = ownName(literalNames(resource.Properties ?? {}), name);
      return REF_IS_ARN.has(resource.Type) ? arnOf(resource.Type, own) : own;
    }
    const parameter = template.Parameters?.[name];
    return isFields(parameter) && 'Default' in parameter ? parameter['Default'] : name;
  };
  const attribute = (id: string, name: string): unknown => {
    const resource = Object.hasOwn(template.Resources, id) ? template.Resources[id] : undefined;
    if (resource === undefined) return `${id}.${name}`;
    const own = ownName(literalNames(resource.Properties ?? {}), id);
    return /Arn$/.test(name) ? arnOf(resource.Type, own) : `${own}.${name}`;
  };
  /** A condition by its name, decided once: one that asks for itself counts as true. */
  const isNamedTrue = (condition: string): boolean => {
    if (assumed !== undefined) return assumed;
    const known = decided.get(condition);
    if (known !== undefined) return known;
    decided.set(condition, true);
    const value = holds(conditions[condition]);
    decided.set(condition, value);
    return value;
  };
  const holds = (condition: unknown): boolean => {
    const [name, argument] = intrinsicOf(condition) ?? [];
    if (name === undefined) return condition !== false && condition !== 'false';
    const parts = Array.isArray(argument) ? argument : [argument];
    if (name === 'Condition') return isNamedTrue(String(argument));
    if (name === 'Fn::Not') return !holds(parts[0]);
    if (name === 'Fn::And') return parts.every(holds);
    if (name === 'Fn::Or') return parts.some(holds);
    return name === 'Fn::Equals' ? String(resolve(parts[0])) === String(resolve(parts[1])) : true;
  };
  const substitute = (argument: unknown): string => {
    const [text, own] = Array.isArray(argument) ? argument : [argument, {}];
    return String(text)
      .replace(/\$\{(?!!)([^{}]+)\}/g, (_, name: string) => {
        if (isFields(own) && Object.hasOwn(own, name)) return String(resolve(own[name]));
        const [id = '', ...rest] = name.split('.');
        return String(rest.length === 0 ? reference(name) : attribute(id, rest.join('.')));
      })
      .replaceAll('${!', '${');
  };
  const computed = (name: string, argument: unknown): unknown => {
    const parts = Array.isArray(argument) ? argument : [argument];
    switch (name) {
      case 'Ref':
        return reference(String(argument));
      case 'Fn::GetAtt': {
        const [id = '', ...rest] = Array.isArray(argument) ? argument.map(String) : String(argument).split('.');
        return attribute(id, rest.join('.'));
      }
      case 'Fn::Sub':
        return substitute(argument);
      case 'Fn::Join':
        return [resolve(parts[1])].flat().join(String(parts[0]));
      case 'Fn::Select':
        return [resolve(parts[1])].flat()[Number(parts[0])];
      case 'Fn::Split':
        return String(resolve(parts[1])).split(String(parts[0]));
      case 'Fn::If':
        return resolve(isNamedTrue(String(parts[0])) ? parts[1] : parts[2]);
      case 'Fn::FindInMap': {
        const [map, first, second] = parts.map((part) => String(resolve(part)));
        const top = template.Mappings?.[map ?? ''];
        const found = isFields(top) ? top[first ?? ''] : undefined;
        return isFields(found) ? found[second ?? ''] : undefined;
      }
      default:
        return JSON.stringify(argument);
    }
  };
  const resolve: Resolve = (value) => {
    if (Array.isArray(value)) return value.map(resolve).filter((item) => item !== undefined);
    if (!isFields(value)) return value;
    if (value['Ref'] === 'AWS::NoValue') return undefined;
    const intrinsic = intrinsicOf(value);
    if (intrinsic !== undefined) return computed(...intrinsic);
    return Object.fromEntries(
      Object.entries(value)
        .map(([name, inner]) => [name, resolve(inner)] as const)
        .filter(([, inner]) => inner !== undefined),
    );
  };
  return { resolve, holds: isNamedTrue };
};
