/** A CloudFormation template, as far as the checks read it. */

/** An object of a template. */
export type Fields = Readonly<Record<string, unknown>>;

/** A resource. */
export interface Resource {
  readonly Type: string;
  readonly Properties?: Fields;
  readonly DependsOn?: string | readonly string[];
  readonly Condition?: string;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

/** A template. */
export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Parameters?: Fields;
  readonly Conditions?: Fields;
  readonly Mappings?: Fields;
  readonly Outputs?: Fields;
}

/** Whether a value is an object with named fields. */
export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value as a list: itself where it is one, alone where it is not, empty where there is none. */
export const listOf = (value: unknown): readonly unknown[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];

/** Name and argument of an intrinsic function; `undefined` for any other value. */
export const intrinsicOf = (value: unknown): readonly [name: string, argument: unknown] | undefined => {
  if (!isFields(value)) return undefined;
  const entries = Object.entries(value);
  const [entry] = entries;
  return entry !== undefined && entries.length === 1 && /^(?:Ref|Condition|Fn::\w+(?:::\w+)*)$/.test(entry[0])
    ? entry
    : undefined;
};

/** Resources of a type, with their ids. */
export const resourcesOf = (
  template: Template,
  type: string,
): readonly (readonly [id: string, properties: Readonly<Record<string, unknown>>])[] =>
  Object.entries(template.Resources).flatMap(([id, resource]) =>
    resource.Type === type ? [[id, resource.Properties ?? {}] as const] : [],
  );
