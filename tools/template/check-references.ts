/** Every reference of a template: what it names exists, is of the right type, and leads in no circle. */

import { PSEUDO, type Reference, referencesIn } from './references.ts';
import { definitionOf, type PropertySpecification, specificationOf } from './specification/database.ts';
import { type Fields, intrinsicOf, isFields, listOf, type Resource, type Template } from './template.ts';

const known = new WeakMap<Resource, readonly Reference[]>();

const referencesOf = (id: string, resource: Resource): readonly Reference[] => {
  const under = resource.Condition === undefined ? [] : [resource.Condition];
  const references = known.get(resource) ?? [
    ...referencesIn(resource.Properties ?? {}, id, under),
    ...listOf(resource.DependsOn).map(
      (name): Reference => ({ path: id, kind: 'DependsOn', name: String(name), under }),
    ),
    ...under.map((name): Reference => ({ path: id, kind: 'Condition', name, under: [] })),
  ];
  known.set(resource, references);
  return references;
};

const problemOf = (reference: Reference, template: Template): readonly string[] => {
  const { path, kind, name, attribute, under } = reference;
  const target = Object.hasOwn(template.Resources, name) ? template.Resources[name] : undefined;
  if (kind === 'malformed') return [`${path}: ${name}`];
  if (kind === 'Condition') return name in (template.Conditions ?? {}) ? [] : [`${path}: unknown condition ${name}`];
  if (kind === 'FindInMap') return name in (template.Mappings ?? {}) ? [] : [`${path}: unknown map ${name}`];
  if (target === undefined) {
    const isElsewhere = attribute === undefined && kind !== 'DependsOn' && kind !== 'GetAtt';
    const exists = isElsewhere && (PSEUDO.test(name) || name in (template.Parameters ?? {}));
    return exists ? [] : [`${path}: ${kind} of unknown ${name}`];
  }
  const specification = specificationOf(target.Type);
  const hasAttribute =
    attribute === undefined || specification === undefined || attribute in (specification.attributes ?? {});
  // What may be absent cannot be named by what is there without it.
  const isThere = target.Condition === undefined || under.includes(target.Condition) || kind === 'DependsOn';
  return [
    ...(hasAttribute ? [] : [`${path}: ${target.Type} has no attribute ${attribute}`]),
    ...(isThere ? [] : [`${path}: ${kind} of ${name}, which is there under ${target.Condition} only`]),
  ];
};

/** Resources in a circle that CloudFormation could not begin. */
const circles = (template: Template): readonly string[] => {
  const state = new Map<string, 'open' | 'done'>();
  const found: string[] = [];
  const visit = (id: string): void => {
    const resource = template.Resources[id];
    if (resource === undefined || state.get(id) === 'done') return;
    if (state.get(id) === 'open') {
      found.push(`${id}: depends on itself in a circle`);
      return;
    }
    state.set(id, 'open');
    for (const { kind, name } of referencesOf(id, resource))
      if (kind !== 'Condition' && kind !== 'FindInMap' && kind !== 'malformed') visit(name);
    state.set(id, 'done');
  };
  for (const id of Object.keys(template.Resources)) visit(id);
  return found;
};

/** Conditions in a circle, which nobody could decide. */
const conditionCircles = (conditions: Fields): readonly string[] => {
  const state = new Map<string, 'open' | 'done'>();
  const found: string[] = [];
  const visit = (name: string): void => {
    if (!Object.hasOwn(conditions, name) || state.get(name) === 'done') return;
    if (state.get(name) === 'open') {
      found.push(`Conditions/${name}: depends on itself in a circle`);
      return;
    }
    state.set(name, 'open');
    for (const { kind, name: next } of referencesIn(conditions[name], name, [])) if (kind === 'Condition') visit(next);
    state.set(name, 'done');
  };
  for (const name of Object.keys(conditions)) visit(name);
  return [...new Set(found)];
};

/** Types that the specification leaves out: the root of an API stands for the first of its resources. */
const ALSO: readonly string[] = ['AWS::ApiGateway::RestApi'];
const ALSO_AT = /\/(?:ParentId|ResourceId)$/;

/** Types that a property's value comes from, by a reference of its own; `undefined` where the specification is silent. */
const wrongType = (
  value: unknown,
  property: PropertySpecification,
  template: Template,
  path: string,
): readonly string[] => {
  const types = (property.relationshipRefs ?? []).map(({ cloudFormationType }) => cloudFormationType);
  const { type } = property;
  return listOf(value).flatMap((item) => {
    const [name, argument] = intrinsicOf(item) ?? [];
    if (name === 'Ref' || name === 'Fn::GetAtt') {
      const target = template.Resources[String(listOf(argument)[0])];
      return target === undefined ||
        types.length === 0 ||
        types.includes(target.Type) ||
        (ALSO_AT.test(path) && ALSO.includes(target.Type))
        ? []
        : [`${path}: a ${target.Type}, and not a ${types.join(' or ')}`];
    }
    const inner = type.type === 'array' ? type.element : type;
    if (!isFields(item) || name !== undefined || inner.type !== 'ref') return [];
    return typesOf(item, definitionOf(inner).properties, template, path);
  });
};

const typesOf = (
  fields: Fields,
  specification: Readonly<Record<string, PropertySpecification>>,
  template: Template,
  path: string,
): readonly string[] =>
  Object.entries(fields).flatMap(([name, value]) => {
    const property = Object.hasOwn(specification, name) ? specification[name] : undefined;
    return property === undefined ? [] : wrongType(value, property, template, `${path}/${name}`);
  });

/** Conditions that nothing asks for: somebody forgot to put them where they belong. */
const unusedConditions = (template: Template, used: ReadonlySet<string>): readonly string[] =>
  Object.keys(template.Conditions ?? {})
    .filter((name) => !used.has(name))
    .map((name) => `${name}: a condition that nothing uses`);

/** Everything that a template names: whether it exists, is of the type that is expected there, and has a beginning. */
export const checkReferences = (template: Template): readonly string[] => {
  const outputs = Object.entries(template.Outputs ?? {}).flatMap(([id, output]) => {
    const condition = isFields(output) && typeof output['Condition'] === 'string' ? [output['Condition']] : [];
    return [
      ...referencesIn(output, `Outputs/${id}`, condition),
      ...condition.map((name): Reference => ({ path: `Outputs/${id}`, kind: 'Condition', name, under: [] })),
    ];
  });
  const conditions = referencesIn(template.Conditions ?? {}, 'Conditions', []);
  const references = [
    ...Object.entries(template.Resources).flatMap(([id, resource]) => referencesOf(id, resource)),
    ...outputs,
    ...conditions,
  ];
  const used = new Set(references.filter(({ kind }) => kind === 'Condition').map(({ name }) => name));
  return [
    ...references.flatMap((reference) => problemOf(reference, template)),
    ...circles(template),
    ...conditionCircles(template.Conditions ?? {}),
    ...Object.entries(template.Resources).flatMap(([id, { Type, Properties = {} }]) =>
      typesOf(Properties, specificationOf(Type)?.properties ?? {}, template, id),
    ),
    ...unusedConditions(template, used),
  ];
};
