/**
 * JSON of whatever a program returns, no longer than it may be: what `JSON.stringify` refuses (cycles, BigInt) or spells
 * out without end (bytes, huge lists) has a form here, and nothing is written past the limit.
 */

/** Deepest level that is written. */
const MAX_DEPTH = 32;

/** Text up to its limit. */
export interface BoundedText {
  readonly text: string;
  /** Whether nothing was left out. */
  readonly whole: boolean;
}

/** The first `most` UTF-16 units of a text, well-formed: a surrogate pair is not parted. */
export const firstUnits = (text: string, most: number): BoundedText => {
  if (text.length <= most) return { text: text.toWellFormed(), whole: true };
  const isParted = (text.codePointAt(most - 1) ?? 0) > 0xffff;
  return { text: text.slice(0, isParted ? most - 1 : most).toWellFormed(), whole: false };
};

/** How many bytes a value is made of; `undefined` for what is none. */
const bytesOf = (value: object): number | undefined => {
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer || value instanceof SharedArrayBuffer)
    return value.byteLength;
  return value instanceof Blob ? value.size : undefined;
};

/** What a value says it is in JSON, once. Bytes would say each of theirs. */
const plainOf = (value: unknown, key: string): unknown => {
  if (typeof value !== 'object' || value === null || bytesOf(value) !== undefined) return value;
  const { toJSON } = value as { toJSON?: unknown };
  return typeof toJSON === 'function' ? toJSON.call(value, key) : value;
};

/** What JSON has no place for: left out of objects, `null` in lists. */
const isUnwritten = (value: unknown): boolean => ['undefined', 'function', 'symbol'].includes(typeof value);

/** The name of a map's entry. What is no word has none. */
const nameOf = (key: unknown): string => (typeof key === 'object' && key !== null ? '[object]' : String(key));

/** Fields in the order in which they are written. A map is an object of its entries. */
const fieldsOf = (value: object): Iterable<readonly [string, () => unknown]> =>
  value instanceof Map
    ? [...value].map(([key, field]) => [nameOf(key), () => field] as const)
    : Object.keys(value).map((key) => [key, () => (value as Record<string, unknown>)[key]] as const);

/**
 * `value` as JSON of at most `most` UTF-16 units. Instances of classes are their `toJSON` or their fields, as for
 * `JSON.stringify`; a BigInt is its digits in a string, a Map an object, a Set a list, bytes say how many they are, and what
 * stands within itself or too deep says so. `''` where nothing is left to write.
 *
 * @throws What a getter or `toJSON` throws.
 */
export const boundedJson = (value: unknown, most: number): BoundedText => {
  const parts: string[] = [];
  const within = new Set<object>();
  let left = most;

  /** False once there is no room left. */
  const put = (part: string): boolean => {
    const { text, whole } = firstUnits(part, Math.max(0, left));
    parts.push(text);
    left = whole ? left - part.length : -1;
    return whole;
  };

  const putText = (text: string): boolean => put(JSON.stringify(firstUnits(text, left + 1).text));

  const putList = (items: Iterable<unknown>): boolean => {
    let before = '[';
    for (const item of items) {
      if (!put(before) || !putValue(isUnwritten(item) ? null : item, '')) return false;
      before = ',';
    }
    return put(before === '[' ? '[]' : ']');
  };

  const putFields = (owner: object): boolean => {
    let before = '{';
    for (const [key, read] of fieldsOf(owner)) {
      const field = read();
      if (isUnwritten(field)) continue;
      if (!put(before) || !putText(key) || !put(':') || !putValue(field, key)) return false;
      before = ',';
    }
    return put(before === '{' ? '{}' : '}');
  };

  const putObject = (object: object): boolean => {
    const bytes = bytesOf(object);
    if (bytes !== undefined) return put(`"[${bytes} bytes]"`);
    if (within.has(object)) return put('"[circular]"');
    if (within.size === MAX_DEPTH) return put('"[too deep]"');
    within.add(object);
    const isFine = Array.isArray(object) || object instanceof Set ? putList(object) : putFields(object);
    within.delete(object);
    return isFine;
  };

  const putValue = (given: unknown, key: string): boolean => {
    const plain = plainOf(given, key);
    if (typeof plain === 'string') return putText(plain);
    if (typeof plain === 'bigint') return put(`"${plain}"`);
    if (typeof plain === 'object' && plain !== null) return putObject(plain);
    return put(JSON.stringify(isUnwritten(plain) ? null : plain));
  };

  const whole = isUnwritten(value) || putValue(value, '');
  return { text: parts.join(''), whole };
};
