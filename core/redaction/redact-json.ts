/** Redaction of JSON values: every string, and numbers that are cards. Keys stay, and the result is JSON again. */

import { type Finding, MIN_IN_CONTEXT } from './types.ts';

/** Redacts one string. `lead` says what it is: the name of its member. */
export type RedactText = (text: string, lead: string) => string;

/** What stands in place of a number, or undefined where it stays. */
export type RedactNumber = (digits: string, lead: string) => string | undefined;

/** Shorter numbers stay: years, counts, prices. */
export const MIN_DIGITS = 8;

/** Whether a finding makes a number private: it is all of it, and proved or announced by its name. */
export const isPrivateNumber = (digits: string, { start, end, score }: Finding): boolean =>
  start === 0 && end === digits.length && score >= MIN_IN_CONTEXT;

/** Longer names say nothing. */
const MAX_NAME = 64;

/** What the name of a member says about its value. */
export const leadOf = (name: string): string => (name === '' || name.length > MAX_NAME ? '' : `${name}: `);

/** JSON within a string within a string …: deeper, it is redacted as text. */
const MAX_INNER = 3;

/** Nested deeper, JSON within a string is redacted as text: writing it again takes a call a level. */
const MAX_INNER_DEPTH = 500;

/** Containers within one another, of which no JSON is made: a value that holds itself. */
const MAX_DEPTH = 100_000;

type Container = Record<string, unknown> | unknown[];

const isContainer = (value: unknown): value is Container => typeof value === 'object' && value !== null;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENINGS = [0x5b, 0x7b]; // [ {
const CLOSINGS = [0x5d, 0x7d]; // ] }

/** Whether the containers of a JSON text nest too deep to be written again. */
const isTooDeep = (text: string): boolean => {
  let depth = 0;
  let within = false;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === QUOTE) within = !within;
    else if (within) at += unit === BACKSLASH ? 1 : 0;
    else if (OPENINGS.includes(unit)) depth += 1;
    else if (CLOSINGS.includes(unit)) depth -= 1;
    if (depth > MAX_INNER_DEPTH) return true;
  }
  return false;
};

/** What is written of a value: of a date, a string. */
const writtenOf = (value: unknown, key: string): unknown => {
  const write: unknown = isContainer(value) ? Reflect.get(value, 'toJSON') : undefined;
  return typeof write === 'function' ? write.call(value, key) : value;
};

const parseInner = (text: string): Container | undefined => {
  const first = text.trimStart()[0];
  if (first !== '{' && first !== '[') return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isContainer(value) && !isTooDeep(text) ? value : undefined;
  } catch {
    return undefined;
  }
};

const emptyLike = (value: Container): Container => (Array.isArray(value) ? new Array(value.length) : {});

/** `__proto__` as a key is a key like any other here. */
const put = (target: Container, key: string, value: unknown): void => {
  Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
};

/**
 * A copy of `value`, as JSON would write it, with every string redacted. A number that is private becomes its placeholder, a
 * string: digits in its place would not be JSON. Iterative, however deep the value nests.
 *
 * @throws TypeError for a value that holds itself.
 */
export const redactJsonValue = (given: unknown, redact: RedactText, number: RedactNumber, inner = 0): unknown => {
  const leaf = (item: unknown, lead: string): unknown => {
    if (typeof item === 'number') {
      const digits = Number.isSafeInteger(item) ? String(item) : '';
      return digits.length < MIN_DIGITS ? item : (number(digits, lead) ?? item);
    }
    if (typeof item !== 'string') return item;
    const nested = inner < MAX_INNER ? parseInner(item) : undefined;
    if (nested === undefined) return redact(item, lead);
    const clean = JSON.stringify(redactJsonValue(nested, redact, number, inner + 1));
    return clean === JSON.stringify(nested) ? item : clean;
  };
  const value = writtenOf(given, '');
  if (!isContainer(value)) return leaf(value, '');
  const root = emptyLike(value);
  const pending: { from: Container; to: Container; lead: string; depth: number }[] = [
    { from: value, to: root, lead: '', depth: 0 },
  ];
  for (let work = pending.pop(); work !== undefined; work = pending.pop()) {
    const { from, to, depth } = work;
    if (depth > MAX_DEPTH) throw new TypeError('redactJson: the value nests too deep, or holds itself');
    for (const [key, raw] of Object.entries(from)) {
      const item = writtenOf(raw, key);
      // Elements of a list are what the list is called.
      const lead = Array.isArray(from) ? work.lead : leadOf(key);
      if (!isContainer(item)) {
        put(to, key, leaf(item, lead));
        continue;
      }
      const copy = emptyLike(item);
      put(to, key, copy);
      pending.push({ from: item, to: copy, lead, depth: depth + 1 });
    }
  }
  return root;
};
