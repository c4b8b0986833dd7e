/** Reads a template that somebody else wrote: what is none is refused before a check looks at it. */

import { type Fields, isFields, listOf, type Template } from './template.ts';

/** Characters that are read: sixteen times what CloudFormation takes. */
const MAX_LENGTH = 16 * 1024 * 1024;
/** Levels that are followed. What CloudFormation takes has some twenty; checks go down by calling themselves. */
const MAX_DEPTH = 100;
/** Bytes of a template that CloudFormation takes from a bucket. Source: CloudFormation quotas, "Template body size in an object". */
const MAX_BYTES = 1_048_576;
/** Resources of a template that CloudFormation takes. Source: the same. */
const MAX_RESOURCES = 500;

const SECTIONS = ['Parameters', 'Conditions', 'Mappings', 'Outputs'] as const;

/** Goes through every value without calling itself: nesting is what is measured. */
const refuseDepthAndNull = (template: unknown): void => {
  const open: (readonly [value: unknown, depth: number, section: string])[] = [[template, 0, '']];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [value, depth, place] = next;
    if (value === null)
      throw new TypeError(`${place || 'the template'} is or holds null, which CloudFormation refuses`);
    if (depth > MAX_DEPTH) throw new TypeError(`${place} is nested more than ${MAX_DEPTH} levels deep`);
    if (typeof value !== 'object') continue;
    // Two levels say enough of where it is: a section, and a name in it.
    for (const [name, inner] of Object.entries(value))
      open.push([inner, depth + 1, depth === 0 ? name : depth === 1 ? `${place}/${name}` : place]);
  }
};

const refuseResource = (id: string, resource: unknown): void => {
  if (!isFields(resource)) throw new TypeError(`Resources/${id} is no object`);
  if (typeof resource['Type'] !== 'string') throw new TypeError(`Resources/${id} has no type`);
  const { Properties = {} } = resource;
  if (!isFields(Properties)) throw new TypeError(`Resources/${id} has properties that are no object`);
  if (!resource['Type'].startsWith('AWS::IAM::')) return;
  for (const policy of listOf(Properties['Policies']))
    if (!isFields(policy)) throw new TypeError(`Resources/${id} has a policy that is no object`);
  const documents: readonly unknown[] = [
    Properties['PolicyDocument'],
    Properties['AssumeRolePolicyDocument'],
    ...listOf(Properties['Policies']).map((policy) => (policy as Fields)['PolicyDocument']),
  ].filter((document) => document !== undefined);
  for (const document of documents)
    if (!isFields(document) || listOf(document['Statement']).some((statement) => !isFields(statement)))
      throw new TypeError(`Resources/${id} has a policy that is none`);
};

/**
 * The template in a JSON text.
 *
 * @throws TypeError of what no check could look at: no JSON, no resources, null, or nested without end. The message says where.
 */
export const templateOf = (text: string): Template => {
  if (text.length > MAX_LENGTH) throw new TypeError(`a template of more than ${MAX_LENGTH} characters`);
  let template: unknown;
  try {
    template = JSON.parse(text);
  } catch {
    throw new TypeError('no JSON');
  }
  refuseDepthAndNull(template);
  if (!isFields(template)) throw new TypeError('the template is no object');
  if (!isFields(template['Resources'])) throw new TypeError('Resources is no object');
  for (const section of SECTIONS)
    if (template[section] !== undefined && !isFields(template[section])) throw new TypeError(`${section} is no object`);
  for (const [id, resource] of Object.entries(template['Resources'])) refuseResource(id, resource);
  return template as unknown as Template;
};

/** What is wrong with the size of a template: CloudFormation takes no larger one. */
export const sizeProblems = (template: Template): readonly string[] => {
  const bytes = Buffer.byteLength(JSON.stringify(template));
  const resources = Object.keys(template.Resources).length;
  return [
    ...(bytes > MAX_BYTES ? [`${bytes} bytes: CloudFormation takes ${MAX_BYTES} at most`] : []),
    ...(resources > MAX_RESOURCES ? [`${resources} resources: CloudFormation takes ${MAX_RESOURCES} at most`] : []),
  ];
};
