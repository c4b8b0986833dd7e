/** JSON values with their strings, numbers and names of fields mapped. */

import { leadOf } from '../redaction/redact-json.ts';

/** What is made of the parts of a JSON value. `lead` says what a value is: the name of its field. */
export interface JsonMapping {
  string(text: string, lead: string): string;
  number(value: number, lead: string): unknown;
  name(name: string): string;
}

const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
};

/** Gives names that `fields` does not have: no field may take another one's place. */
const freeNames = (fields: ReadonlyMap<string, unknown>): ((name: string) => string) => {
  const counts = new Map<string, number>();
  return (name) => {
    let free = name;
    let count = counts.get(name) ?? 1;
    while (fields.has(free)) {
      count += 1;
      free = `${name} (${count})`;
    }
    if (count > 1) counts.set(name, count);
    return free;
  };
};

/**
 * A JSON value with its parts mapped; the value itself where nothing changes. What is neither array nor plain object stays
 * as it is.
 *
 * @throws RangeError for what is nested deeper than the stack goes.
 */
export const mapJsonValue = (value: unknown, mapping: JsonMapping, lead = ''): unknown => {
  if (typeof value === 'string') return mapping.string(value, lead);
  if (typeof value === 'number') return mapping.number(value, lead);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map((item) => mapJsonValue(item, mapping, lead));
    return items.some((item, index) => !Object.is(item, value[index])) ? items : value;
  }
  if (!isPlain(value)) return value;
  const fields = new Map<string, unknown>();
  const freeName = freeNames(fields);
  let isChanged = false;
  for (const [name, field] of Object.entries(value)) {
    const mappedName = freeName(mapping.name(name));
    const mapped = mapJsonValue(field, mapping, leadOf(name));
    isChanged ||= mappedName !== name || !Object.is(mapped, field);
    fields.set(mappedName, mapped);
  }
  return isChanged ? Object.fromEntries(fields) : value;
};
