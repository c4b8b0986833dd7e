/** Words before a value that make it likely, in any script. */

const HUMP = /([\p{Ll}\d])(\p{Lu})/gu; // passport|Number
const BETWEEN_WORDS = /[^\p{L}\p{M}\p{N}|]+/gu;
const ASCII = /^[\0-\x7f]*$/;

const SPACE = 0x20;
const BAR = 0x7c;
const CASE = 0x20;

/** A window, and a bar for each hump. */
const scratch = new Uint16Array(512);

const isUpper = (unit: number): boolean => unit >= 0x41 && unit <= 0x5a;
const isLowerOrDigit = (unit: number): boolean => (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x30 && unit <= 0x39);

/** As {@link wordsOf}, of ASCII: a look at each unit, since it is asked about each match. */
const asciiWordsOf = (text: string): string => {
  let length = 1;
  let last = SPACE;
  scratch[0] = SPACE;
  for (let at = 0; at < text.length && length < scratch.length - 3; at++) {
    const unit = text.charCodeAt(at);
    const upper = isUpper(unit);
    if (upper && isLowerOrDigit(last)) scratch[length++] = BAR;
    if (upper) scratch[length++] = unit + CASE;
    else if (isLowerOrDigit(unit)) scratch[length++] = unit;
    else if (scratch[length - 1] !== SPACE) scratch[length++] = SPACE;
    last = unit;
  }
  if (scratch[length - 1] !== SPACE) scratch[length++] = SPACE;
  return String.fromCharCode(...scratch.subarray(0, length));
};

/** Scripts that put no spaces between words, or that join endings to them. */
const UNSPACED =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}';
const WITHOUT_SPACES = new RegExp(`^[${UNSPACED}]`, 'u');
const BETWEEN_SCRIPTS = new RegExp(`[a-z\\d](?=[${UNSPACED}])|[${UNSPACED}](?=[a-z\\d])`, 'gu');

/** As {@link wordsOf}, of any text. */
const anyWordsOf = (text: string): string =>
  ` ${text.normalize('NFC').replaceAll('|', ' ').replaceAll(HUMP, '$1|$2').toLowerCase()} `
    .replaceAll(BETWEEN_WORDS, ' ')
    .replaceAll(BETWEEN_SCRIPTS, '$&|');

/** The words of `text` in lower case, a space before, between and after them, and a bar where a hump parts two: ` my|id `. */
export const wordsOf = (text: string): string => (ASCII.test(text) ? asciiWordsOf(text) : anyWordsOf(text));

/** What was asked about last: several detectors ask about one place. */
let [lastText, lastWords] = ['', ' '];

/** As {@link wordsOf}, for whoever asks again and again. */
export const wordsAgain = (text: string): string => {
  if (text !== lastText) [lastText, lastWords] = [text, wordsOf(text)];
  return lastWords;
};

/** Shorter words count only whole, or with an `s`: `tin` is none in `tint`, `passport` is one in `passportnumber`. */
const FREE_LENGTH = 5;

/** Words of two letters count only between spaces: random letters of both cases are full of humps. */
const SHORTEST = 2;

const QUOTED = /[$()*+.?[\\\]^{|}]/g;
const BORDER = '[ |]';

const isUnspaced = (word: string): boolean => WITHOUT_SPACES.test(word);

/** A word after the border that it begins with. */
const sourceOf = (word: string): string => {
  const plain = word.trim();
  if (plain.length <= SHORTEST) return `(?<= )${plain} `;
  const parts = plain.replaceAll(' ', BORDER);
  if (word.endsWith(' ')) return `${parts}${BORDER}`;
  const last = plain.slice(plain.lastIndexOf(' ') + 1);
  return last.length < FREE_LENGTH ? `${parts}s?${BORDER}` : parts;
};

const patternOf = (context: readonly string[]): RegExp => {
  const words = context.map((word) => word.normalize('NFC').replaceAll(QUOTED, '\\$&'));
  const spaced = words.filter((word) => !isUnspaced(word)).map(sourceOf);
  const sources = [
    ...words.filter(isUnspaced).map((word) => word.trim()),
    ...(spaced.length > 0 ? [`${BORDER}(?:${spaced.join('|')})`] : []),
  ];
  return new RegExp(sources.join('|') || '(?!)');
};

const known = new WeakMap<readonly string[], RegExp>();

/**
 * Whether `words` (see {@link wordsOf}) hold one of `context`: whole, or as the beginning of a longer word if its last word
 * has five letters or more. With a space after it, it counts only whole.
 */
export const holdsOneOf = (words: string, context: readonly string[]): boolean => {
  const old = known.get(context);
  if (old !== undefined) return old.test(words);
  const made = patternOf(context);
  known.set(context, made);
  return made.test(words);
};
