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

type Container = Record<string, unknown> | unknown[];

const isContainer = (value: unknown): value is Container => typeof value === 'object' && value !== null;

const parseInner = (text: string): Container | undefined => {
  const first = text.trimStart()[0];
  if (first !== '{' && first !== '[') return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isContainer(value) ? value : undefined;
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
 * A copy of `value` with every string redacted. A number that is private becomes its placeholder, a string: digits in its
 * place would not be JSON. Iterative, however deep the value nests.
 */
export const redactJsonValue = (value: unknown, redact: RedactText, number: RedactNumber, inner = 0): unknown => {
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
  if (!isContainer(value)) return leaf(value, '');
  const root = emptyLike(value);
  const pending: { from: Container; to: Container; lead: string }[] = [{ from: value, to: root, lead: '' }];
  for (let work = pending.pop(); work !== undefined; work = pending.pop()) {
    const { from, to } = work;
    for (const [key, item] of Object.entries(from)) {
      // Elements of a list are what the list is called.
      const lead = Array.isArray(from) ? work.lead : leadOf(key);
      if (!isContainer(item)) {
        put(to, key, leaf(item, lead));
        continue;
      }
      const copy = emptyLike(item);
      put(to, key, copy);
      pending.push({ from: item, to: copy, lead });
    }
  }
  return root;
};
