/** Fields of what stands in a log, which anybody can have written: a value is of the shape that is asked for, or none. */

/** An object of a log. */
export type Fields = Readonly<Record<string, unknown>>;

/** A word of the kit: a control, a rule, a budget. */
export const WORD: RegExp = /^[A-Za-z0-9][\w.:-]{0,63}$/; // override-previous, day-tokens
/** A keyed digest. */
export const DIGEST: RegExp = /^[a-z][a-z\d]{0,15}\.[\w-]{8,64}$/; // v1.kX3…
/** Lambda's id of an invocation. */
export const REQUEST_ID: RegExp = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/; // a UUID
/** An id that Bedrock gives an attempt. */
export const UPSTREAM_ID: RegExp = /^[\w-]{1,64}$/; // 3f2504e0-4f89-11d3-9a0c-0305e82c3301
/** A model or profile, by id or ARN. */
export const MODEL: RegExp = /^[A-Za-z0-9][\w.:/-]{0,511}$/; // eu.amazon.nova-lite-v1:0

/** Larger numbers are none that were counted. */
const MOST = 1e12;

/** The fields of an object, none of anything else. */
export const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};

/** An own field. */
export const fieldOf = (fields: Fields, name: string): unknown =>
  Object.hasOwn(fields, name) ? fields[name] : undefined;

/** The first items of a list. */
export const listOf = (value: unknown, most: number): readonly unknown[] =>
  Array.isArray(value) ? value.slice(0, most) : [];

/** A text of a shape. */
export const shaped = (value: unknown, shape: RegExp): string | undefined =>
  typeof value === 'string' && shape.test(value) ? value : undefined;

/** A score, 0..1. */
export const scoreOf = (value: unknown): number => (typeof value === 'number' && value >= 0 ? Math.min(1, value) : 0);

/** A whole number of something. */
export const countOf = (value: unknown): number =>
  Number.isSafeInteger(value) && (value as number) >= 0 ? Math.min(value as number, MOST) : 0;

/** An amount of money. */
export const amountOf = (value: unknown): number =>
  typeof value === 'number' && value >= 0 ? Math.min(value, MOST) : 0;

/** A time in milliseconds since the epoch. */
export const timeOf = (value: unknown): number | undefined => {
  const time = typeof value === 'string' && value.length <= 40 ? Date.parse(value) : Number.NaN;
  return Number.isFinite(time) && Math.abs(time) < 8.64e15 ? time : undefined;
};
