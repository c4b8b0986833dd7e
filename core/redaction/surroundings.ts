/** What stands before a value: words that make it likely, and the name that it is assigned to. */

import { holdsOneOf, wordsAgain } from './context-words.ts';
import { isInPlaceholder, textBefore } from './placeholders.ts';
import { CONTEXT } from './types.ts';
import { unitTable } from './unit-table.ts';

/** The word of a name, accents of Western Europe included: `contraseña`. */
const WORD = String.raw`[\w.$\u00c0-\u024f-]`;

/** `=`, `:`, `=>`, … `>` of an element, the comma of `setProperty("NAME", "…")`, the verb of `the password is …`. */
const OPERATOR = String.raw`(?:=>|->|<-|:{0,3}={1,3}|[.?+|]=|:{1,3}|\|\||>|['"\x60],|\s(?:is|are|was|be|to|ist|lautet|est|es)\s)`;

/** `Authorization: Bearer …` */
const SCHEME = `(?:[Bb]asic|[Bb]earer|BEARER|[Tt]oken|[Dd]igest|[Aa]pi-?[Kk]ey|SSWS|Splunk|PRIVATE)`;

/**
 * Names of at most four words, and what stands between them and their value: `adobe_token: "…`. Without an operator,
 * options of commands count (`--api-key …`), and the schemes of HTTP.
 */
const ASSIGNMENT = new RegExp(
  String.raw`(?<=(?<name>${WORD}{1,60}(?:[ \t]${WORD}{1,24}){0,3})[\s'"\x60\\\])]{0,4}${OPERATOR}['"\x60\\]{0,3}\s{0,24}['"\x60\\([{]{0,3}(?:${SCHEME}[ \t]{1,3}['"\x60{]{0,2})?` +
    String.raw`|(?<![\w-])(?<option>--?[A-Za-z][\w-]{0,40})[ \t]{1,3}['"\x60]?` +
    String.raw`|(?<![\w-])(?<scheme>[Bb]asic|[Bb]earer|BEARER)[ \t]{1,3}['"\x60]?)`,
  'y',
);

