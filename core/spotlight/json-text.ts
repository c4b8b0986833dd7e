/** Strings within JSON, and within texts that are JSON: the rest of it stays as it is. */

/** What is made of the strings and of the names of fields. */
export interface StringMapping {
  string(text: string): string;
  name(name: string): string;
}

/** A string of JSON, and the colon that makes it the name of a field: `"a \"b\"" :` */
const LITERAL = /"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?/g;
const BEGINNING = /^\s*[{["]/; // ` {`

/** Whether all of `text` is a JSON object, array or string. */
export const isJsonText = (text: string): boolean => {
  if (!BEGINNING.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** A text that is JSON, with its strings mapped. */
export const mapJsonText = (text: string, { string, name }: StringMapping): string =>
  text.replaceAll(LITERAL, (found, colon: string | undefined) => {
    const literal = colon === undefined ? found : found.slice(0, -colon.length);
    const value: string = JSON.parse(literal);
    const mapped = colon === undefined ? string(value) : name(value);
    return mapped === value ? found : `${JSON.stringify(mapped)}${colon ?? ''}`;
  });

const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
};

/** A name that `fields` does not have: no field may take another one's place. */
const freeName = (fields: ReadonlyMap<string, unknown>, name: string): string => {
  let free = name;
  for (let count = 2; fields.has(free); count++) free = `${name} (${count})`;
  return free;
};

/**
 * A JSON value with its strings mapped; the value itself where nothing changes. What is neither array nor plain object
 * stays as it is.
 */
export const mapJson = (value: unknown, mapping: StringMapping): unknown => {
  if (typeof value === 'string') return mapping.string(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map((item) => mapJson(item, mapping));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  if (!isPlain(value)) return value;
  const fields = new Map<string, unknown>();
  let isChanged = false;
  for (const [name, field] of Object.entries(value)) {
    const mappedName = freeName(fields, mapping.name(name));
    const mapped = mapJson(field, mapping);
    isChanged ||= mappedName !== name || mapped !== field;
    fields.set(mappedName, mapped);
  }
  return isChanged ? Object.fromEntries(fields) : value;
};
