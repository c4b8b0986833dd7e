/** What tells a secret from a word, an identifier and a placeholder: how unordered its characters are. */

const UNITS = 0x100;

/** Shannon entropy of a text in bits a character; characters beyond Latin-1 share a place with others. */
export const entropyOf = (text: string): number => {
  const counts = new Uint16Array(UNITS);
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index) % UNITS;
    counts[unit] = (counts[unit] ?? 0) + 1;
  }
  let entropy = 0;
  for (const count of counts) if (count > 0) entropy -= (count / text.length) * Math.log2(count / text.length);
  return entropy;
};

/** A measure: all of a match that has at least so many bits a character, else nothing of it. */
export const atLeast =
  (bits: number) =>
  (match: string): number =>
    entropyOf(match) >= bits ? match.length : 0;

/** A measure like {@link atLeast} for values among words: without a digit they are identifiers. */
export const withDigit =
  (bits: number) =>
  (match: string): number =>
    /\d/.test(match) && entropyOf(match) >= bits ? match.length : 0;

/** What people write in place of a secret. */
const PLACEHOLDER =
  /^[[<{$%*]|^\(|x{4}|X{4}|\*{3}|\.{3}|\$\{|\{\{|%[sd(]|(?<![@.])example|sample|placeholder|change_?me|replace|insert|your[_-]?|[_-]here\b|dummy|redacted|undefined|todo/i;

/** Whether a value stands in for a secret: `<key>`, `your-token-here`, `xxxxxxxx`. */
export const isPlaceholder = (value: string): boolean => PLACEHOLDER.test(value);

const CHANGE = /[A-Za-z](?=\d)|\d(?=[A-Za-z])/g; // between a letter and a digit

/** Where letters turn to digits and back: often in what machines make, seldom in names such as `listItem2`. */
const changesIn = (value: string): number => value.match(CHANGE)?.length ?? 0;

const DOTTED_NAME = /^[A-Za-z_$][\w$]{0,60}(?:\??\.[A-Za-z_$][\w$]{0,60}){1,8}$/; // process.env.TOKEN1
const LONG_WORD = /[a-z]{7}|[A-Z]{8}/; // parts of names
const SENTENCE_CASE = /[a-z]{4}[A-Z][a-z]{3}/; // someNameOfAThing

/** Least entropy of a key: that of ten characters that all differ. */
const KEY_BITS = 3.3;
const LONG = 32;

/** Whether an assigned value looks made by a machine: letters and digits mixed, unordered, no name and no placeholder. */
export const looksGenerated = (value: string): boolean => {
  const changes = changesIn(value);
  if (changes < 2 || isPlaceholder(value) || DOTTED_NAME.test(value)) return false;
  if (value.length < LONG && (LONG_WORD.test(value) || SENTENCE_CASE.test(value)) && changes < 4) return false;
  return entropyOf(value) >= KEY_BITS;
};

const RANDOM_LENGTH = 16;
const RANDOM_BITS = 3.2;

/** Whether a value is long and random throughout, as it must be where its name says little: no name with a number in it. */
export const looksRandom = (value: string): boolean =>
  value.length >= RANDOM_LENGTH &&
  changesIn(value) >= value.length / 6 &&
  entropyOf(value) >= RANDOM_BITS &&
  !isPlaceholder(value);

/** Least entropy of a password: words with much repetition stay below it. */
const PASSWORD_BITS = 2.4;

const INNER_SIGN = /[A-Za-z][!@#$%^*]+[A-Za-z]/; // Super*Secret

/** Whether letters of both cases stand around a sign: what has no digit is a password only then. */
const isSigned = (value: string): boolean =>
  INNER_SIGN.test(value) && /[a-z]/.test(value) && /[A-Z]/.test(value) && !/^[@!/]/.test(value);

/** Whether an assigned value looks chosen as a password: letters, and digits or signs among them. */
export const looksChosen = (value: string): boolean => {
  if (!/[A-Za-z]/.test(value) || isPlaceholder(value) || DOTTED_NAME.test(value)) return false;
  return (/\d/.test(value) || isSigned(value)) && entropyOf(value) >= PASSWORD_BITS;
};
