/**
 * One text for a JSON value, whatever order its fields came in, with nothing in it that does not show: what is digested,
 * compared, and shown to whoever approves it. As RFC 8785 sorts (by UTF-16 units), and with escapes beyond it.
 */

/** Deepest nesting that is read: more is no argument of a tool, and would exhaust the stack. */
const MOST_LEVELS = 64;

/** Digits of an integer of any size. */
const MOST_DIGITS = 100;

/** Controls, format and bidi characters, blanks but the space, halves of pairs, fillers, what is not assigned. */
const UNSHOWN = /(?! )[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/gu;
const PRINTABLE = /^[ -~]*$/;

const escaped = (character: string): string => {
  let out = '';
  for (let at = 0; at < character.length; at++) out += `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`;
  return out;
};

const textOf = (value: string): string => {
  const json = JSON.stringify(value);
  return PRINTABLE.test(json) ? json : json.replace(UNSHOWN, escaped);
};

/** Numbers of more digits than a float has, as the SDK has them. */
const decimalOf = (value: object): string | undefined => {
  const { string, type } = value as { readonly string?: unknown; readonly type?: unknown };
  if (type !== 'bigDecimal' || typeof string !== 'string') return undefined;
  return string.length <= MOST_DIGITS && /^-?\d+(?:\.\d+)?$/.test(string) ? string : undefined;
};

const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

/** A value that JSON has no text for, or one that is nested too deep. */
class NotJson extends Error {}

const written = (value: unknown, levels: number): string => {
  if (typeof value === 'string') return textOf(value);
  if (typeof value === 'boolean' || value === null) return String(value);
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (typeof value === 'bigint') {
    const digits = value.toString();
    if (digits.length <= MOST_DIGITS) return digits;
  }
  if (typeof value !== 'object' || value === null || levels === 0) throw new NotJson();
  if (Array.isArray(value)) return `[${value.map((item) => written(item, levels - 1)).join(',')}]`;
  if (!isPlain(value)) {
    const decimal = decimalOf(value);
    if (decimal === undefined) throw new NotJson();
    return decimal;
  }
  const fields: string[] = [];
  for (const name of Object.keys(value).sort()) {
    const field = (value as Record<string, unknown>)[name];
    if (field !== undefined) fields.push(`${textOf(name)}:${written(field, levels - 1)}`);
  }
  return `{${fields.join(',')}}`;
};

/** The text of a JSON value; `undefined` for what is none, and for what nests deeper than 64 levels. */
export const canonicalJson = (value: unknown): string | undefined => {
  try {
    return written(value, MOST_LEVELS);
  } catch (error) {
    if (error instanceof NotJson) return undefined;
    throw error;
  }
};
