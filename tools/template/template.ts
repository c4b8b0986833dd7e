/** A CloudFormation template, as far as the checks read it. */

/** A resource. */
export interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DependsOn?: string | readonly string[];
}

/** A template. */
export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Parameters?: Readonly<Record<string, unknown>>;
  readonly Conditions?: Readonly<Record<string, unknown>>;
}

/** Resources of a type, with their ids. */
export const resourcesOf = (
  template: Template,
  type: string,
): readonly (readonly [id: string, properties: Readonly<Record<string, unknown>>])[] =>
  Object.entries(template.Resources).flatMap(([id, resource]) =>
    resource.Type === type ? [[id, resource.Properties ?? {}] as const] : [],
  );
