/** What a rule is: which resources it looks at, what it wants of them, and why. */

import { type Resolve, type Resolver, resolverOf } from '../resolve.ts';
import { type Fields, intrinsicOf, isFields, listOf, type Resource, type Template } from '../template.ts';

/** What a deployment promises beyond the least: parts that cost money or are a choice. */
export interface Promises {
  /** Stages that hold what people rely on: nothing is deleted by accident. */
  readonly kept?: boolean;
  readonly kms?: boolean;
  readonly guardrail?: boolean;
  readonly tracing?: boolean;
  readonly waf?: boolean;
  readonly vpc?: boolean;
  readonly logMasking?: boolean;
  /** Who may call, at the REST API. */
  readonly auth?: 'cognito' | 'jwt' | 'iam';
}

/** A resource as rules see it: as it stands, and with its references resolved. */
export interface Seen {
  readonly id: string;
  readonly resource: Resource;
  /** Properties as they stand. */
  readonly raw: Fields;
  /** Properties with their references resolved. */
  readonly properties: Fields;
}

/** A template as rules see it. */
export interface View {
  readonly template: Template;
  readonly promises: Promises;
  readonly resolve: Resolve;
  /** Resources of types, those left out whose condition does not hold. */
  readonly of: (...types: readonly string[]) => readonly Seen[];
}

/** Looks at a template once, so that rules share what is resolved. */
export const viewOf = (
  template: Template,
  promises: Promises = {},
  { resolve, holds }: Resolver = resolverOf(template),
): View => {
  const byType = new Map<string, Seen[]>();
  const resolved = new Map<string, Fields>();
  for (const [id, resource] of Object.entries(template.Resources)) {
    if (resource.Condition !== undefined && !holds(resource.Condition)) continue;
    const raw = resource.Properties ?? {};
    const seen: Seen = {
      id,
      resource,
      raw,
      get properties() {
        const known = resolved.get(id) ?? (resolve(raw) as Fields);
        resolved.set(id, known);
        return known;
      },
    };
    const same = byType.get(resource.Type);
    if (same === undefined) byType.set(resource.Type, [seen]);
    else same.push(seen);
  }
  return { template, promises, resolve, of: (...types) => types.flatMap((type) => byType.get(type) ?? []) };
};

/** A rule. What it finds begins with the id of a resource, and says what is wrong. */
export interface Rule {
  readonly name: string;
  /** What goes wrong without it. */
  readonly why: string;
  /** Types of resources that it looks at: how many there are is the number of its cases. */
  readonly types: readonly string[];
  readonly check: (view: View) => readonly string[];
}

/** A value in an object by its path, such as `SSESpecification.SSEEnabled`. */
export const at = (fields: unknown, path: string): unknown => {
  let value: unknown = fields;
  for (const name of path.split('.')) {
    if (Array.isArray(value)) value = value[Number(name)];
    else value = isFields(value) ? value[name] : undefined;
  }
  return value;
};

/** Whether a value is what a rule wants; `seen` for what else there is to know. */
export type Holds = (value: unknown, seen: Seen, view: View) => boolean;

/** Whether a value is what a rule wants, whatever stands around it. */
export type Test = (value: unknown) => boolean;

/** What a property has to be, and what is wrong where it is not. */
export type Want = readonly [path: string, holds: Holds, problem: string];

/** True, in any of the ways that CloudFormation reads. */
export const isTrue: Test = (value) => String(value) === 'true';
/** False, or not said. */
export const isNotTrue: Test = (value) => value === undefined || String(value) === 'false';
/** There, and not empty. */
export const isGiven: Test = (value) =>
  value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);
/** Not said. */
export const isAbsent: Test = (value) => value === undefined || value === null;
/** One of some values. */
export const isOneOf =
  (...values: readonly unknown[]): Test =>
  (value) =>
    values.some((each) => String(each) === String(value)) && value !== undefined;
/** A number from `least` to `most`. */
export const isFrom =
  (least: number, most: number): Test =>
  (value) =>
    value !== undefined && Number(value) >= least && Number(value) <= most;
/** Either not said or what `holds` wants. */
export const orAbsent =
  (holds: Holds): Holds =>
  (value, seen, view) =>
    value === undefined || holds(value, seen, view);

/** Resources that a value refers to, by itself. */
export const targetsOf = (value: unknown): readonly string[] =>
  listOf(value).flatMap((item) => {
    const [name, argument] = intrinsicOf(item) ?? [];
    return name === 'Ref' || name === 'Fn::GetAtt' ? [String(listOf(argument)[0])] : [];
  });

/** A reference to a resource of one of some types: every item of a list. */
export const refersTo =
  (...types: readonly string[]): ((path: string) => Holds) =>
  (path) =>
  (_, { raw }, { template }) => {
    const value = at(raw, path);
    const targets = targetsOf(value);
    return (
      targets.length > 0 &&
      targets.length === listOf(value).length &&
      targets.every((id) => types.includes(template.Resources[id]?.Type ?? ''))
    );
  };

/** A want that a value refers to a resource of one of some types. */
export const wantsReference = (path: string, types: readonly string[], problem: string): Want => [
  path,
  refersTo(...types)(path),
  problem,
];

/** What resources lack of what is wanted. */
export const lacking = (view: View, resources: readonly Seen[], wants: readonly Want[]): readonly string[] =>
  resources.flatMap((seen) =>
    wants
      .filter(([path, holds]) => !holds(at(seen.properties, path), seen, view))
      .map(([path, , problem]) => `${seen.id}: ${problem} (${path})`),
  );

/** A rule about properties of resources of one type. */
export const propertyRule = (
  name: string,
  why: string,
  type: string,
  wants: readonly Want[] | ((view: View) => readonly Want[]),
): Rule => ({
  name,
  why,
  types: [type],
  check: (view) => lacking(view, view.of(type), typeof wants === 'function' ? wants(view) : wants),
});

/** Attributes of a resource that keep it when the stack goes, or when it is replaced. */
export const keepingProblems = ({ id, resource }: Seen): readonly string[] => [
  ...(/^Retain/.test(resource.DeletionPolicy ?? '') ? [] : [`${id}: goes with the stack (DeletionPolicy)`]),
  ...(resource.UpdateReplacePolicy === 'Retain' ? [] : [`${id}: goes when it is replaced (UpdateReplacePolicy)`]),
];

/** A function that checks tokens: it asks their issuer, which is outside of every network, and may do nothing else. */
export const isAuthorizer = (view: View, id: string): boolean =>
  view.of('AWS::ApiGateway::Authorizer').some(({ raw }) => JSON.stringify(raw['AuthorizerUri'] ?? '').includes(id));
