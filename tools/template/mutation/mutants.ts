/** Templates with one thing dropped or loosened: what a slip of the pen, or somebody in a hurry, makes of one. */

import { VALUES } from '../specification/values.ts';
import { type Fields, intrinsicOf, isFields, listOf, type Resource, type Template } from '../template.ts';

/** What was done. */
export type Operator =
  | 'drop a resource'
  | 'drop an attribute'
  | 'drop a property'
  | 'drop an item'
  | 'flip a truth value'
  | 'multiply a number'
  | 'zero a number'
  | 'change a text'
  | 'choose another value'
  | 'widen an ARN'
  | 'widen an action'
  | 'widen a principal'
  | 'loosen an operator'
  | 'widen a condition'
  | 'flip an effect'
  | 'refer to another of its kind'
  | 'refer to something else'
  | 'drop a condition of the template';

/** A template with one change. */
export interface Mutant {
  readonly operator: Operator;
  /** Id of the resource, or of the condition. */
  readonly id: string;
  /** Where in the resource, in its parts: `Properties`, `Rules`, `0`, … */
  readonly path: readonly string[];
  readonly template: Template;
}

/** A value in place of another, or none. */
type Change =
  | { readonly operator: Operator; readonly value: unknown }
  | { readonly operator: Operator; readonly drop: true };

const replaced = (value: unknown, path: readonly string[], change: Change): unknown => {
  const [name, ...rest] = path;
  if (name === undefined) return 'value' in change ? change.value : undefined;
  const isLast = rest.length === 0 && 'drop' in change;
  if (Array.isArray(value)) {
    const index = Number(name);
    return isLast
      ? value.filter((_, at) => at !== index)
      : value.map((item, at) => (at === index ? replaced(item, rest, change) : item));
  }
  const fields = value as Fields;
  if (!isLast) return { ...fields, [name]: replaced(fields[name], rest, change) };
  return Object.fromEntries(Object.entries(fields).filter(([own]) => own !== name));
};

const flipped = (value: unknown): Change | undefined =>
  typeof value === 'boolean'
    ? { operator: 'flip a truth value', value: !value }
    : value === 'true' || value === 'false'
      ? { operator: 'flip a truth value', value: value === 'true' ? 'false' : 'true' }
      : undefined;

const numbers = (value: unknown): readonly Change[] =>
  typeof value === 'number'
    ? ([
        { operator: 'multiply a number', value: value * 1000 },
        { operator: 'zero a number', value: 0 },
      ].filter((change) => change.value !== value) as readonly Change[])
    : [];

/** Without places in lists: as the tables of values name a property. */
const tablePath = (type: string, path: readonly string[]): string =>
  [type, ...path.slice(1).filter((name) => !/^\d+$/.test(name))].join('/');

const ACTION = /^[a-z0-9-]+:(?!\*$)[\w*]+$/i;

const texts = (value: unknown, type: string, path: readonly string[]): readonly Change[] => {
  if (typeof value !== 'string' || value === 'true' || value === 'false') return [];
  const name = path.at(-1) ?? '';
  const field = /^\d+$/.test(name) ? (path.at(-2) ?? '') : name;
  if (field === 'Effect') return [{ operator: 'flip an effect', value: value === 'Allow' ? 'Deny' : 'Allow' }];
  if (field === 'Action' && ACTION.test(value))
    return [{ operator: 'widen an action', value: `${value.split(':')[0]}:*` }];
  const inPrincipal = path.includes('Principal') || path.includes('AssumeRolePolicyDocument');
  if (inPrincipal && field !== 'Sid') return [{ operator: 'widen a principal', value: '*' }];
  const others = (VALUES[tablePath(type, path)] ?? []).filter((other) => other !== value);
  if (others.length > 0) return others.slice(0, 3).map((other) => ({ operator: 'choose another value', value: other }));
  const isCondition = path.includes('Condition');
  if (value === '*') return [];
  if (isCondition) return [{ operator: 'widen a condition', value: '*' }];
  return value.startsWith('arn:')
    ? [{ operator: 'widen an ARN', value: '*' }]
    : [{ operator: 'change a text', value: `${value}x` }];
};

/** Operators of conditions that hold for more requests. */
const looser = (name: string): string | undefined => {
  if (/IfExists$/.test(name) || name === 'Null') return undefined;
  return name.startsWith('ForAllValues:') ? name.replace('ForAllValues', 'ForAnyValue') : `${name}IfExists`;
};

/** Conditions of what is allowed, with an operator that holds for more; those of denials are dropped item by item. */
const operators = (value: Fields, parent: unknown): readonly Change[] => {
  if (!isFields(parent) || parent['Effect'] !== 'Allow') return [];
  return Object.keys(value).flatMap((name) => {
    const other = looser(name);
    return other === undefined
      ? []
      : [
          {
            operator: 'loosen an operator',
            value: Object.fromEntries(Object.entries(value).map(([own, keys]) => [own === name ? other : own, keys])),
          } as const,
        ];
  });
};