/** `name: API_KEY`, then `value: …`; `<add key="Password" value="…"`; `{ key: 'token', value: '…' }`. */
const PAIR =
  /(?<=(?:[Nn]ame|[Kk]ey)["'\\]{0,2}\s{0,2}[:=]\s{0,2}["'\\]{0,2}(?<name>[\w.$-]{1,60})["'\\]{0,2}[\s,;]{1,24}["'\\]{0,2}[Vv]alue["'\\]{0,2}\s{0,2}[:=]\s{0,2}["'`\\]{0,2})/y;

const HUMP = /([a-z\d])([A-Z])/g; // adobe|Token
const SEPARATORS = /[^a-z\d]+/g;
const PLAIN = /^[a-z\d]+$/; // token
const ASCII = /^[\w \t.$-]*$/;
const MARKS = /[\u0300-\u036f]+/g;

const OPTION = /(?:^|\s)(--?[\w-]{1,40})$/; // curl --user

/**
 * The words of a name, each with a space before it, then all of them joined: ` adobe token`, `adobetoken`. An option of a
 * command is one more word: ` --user`.
 */
const wordsOfName = (name: string): string => {
  if (PLAIN.test(name)) return ` ${name}\n${name}`;
  const option = OPTION.exec(name)?.[1];
  const split = name.replaceAll(HUMP, '$1 $2');
  const plain = (ASCII.test(split) ? split : split.normalize('NFD').replaceAll(MARKS, '')).toLowerCase();
  const words = plain.replaceAll(SEPARATORS, ' ').trim();
  return ` ${words}${option === undefined ? '' : ` ${option}`}\n${words.replaceAll(' ', '')}`;
};

const lookBehind = (pattern: RegExp, before: string): string | undefined => {
  pattern.lastIndex = before.length;
  const groups = pattern.exec(before)?.groups;
  return groups?.['name'] ?? groups?.['option'] ?? groups?.['scheme'];
};

/** Names of one letter are those of variables in short code. */
const MIN_NAME = 2;

const VALUE = / value\n/; // says nothing of its own

/** What can stand between an operator and its value, what an operator ends with, and what a word is made of. */
const FILLER = unitTable(' \t\r\n\'"`\\([{');
const OPERATOR_END = unitTable('=:>|');
const LETTERS = unitTable('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789');
const QUOTES = unitTable('\'"`');
const COMMA = 0x2c;
const MINUS = 0x2d;
const LESS = 0x3c;
const FILLER_LENGTH = 36;
const LONGEST_WORD = 8;

/** Words before a value that stand for an operator, or between it and the value. */
const ANNOUNCING = new Set(
  'is are was be to ist lautet est es basic bearer token digest apikey key ssws splunk private'.split(' '),
);

/** First and last letter and length of announcing words, as a number: few other words share them. */
const shapeOf = (first: number, last: number, length: number): number =>
  (((first & 0x1f) << 5) | (last & 0x1f)) * (LONGEST_WORD + 1) + length;
const SHAPES = new Uint8Array(shapeOf(0x1f, 0x1f, LONGEST_WORD) + 1);
for (const word of ANNOUNCING) SHAPES[shapeOf(word.charCodeAt(0), word.charCodeAt(word.length - 1), word.length)] = 1;

/** Whether a word may be one that announces a value: when in doubt, yes. */
export const mayAnnounce = (first: number, last: number, length: number): boolean =>
  length <= LONGEST_WORD && SHAPES[shapeOf(first, last, length)] === 1;

/** Whether the word that ends before `end` announces a value, or is an option of a command. */
const isAnnouncing = (text: string, end: number): boolean => {
  const least = Math.max(0, end - CONTEXT);
  let at = end - 1;
  while (at >= least && LETTERS[text.charCodeAt(at)] === 1) at -= 1;
  if (text.charCodeAt(at) === MINUS) return true;
  const length = end - at - 1;
  if (!mayAnnounce(text.charCodeAt(at + 1), text.charCodeAt(end - 1), length)) return false;
  return ANNOUNCING.has(text.slice(at + 1, end).toLowerCase());
};

/** A quick look that spares most places {@link ASSIGNMENT}: whether an operator, option or announcing word stands before. */
export const mayFollowName = (text: string, index: number): boolean => {
  let at = index - 1;
  while (at >= 0 && index - at <= FILLER_LENGTH && FILLER[text.charCodeAt(at)] === 1) at -= 1;
  if (at < 0) return false;
  const unit = text.charCodeAt(at);
  if (LETTERS[unit] === 1) return at < index - 1 && isAnnouncing(text, at + 1);
  if (unit === MINUS) return text.charCodeAt(at - 1) === LESS;
  return OPERATOR_END[unit] === 1 || (unit === COMMA && QUOTES[text.charCodeAt(at - 1)] === 1);
};

/** Four runs of digits, with letters before each: the end of a hash in base64, which an equals sign follows. */
const RANDOM = /^(?:[^\da-z]*[a-z]\D*\d+){4}/i;
const ENDS_IN_WORD = /(?:^|[_.-])[a-z]{3,}$/i; // key_1a2b_3c4d_password

/** Whether the last word of a name is none: what stands before it says nothing of it. */
const isRandom = (name: string): boolean => {
  const last = name.slice(name.lastIndexOf(' ') + 1);
  return RANDOM.test(last) && !ENDS_IN_WORD.test(last);
};

/** The words of the name that a value at `index` is assigned to, of which {@link mayFollowName} says that it may be. */
export const assignedName = (text: string, index: number): string | undefined => {
  if (isInPlaceholder(text, index)) return undefined;
  const before = textBefore(text, index);
  const name = lookBehind(ASSIGNMENT, before);
  if (name === undefined || name.length < MIN_NAME || isRandom(name)) return undefined;
  const words = wordsOfName(name);
  return VALUE.test(words) ? wordsOfName(lookBehind(PAIR, before) ?? name) : words;
};

/** Whether one of `context` stands before `index`: see {@link holdsOneOf}. */
export const isInContext = (text: string, index: number, context: readonly string[]): boolean =>
  holdsOneOf(wordsAgain(textBefore(text, index)), context);
