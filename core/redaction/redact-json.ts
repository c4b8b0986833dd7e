/** Redaction of JSON values: every string, and numbers that are cards. Keys stay, and the result is JSON again. */

import { isCard } from './checks/card.ts';

/** Redacts one string. */
export type RedactText = (text: string) => string;

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
 * A copy of `value` with every string redacted. A number that is a payment card becomes the placeholder, a string:
 * digits in its place would not be JSON. Iterative, however deep the value nests.
 */
export const redactJsonValue = (
  value: unknown,
  redact: RedactText,
  card: (digits: string) => string,
  inner = 0,
): unknown => {
  const leaf = (item: unknown): unknown => {
    if (typeof item === 'number') return Number.isSafeInteger(item) && isCard(String(item)) ? card(String(item)) : item;
    if (typeof item !== 'string') return item;
    const nested = inner < MAX_INNER ? parseInner(item) : undefined;
    if (nested === undefined) return redact(item);
    const clean = JSON.stringify(redactJsonValue(nested, redact, card, inner + 1));
    return clean === JSON.stringify(nested) ? item : clean;
  };
  if (!isContainer(value)) return leaf(value);
  const root = emptyLike(value);
  const pending: { from: Container; to: Container }[] = [{ from: value, to: root }];
  for (let work = pending.pop(); work !== undefined; work = pending.pop()) {
    for (const [key, item] of Object.entries(work.from)) {
      if (!isContainer(item)) {
        put(work.to, key, leaf(item));
        continue;
      }
      const copy = emptyLike(item);
      put(work.to, key, copy);
      pending.push({ from: item, to: copy });
    }
  }
  return root;
};
