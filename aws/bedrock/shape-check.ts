/**
 * Whether an input is what its schema says, down to the last text. The SDK does not ask: an object in place of a text it
 * writes as JSON of which each character loses all but its low byte, so that U+0122 becomes a quotation mark and ends the
 * text it stands in; a structure with a member `__type` it writes with members of any name. Either could put messages,
 * tools and bounds on the wire that nobody has checked.
 */

import { NormalizedSchema } from '@smithy/core/schema';
import { membersOf } from './schema-members.ts';

type Fields = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isStructure = (schema: NormalizedSchema, value: Fields): boolean => {
  const members = membersOf(schema);
  return Object.keys(value).every((name) => {
    if (value[name] === undefined) return true;
    const member = Object.hasOwn(members, name) ? members[name] : undefined;
    return member !== undefined && isOf(member, value[name]);
  });
};

const isScalar = (schema: NormalizedSchema, value: unknown): boolean => {
  if (schema.isStringSchema()) return typeof value === 'string';
  if (schema.isBooleanSchema()) return typeof value === 'boolean';
  if (schema.isNumericSchema()) return Number.isFinite(value);
  if (schema.isBlobSchema()) return value instanceof Uint8Array;
  return schema.isTimestampSchema() && value instanceof Date;
};

/** A schema of the SDK, and whether a value is of it. Free documents, such as arguments of tools, may be anything. */
const isOf = (schema: NormalizedSchema, value: unknown): boolean => {
  if (value === null || schema.isDocumentSchema()) return true;
  if (schema.isStructSchema()) return isObject(value) && isStructure(schema, value);
  if (schema.isMapSchema()) {
    const item = schema.getValueSchema();
    return isObject(value) && Object.values(value).every((element) => isOf(item, element));
  }
  if (!schema.isListSchema()) return isScalar(schema, value);
  const item = schema.getValueSchema();
  return Array.isArray(value) && value.every((element) => isOf(item, element));
};

/** Whether the input of an operation has members of its schema only, each of its kind. */
export const isShaped = (schema: unknown, input: unknown): boolean =>
  isObject(input) && isStructure(NormalizedSchema.of(schema as never), input);
