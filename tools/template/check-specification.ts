/** Every property against the CloudFormation service specification, every reference against the template. */

import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import type { Template } from './template.ts';

type Fields = Readonly<Record<string, unknown>>;

const database = loadAwsServiceSpecSync();
const PSEUDO = /^AWS::(?:Region|AccountId|Partition|StackName|StackId|URLSuffix|NoValue|NotificationARNs)$/;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value that CloudFormation computes: its type is known only then. */
const isIntrinsic = (value: unknown): boolean =>
  isFields(value) && Object.keys(value).length === 1 && /^(?:Ref$|Fn::|Condition$)/.test(Object.keys(value)[0] ?? '');

const specificationOf = (type: string) => database.lookup('resource', 'cloudFormationType', 'equals', type)[0];
type PropertyType = NonNullable<ReturnType<typeof specificationOf>>['properties'][string]['type'];

/** What is wrong with a value that should be of `type`. */
const valueProblems = (value: unknown, type: PropertyType, path: string): readonly string[] => {
  if (isIntrinsic(value)) return [];
  switch (type.type) {
    case 'string':
      return ['string', 'number', 'boolean'].includes(typeof value) ? [] : [`${path}: not a text`];
    case 'integer':
    case 'number':
      return Number.isNaN(Number(value)) ? [`${path}: not a number`] : [];
    case 'boolean':
      return /^(?:true|false)$/i.test(String(value)) ? [] : [`${path}: not true or false`];
    case 'array':
      return Array.isArray(value)
        ? value.flatMap((item, index) => valueProblems(item, type.element, `${path}/${index}`))
        : [`${path}: not a list`];
    case 'map':
      return isFields(value)
        ? Object.entries(value).flatMap(([name, item]) => valueProblems(item, type.element, `${path}/${name}`))
        : [`${path}: not a map`];
    case 'ref':
      return isFields(value)
        ? fieldProblems(value, database.get('typeDefinition', type.reference.$ref).properties, path)
        : [`${path}: not an object`];
    case 'union': {
      const each = type.types.map((option) => valueProblems(value, option, path));
      return each.some((problems) => problems.length === 0) ? [] : (each[0] ?? []);
    }
    default:
      return [];
  }
};

const fieldProblems = (
  fields: Fields,
  specification: Readonly<Record<string, { type: PropertyType; required?: boolean }>>,
  path: string,
): readonly string[] => [
  ...Object.entries(fields).flatMap(([name, value]) => {
    const property = Object.hasOwn(specification, name) ? specification[name] : undefined;
    return property === undefined
      ? [`${path}: unknown property ${name}`]
      : valueProblems(value, property.type, `${path}/${name}`);
  }),
  ...Object.entries(specification).flatMap(([name, { required }]) =>
    required && !(name in fields) ? [`${path}: ${name} is missing`] : [],
  ),
];

/** What is wrong with the references in a value. */
const referenceProblems = (value: unknown, template: Template, path: string): readonly string[] => {
  if (Array.isArray(value))
    return value.flatMap((item, index) => referenceProblems(item, template, `${path}/${index}`));
  if (!isFields(value)) return [];
  const known = (name: string): boolean =>
    PSEUDO.test(name) || name in template.Resources || name in (template.Parameters ?? {});
  return Object.entries(value).flatMap(([name, inner]) => {
    const deeper = referenceProblems(inner, template, `${path}/${name}`);
    if (name === 'Ref' && !known(String(inner))) return [`${path}: Ref to unknown ${inner}`];
    if (name === 'Fn::GetAtt') {
      const [id = '', ...attribute] = Array.isArray(inner) ? inner.map(String) : String(inner).split('.');
      const target = template.Resources[id];
      if (target === undefined) return [`${path}: GetAtt of unknown ${id}`];
      const specification = specificationOf(target.Type);
      const named = attribute.join('.');
      const exists =
        specification === undefined || named in (specification.attributes ?? {}) || named in specification.properties;
      return exists ? [] : [`${path}: ${target.Type} has no attribute ${named}`];
    }
    if (name === 'Fn::Sub') {
      const [text, own = {}] = Array.isArray(inner) ? inner : [inner];
      const names = [...String(text).matchAll(/\$\{([^!}][^}]*)\}/g)].map((match) => match[1] ?? '');
      return names
        .filter((used) => !(used in own) && !known(used) && !known(used.split('.')[0] ?? ''))
        .map((used) => `${path}: Sub of unknown ${used}`);
    }
    return deeper;
  });
};

/** Everything in a template that CloudFormation would refuse, by what its specification says. */
export const checkSpecification = (template: Template): readonly string[] =>
  Object.entries(template.Resources).flatMap(([id, { Type, Properties = {}, DependsOn = [] }]) => {
    const specification = specificationOf(Type);
    return [
      ...(specification === undefined
        ? [`${id}: unknown type ${Type}`]
        : fieldProblems(Properties, specification.properties, id)),
      ...referenceProblems(Properties, template, id),
      ...[DependsOn]
        .flat()
        .filter((name) => !(name in template.Resources))
        .map((name) => `${id}: DependsOn unknown ${name}`),
    ];
  });
