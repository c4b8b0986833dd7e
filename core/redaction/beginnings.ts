/** Which units of a text a value can begin with, as far as they and what is before them say. */

const ASCII = 128;
const BACKSLASH = 0x5c;

/** The unit is an ASCII letter or digit. */
export const ALPHANUMERIC = 1;
/** A value can begin with the unit, if its conditions hold. */
export const BEGINS = 2;
/** A value can begin with the unit wherever it stands. */
export const BEGINS_ALWAYS = 4;

/** Whether a UTF-16 unit is an ASCII letter or digit. */
export const isAlphanumeric = (unit: number): boolean =>
  (unit >= 0x30 && unit <= 0x39) || (unit >= 0x41 && unit <= 0x5a) || (unit >= 0x61 && unit <= 0x7a);

/**
 * What each ASCII unit is, and last all others, of the tables of those with which a value begins anywhere, and of those with
 * which one begins that is assigned to a name.
 */
export const unitKinds = (anywhere: Uint8Array, ifAssigned: Uint8Array): Uint8Array =>
  Uint8Array.from(
    anywhere,
    (begins, unit) =>
      (unit < ASCII && isAlphanumeric(unit) ? ALPHANUMERIC : 0) +
      (begins === 1 || ifAssigned[unit] === 1 ? BEGINS : 0) +
      (begins === 1 ? BEGINS_ALWAYS : 0),
  );

/**
 * Whether a value can begin at `index`: not within a run of letters and digits. A letter after a backslash is an escape,
 * as in `\nAKIA…` of JSON text: it belongs to no value, and one can begin right after it.
 */
const beginsRun = (text: string, index: number): boolean => {
  const before = text.charCodeAt(index - 1);
  if (before === BACKSLASH) return false;
  return index === 0 || !isAlphanumeric(before) || (index > 1 && text.charCodeAt(index - 2) === BACKSLASH);
};

/** The first unit from `from` on with which a value can begin, if its conditions hold; the end where there is none. */
export const nextBeginning = (text: string, from: number, kinds: Uint8Array): number => {
  const end = text.length;
  let at = from;
  // What was left off at may be the letter of an escape, which begins nothing: what follows it may.
  if (at > 0 && at < end && text.charCodeAt(at - 1) === BACKSLASH && isAlphanumeric(text.charCodeAt(at))) at += 1;
  let within = at < end && !beginsRun(text, at);
  while (at < end) {
    const unit = text.charCodeAt(at);
    const kind = kinds[unit < ASCII ? unit : ASCII] as number;
    if ((kind & ALPHANUMERIC) === 0) {
      if ((kind & BEGINS) !== 0) return at;
      within = false;
      at += 1;
      // The letter after a backslash begins nothing, but what follows it may.
      if (unit === BACKSLASH && at < end && isAlphanumeric(text.charCodeAt(at))) at += 1;
    } else {
      if (!within && (kind & BEGINS) !== 0) return at;
      within = true;
      at += 1;
    }
  }
  return at;
};

/** The first unit after `at` that another value can begin with, for all that the one unit says. */
export const afterBeginning = (text: string, at: number): number => {
  const end = text.length;
  const unit = text.charCodeAt(at);
  let next = at + 1;
  if (unit === BACKSLASH) return next < end && isAlphanumeric(text.charCodeAt(next)) ? next + 1 : next;
  if (isAlphanumeric(unit)) while (next < end && isAlphanumeric(text.charCodeAt(next))) next += 1;
  return next;
};
