/** Every property against the CloudFormation service specification. */

import {
  definitionOf,
  type PropertySpecification,
  type PropertyType,
  specificationOf,
} from './specification/database.ts';
import { RANGES, SHAPES, VALUES } from './specification/values.ts';
import { type Fields, intrinsicOf, isFields, type Resource, type Template } from './template.ts';

/** Where a value stands: as people read it, and as tables name it, without places in lists. */
interface Place {
  readonly shown: string;
  readonly path: string;
}

const into = ({ shown, path }: Place, name: string): Place => ({ shown: `${shown}/${name}`, path: `${path}/${name}` });

/** What is wrong with a text, number or truth value, where its type is right. */
const scalarProblems = (value: unknown, allowed: readonly unknown[] | undefined, place: Place): readonly string[] => {
  const values = allowed ?? VALUES[place.path];
  const [least, most] = RANGES[place.path] ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  const shape = SHAPES[place.path];
  return [
    ...(values === undefined || values.map(String).includes(String(value))
      ? []
      : [`${place.shown}: ${String(value)} is none of its values`]),
    ...(Number(value) < least || Number(value) > most
      ? [`${place.shown}: ${value} is not from ${least} to ${most}`]
      : []),
    ...(shape === undefined || shape.test(String(value)) ? [] : [`${place.shown}: ${String(value)} has not its form`]),
  ];
};

/** What is wrong with a value that should be of `type`. What CloudFormation computes is known only then. */
const valueProblems = (value: unknown, type: PropertyType, place: Place): readonly string[] => {
  const [intrinsic, argument] = intrinsicOf(value) ?? [];
  if (intrinsic === 'Fn::If' && Array.isArray(argument))
    return argument.slice(1).flatMap((branch) => valueProblems(branch, type, into(place, '')));
  if (intrinsic !== undefined) return [];
  switch (type.type) {
    case 'string':
      return ['string', 'number', 'boolean'].includes(typeof value)
        ? scalarProblems(value, type.allowedValues, place)
        : [`${place.shown}: not a text`];
    case 'integer':
    case 'number': {
      const isNumber = typeof value !== 'object' && String(value).trim() !== '' && !Number.isNaN(Number(value));
      if (!isNumber) return [`${place.shown}: not a number`];
      if (type.type === 'integer' && !Number.isInteger(Number(value))) return [`${place.shown}: not a whole number`];
      return scalarProblems(value, type.type === 'integer' ? type.allowedValues : undefined, place);
    }
    case 'boolean':
      return /^(?:true|false)$/i.test(String(value)) ? [] : [`${place.shown}: not true or false`];
    case 'array':
      return Array.isArray(value)
        ? value.flatMap((item, index) =>
            valueProblems(item, type.element, { shown: `${place.shown}/${index}`, path: place.path }),
          )
        : [`${place.shown}: not a list`];
    case 'map':
      return isFields(value)
        ? Object.entries(value).flatMap(([name, item]) => valueProblems(item, type.element, into(place, name)))
        : [`${place.shown}: not a map`];
    case 'ref':
      return isFields(value)
        ? fieldProblems(value, definitionOf(type).properties, place)
        : [`${place.shown}: not an object`];
    case 'tag':
      return isFields(value) && 'Key' in value && 'Value' in value ? [] : [`${place.shown}: not a tag`];
    case 'union': {
      // Anything is JSON: where another type of the union says what a list or an object holds, that one counts.
      const others = type.types.filter(({ type: kind }) => kind !== 'json');
      const structured = others.filter(({ type: kind }) => ['array', 'map', 'ref'].includes(kind));
      const fits = typeof value === 'object' && others.length < type.types.length ? structured : type.types;
      const each = fits.map((option) => valueProblems(value, option, place));
      return each.some((problems) => problems.length === 0) ? [] : (each[0] ?? []);
    }
    default:
      return [];
  }
};

const fieldProblems = (
  fields: Fields,
  specification: Readonly<Record<string, PropertySpecification>>,
  place: Place,
): readonly string[] => [
  ...Object.entries(fields).flatMap(([name, value]) => {
    const property = Object.hasOwn(specification, name) ? specification[name] : undefined;
    return property === undefined
      ? [`${place.shown}: unknown property ${name}`]
      : valueProblems(value, property.type, into(place, name));
  }),
  ...Object.entries(specification).flatMap(([name, { required }]) =>
    required && !(name in fields) ? [`${place.shown}: ${name} is missing`] : [],
  ),
];

/** Attributes of resources beside their properties, and what they may say. Source: "Resource attribute reference". */
const ATTRIBUTES: Readonly<Record<string, RegExp>> = {
  Type: /^[A-Za-z0-9]+(?:::[A-Za-z0-9]+)+$/,
  DeletionPolicy: /^(?:Delete|Retain|RetainExceptOnCreate|Snapshot)$/,
  UpdateReplacePolicy: /^(?:Delete|Retain|Snapshot)$/,
  Condition: /^[A-Za-z0-9]+$/,
};
const OTHER_ATTRIBUTES = ['Properties', 'DependsOn', 'Metadata', 'CreationPolicy', 'UpdatePolicy'];

const attributeProblems = (resource: Resource, id: string): readonly string[] =>
  Object.entries(resource).flatMap(([name, value]) => {
    const shape = ATTRIBUTES[name];
    if (shape !== undefined) return shape.test(String(value)) ? [] : [`${id}: ${name} is ${String(value)}`];
    return OTHER_ATTRIBUTES.includes(name) ? [] : [`${id}: unknown attribute ${name}`];
  });

/** Resources that were looked at already: templates that differ in one share the others. */
const known = new WeakMap<Resource, readonly string[]>();

const resourceProblems = (resource: Resource, id: string): readonly string[] => {
  const { Type, Properties = {} } = resource;
  const specification = specificationOf(Type);
  return [
    ...attributeProblems(resource, id),
    ...(specification === undefined
      ? [`${id}: unknown type ${Type}`]
      : fieldProblems(Properties, specification.properties, { shown: id, path: Type })),
  ];
};

/** Everything in a template's resources that CloudFormation would refuse, by what its specification says. */
export const checkSpecification = (template: Template): readonly string[] =>
  Object.entries(template.Resources).flatMap(([id, resource]) => {
    const problems = known.get(resource) ?? resourceProblems(resource, id);
    known.set(resource, problems);
    return problems;
  });
