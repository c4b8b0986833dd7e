/** Arguments of a tool call that came as text. */

/** Members of all objects in a value. Iterative: nesting cannot exhaust the stack. */
const membersOf = (value: unknown): number => {
  let count = 0;
  const pending: unknown[] = [value];
  for (let item = pending.pop(); item !== undefined; item = pending.pop()) {
    if (typeof item !== 'object' || item === null) continue;
    const fields: readonly unknown[] = Object.values(item);
    if (!Array.isArray(item)) count += fields.length;
    for (const field of fields) pending.push(field);
  }
  return count;
};

const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y; // -1.5e-7
/** Longest numbers that a float holds whatever their digits are. */
const SURELY_EXACT = 15;

/** Members that are written in JSON text: colons outside of strings. -1 where a number has digits that no float holds. */
const membersWritten = (json: string): number => {
  let count = 0;
  let inString = false;
  for (let index = 0; index < json.length; index++) {
    const unit = json.charCodeAt(index);
    if (inString && unit === 0x5c) index += 1;
    else if (unit === 0x22) inString = !inString;
    else if (!inString && unit === 0x3a) count += 1;
    else if (!inString && unit >= 0x30 && unit <= 0x39) {
      NUMBER.lastIndex = index;
      const [digits = ''] = NUMBER.exec(json) ?? [];
      if (digits.length > SURELY_EXACT && String(Number(digits)) !== digits) return -1;
      index += digits.length - 1;
    }
  }
  return count;
};

/**
 * The arguments in a JSON text, none being an empty object. `undefined` for what is no JSON object, and for one that has two
 * members of one name somewhere, or a number of more digits than a float holds: what one reader takes for the value is not
 * what another does.
 */
export const parsedArguments = (json: string): object | undefined => {
  if (json === '') return {};
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    return membersOf(value) === membersWritten(json) ? value : undefined;
  } catch {
    return undefined;
  }
};
