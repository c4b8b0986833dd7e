/** What the service's schemas say of a body's own fields, told in the words of its validator. */

import { BedrockError } from '../errors.ts';
import type { Block } from '../model/request.ts';

/** A field of a body. */
export interface Field {
  /** `Any` where the field's own reader looks at it. */
  readonly type: 'String' | 'Integer' | 'Number' | 'Boolean' | 'JSONArray' | 'JSONObject' | 'Any';
  readonly minimum?: number;
  readonly maximum?: number;
  readonly isRequired?: true;
}

/** All fields of a body: there may be no other. */
export type Fields = Readonly<Record<string, Field>>;

/** A refusal of a malformed body. */
export const malformed = (sentence: string): BedrockError =>
  new BedrockError(
    'ValidationException',
    `Malformed input request: ${sentence}, please reformat your input and try again.`,
  );

/** The field of every body that goes with a guardrail. */
const GUARDRAIL_FIELDS: Fields = { 'amazon-bedrock-guardrailConfig': { type: 'JSONObject' } };

const typeOf = (value: unknown): Field['type'] | 'Null' => {
  if (value === null) return 'Null';
  if (Array.isArray(value)) return 'JSONArray';
  if (typeof value === 'number') return Number.isInteger(value) ? 'Integer' : 'Number';
  if (typeof value === 'string') return 'String';
  return typeof value === 'boolean' ? 'Boolean' : 'JSONObject';
};

const checkField = (name: string, value: unknown, { type, minimum, maximum }: Field): void => {
  const found = typeOf(value);
  if (type !== 'Any' && found !== type && !(type === 'Number' && found === 'Integer'))
    throw malformed(`#/${name}: expected type: ${type}, found: ${found}`);
  if (typeof value !== 'number') return;
  if (minimum !== undefined && value < minimum)
    throw malformed(`#/${name}: ${value} is not greater or equal to ${minimum}`);
  if (maximum !== undefined && value > maximum)
    throw malformed(`#/${name}: ${value} is not less or equal to ${maximum}`);
};

/** Lets a body pass that has the fields it must have, and none that it may not. @throws BedrockError `ValidationException` */
export const checkFields = (body: Block, fields: Fields): void => {
  const known = { ...fields, ...GUARDRAIL_FIELDS };
  for (const [name, { isRequired }] of Object.entries(fields))
    if (isRequired && body[name] === undefined) throw malformed(`#: required key [${name}] not found`);
  for (const [name, value] of Object.entries(body)) {
    const field = Object.hasOwn(known, name) ? known[name] : undefined;
    if (field === undefined) throw malformed(`#: extraneous key [${name}] is not permitted`);
    checkField(name, value, field);
  }
};

/** A number from 0 to 1. */
export const FRACTION: Field = { type: 'Number', minimum: 0, maximum: 1 };

/** A required list of messages. */
export const MESSAGES: Field = { type: 'JSONArray', isRequired: true };

/** A required prompt. */
export const PROMPT: Field = { type: 'String', isRequired: true };
