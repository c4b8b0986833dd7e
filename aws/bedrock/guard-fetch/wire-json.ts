/** JSON as the service writes it. */

import { NumericValue } from '@smithy/core/serde';

/** Stable since Node 21; TypeScript's library does not know it yet. */
const { rawJSON } = JSON as unknown as { rawJSON(text: string): unknown };

/** A number of any size, as the SDK reads it where JavaScript's own would lose digits; an object of the model's that looks like one is none. */
const isBigDecimal = (value: unknown): value is NumericValue =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === NumericValue.prototype;

/** What the SDK could not name: nobody has looked at it. */
const UNKNOWN = '$unknown';

/** What the SDK adds to an output: none of the service's members. */
const ADDED = '$metadata';

function asOnWire(this: Readonly<Record<string, unknown>>, name: string, value: unknown): unknown {
  if (name === UNKNOWN || name === ADDED) return undefined;
  // A Buffer has become an object of numbers by the time its value is handed over.
  const given = this[name];
  if (given instanceof Uint8Array) return Buffer.from(given.buffer, given.byteOffset, given.length).toString('base64');
  if (typeof given === 'bigint') return rawJSON(given.toString());
  return isBigDecimal(given) ? rawJSON(given.string) : value;
}

/** The JSON text of an output or event of the SDK: bytes in base64, without what the SDK added or could not name. */
export const wireJson = (value: unknown): string => JSON.stringify(value, asOnWire);
