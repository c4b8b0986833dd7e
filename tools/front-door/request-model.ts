/** A schema of valibot as the JSON Schema (draft 4) that API Gateway validates bodies with, as far as it can be said in it. */

/** A schema or an action of valibot, as far as it is read here. */
interface Part {
  readonly type: string;
  readonly requirement?: unknown;
  readonly pipe?: readonly Part[];
  readonly entries?: Readonly<Record<string, Part>>;
  readonly item?: Part;
  readonly wrapped?: Part;
  readonly options?: readonly string[];
}

/** A JSON Schema. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** The limit of a body, for the Serverless Framework to fill in: no text in it is longer. */
const BODY_LIMIT = `\${self:custom.bodyLimitBytes, 65536}`;

/**
 * Actions that are left to the function. Blank is not the same to every engine of regular expressions; `5.0` is an integer
 * to JSON.parse and none to draft 4; and what a check does is code.
 */
const UNSAID = new Set(['regex', 'integer', 'check']);

const objectOf = (entries: Readonly<Record<string, Part>>): JsonSchema => {
  const required = Object.keys(entries).filter((name) => entries[name]?.type !== 'optional');
  const properties = Object.entries(entries).map(([name, entry]) => [name, requestModel(entry)]);
  return {
    type: 'object',
    additionalProperties: false,
    ...(required.length > 0 && { required }),
    properties: Object.fromEntries(properties),
  };
};

const baseOf = ({ type, entries, item, wrapped, options }: Part): JsonSchema => {
  if (type === 'strict_object' && entries !== undefined) return objectOf(entries);
  if (type === 'array' && item !== undefined) return { type: 'array', items: requestModel(item) };
  if (type === 'optional' && wrapped !== undefined) return requestModel(wrapped);
  if (type === 'picklist' && options !== undefined) return { enum: options };
  if (type === 'string') return { type: 'string', maxLength: BODY_LIMIT };
  if (type === 'number') return { type: 'number' };
  throw new TypeError(`request model: nobody has said what ${type} is in JSON Schema`);
};

/** JSON Schema counts characters where JavaScript counts UTF-16 units, of which a character has one or two. */
const boundOf = ({ type, requirement }: Part, base: JsonSchema): JsonSchema => {
  const isText = base['type'] === 'string';
  if (type === 'min_length')
    return isText ? { minLength: Math.ceil(Number(requirement) / 2) } : { minItems: requirement };
  if (type === 'max_length') return isText ? { maxLength: requirement } : { maxItems: requirement };
  if (type === 'min_value') return { minimum: requirement };
  if (type === 'max_value') return { maximum: requirement };
  if (UNSAID.has(type)) return {};
  throw new TypeError(`request model: nobody has said what ${type} is in JSON Schema`);
};

/**
 * The model: whatever it refuses, the schema refuses, too.
 *
 * @throws TypeError for a part that it does not know, rather than to pass it over.
 */
export const requestModel = (schema: Part): JsonSchema => {
  const [, ...actions] = schema.pipe ?? [schema];
  const base = baseOf(schema);
  return Object.assign({ ...base }, ...actions.map((action) => boundOf(action, base)));
};