const retargeted = (name: string, argument: unknown, target: string): unknown => ({
  [name]: Array.isArray(argument) ? [target, ...argument.slice(1)] : target,
});

/** References to another resource of the same type, and to one of another. */
const references = (value: unknown, template: Template): readonly Change[] => {
  const [name, argument] = intrinsicOf(value) ?? [];
  if (name !== 'Ref' && name !== 'Fn::GetAtt') return [];
  const id = String(listOf(argument)[0]);
  const type = template.Resources[id]?.Type;
  if (name === undefined || type === undefined) return [];
  const others = Object.entries(template.Resources).filter(([other]) => other !== id);
  const same = others.find(([, resource]) => resource.Type === type);
  const different = others.find(([, resource]) => resource.Type !== type);
  return [
    ...(same === undefined
      ? []
      : [{ operator: 'refer to another of its kind', value: retargeted(name, argument, same[0]) } as const]),
    ...(different === undefined
      ? []
      : [{ operator: 'refer to something else', value: retargeted(name, argument, different[0]) } as const]),
  ];
};

/** `Fn::Sub` of an ARN, or of what is compared to one. */
const substitutions = (value: unknown, path: readonly string[]): readonly Change[] => {
  const [name, argument] = intrinsicOf(value) ?? [];
  if (name !== 'Fn::Sub' && name !== 'Fn::Join') return [];
  if (path.includes('Condition')) return [{ operator: 'widen a condition', value: '*' }];
  return JSON.stringify(argument).includes('arn:') ? [{ operator: 'widen an ARN', value: '*' }] : [];
};

const changesAt = (
  value: unknown,
  path: readonly string[],
  parent: unknown,
  type: string,
  template: Template,
): readonly Change[] => {
  const name = path.at(-1) ?? '';
  const drop: readonly Change[] = [
    {
      operator: Array.isArray(parent) ? 'drop an item' : path.length === 1 ? 'drop an attribute' : 'drop a property',
      drop: true,
    },
  ];
  const intrinsic = [...references(value, template), ...substitutions(value, path)];
  const flip = flipped(value);
  return [
    ...(name === 'Type' && path.length === 1 ? [] : drop),
    ...(flip === undefined ? [] : [flip]),
    ...numbers(value),
    ...(path.length === 1 ? [] : texts(value, type, path)),
    ...intrinsic,
    ...(name === 'Condition' && path.length > 1 && isFields(value) ? operators(value, parent) : []),
    ...(name === 'Principal' && isFields(value) ? [{ operator: 'widen a principal', value: '*' } as const] : []),
  ];
};

/** Every place in a resource with what may be done there. Inside of functions of CloudFormation there is nothing to drop. */
const placesIn = function* (
  value: unknown,
  path: readonly string[],
  parent: unknown,
  type: string,
  template: Template,
): Generator<readonly [readonly string[], Change]> {
  if (path.length > 0) for (const change of changesAt(value, path, parent, type, template)) yield [path, change];
  if (intrinsicOf(value) !== undefined && path.length > 0 && path.at(-1) !== 'Condition') return;
  const inner = Array.isArray(value) ? value.entries() : isFields(value) ? Object.entries(value) : [];
  for (const [name, item] of inner) yield* placesIn(item, [...path, String(name)], value, type, template);
};

/** The changes that a resource may have. */
const mutantsOf = function* (id: string, resource: Resource, template: Template): Generator<Mutant> {
  const withResource = (changed: unknown): Template => ({
    ...template,
    Resources: { ...template.Resources, [id]: changed as Resource },
  });
  yield {
    operator: 'drop a resource',
    id,
    path: [],
    template: {
      ...template,
      Resources: Object.fromEntries(Object.entries(template.Resources).filter(([own]) => own !== id)),
    },
  };
  for (const [path, change] of placesIn(resource, [], undefined, resource.Type, template))
    yield { operator: change.operator, id, path, template: withResource(replaced(resource, path, change)) };
};

/** Every mutant of a template, in the order of its resources. */
export const mutantsIn = function* (template: Template): Generator<Mutant> {
  for (const [id, resource] of Object.entries(template.Resources)) yield* mutantsOf(id, resource, template);
  for (const id of Object.keys(template.Conditions ?? {}))
    yield {
      operator: 'drop a condition of the template',
      id,
      path: [],
      template: {
        ...template,
        Conditions: Object.fromEntries(Object.entries(template.Conditions ?? {}).filter(([own]) => own !== id)),
      },
    };
};
