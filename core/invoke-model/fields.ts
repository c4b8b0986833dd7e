/** Strict reading of a body: what is not known is refused, never passed over. */

import { BulwarkError } from '../errors.ts';
import type { Fields } from './types.ts';

/** The refusal of a body, in the kit's own word for the reason. */
export const bodyRefused = (reason: string): BulwarkError => new BulwarkError('content_not_allowed', { reason });

/** A chunk of a reply that cannot be read: what it holds is not passed on. */
export const unreadableChunk = (): BulwarkError => new BulwarkError('output_truncated', { reason: 'chunk' });

/** Whether `value` is an object of JSON. */
export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `value` as an object that has no fields but these. @throws BulwarkError `content_not_allowed` */
export const knownFields = (value: unknown, ...names: readonly string[]): Fields => {
  if (!isFields(value) || !Object.keys(value).every((name) => names.includes(name))) throw bodyRefused('body-field');
  return value;
};

/** `value` as text. The same error. */
export const asText = (value: unknown): string => {
  if (typeof value !== 'string') throw bodyRefused('body-field');
  return value;
};

/** `value` as a list. The same error. */
export const asList = (value: unknown): readonly unknown[] => {
  if (!Array.isArray(value)) throw bodyRefused('body-field');
  return value;
};

/** `value` as an object of whatever fields. The same error. */
export const asFields = (value: unknown): Fields => {
  if (!isFields(value)) throw bodyRefused('body-field');
  return value;
};

/** `value` as one of these. The same error. */
export const asOneOf = <T extends string | boolean | number>(value: unknown, ...values: readonly T[]): T => {
  if (!values.includes(value as T)) throw bodyRefused('body-field');
  return value as T;
};

/** An object without the fields that are `undefined`. */
export const present = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/** `value[name]` where it is an object, else one without fields: replies are read by what is known in them. */
export const inner = (value: unknown, name: string): Fields => {
  const field = isFields(value) ? value[name] : undefined;
  return isFields(field) ? field : {};
};

/** `value` where it is text. */
export const textIn = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** Ids and times of a reply: of Bedrock's making, and never text. */
const IDENTIFIER = /^[A-Za-z0-9._:/-]{1,256}$/; // msg_bdrk_0123, chatcmpl-1, openai.gpt-oss-20b-1:0

/** Those of these fields of `body` that are ids or numbers. */
export const identifiersOf = (body: Fields, ...names: readonly string[]): Fields =>
  Object.fromEntries(
    names
      .filter((name) => Object.hasOwn(body, name))
      .map((name) => [name, body[name]] as const)
      .filter(([, value]) => Number.isFinite(value) || (typeof value === 'string' && IDENTIFIER.test(value))),
  );

/** A value of JSON text, or `undefined` where it is none. */
export const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
