/** Bytes as the JSON object that they hold, read strictly: what is sent is written anew from it. */

import { nestingOf } from '../json-nesting.ts';
import { bodyRefused, isFields } from './fields.ts';
import type { Fields } from './types.ts';

/** Most bytes of a body. Source: API Reference, "InvokeModel", `body`. */
export const MAX_BODY_BYTES = 25_000_000;

/** Deepest nesting: schemas of tools go some ten deep. */
const MAX_NESTING = 100;

/** Whether some object in `value` has a field that would become its prototype where it is copied carelessly. */
const hasPrototypeField = (value: unknown): boolean => {
  const pending: unknown[] = [value];
  while (pending.length > 0) {
    const next = pending.pop();
    if (typeof next !== 'object' || next === null) continue;
    if (Object.hasOwn(next, '__proto__')) return true;
    for (const item of Object.values(next)) if (typeof item === 'object') pending.push(item);
  }
  return false;
};

/** The object that `json` is; `undefined` for anything else. Of a name that comes twice the last counts. */
export const fieldsIn = (json: string): Fields | undefined => {
  if (nestingOf(json, MAX_NESTING) > MAX_NESTING) return undefined;
  try {
    const value: unknown = JSON.parse(json);
    return isFields(value) && !hasPrototypeField(value) ? value : undefined;
  } catch {
    return undefined;
  }
};

/** UTF-8 as text; `undefined` for bytes that are none. */
export const utf8In = (bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
};

/** Bytes of whatever kind an SDK takes; `undefined` for what is none. A copy: its owner may go on writing. */
const bytesOf = (body: unknown): Uint8Array | undefined => {
  if (ArrayBuffer.isView(body)) return new Uint8Array(body.buffer, body.byteOffset, body.byteLength).slice();
  if (body instanceof ArrayBuffer || Object.prototype.toString.call(body) === '[object ArrayBuffer]')
    return new Uint8Array(body as ArrayBuffer).slice();
  return undefined;
};

/**
 * The object that a request's body is, whether it comes as text or as bytes.
 *
 * @throws BulwarkError `content_not_allowed` for a body that is too large, no UTF-8, or no object of JSON.
 */
export const readBody = (body: unknown): Fields => {
  if (typeof body === 'string' && body.length > MAX_BODY_BYTES) throw bodyRefused('body-size');
  if (ArrayBuffer.isView(body) && body.byteLength > MAX_BODY_BYTES) throw bodyRefused('body-size');
  const bytes = typeof body === 'string' ? undefined : bytesOf(body);
  const json = typeof body === 'string' ? body : bytes && utf8In(bytes);
  const fields = json === undefined ? undefined : fieldsIn(json);
  if (fields === undefined) throw bodyRefused('body-json');
  return fields;
};
