/**
 * Placeholders in a text that was redacted before: they are no values, and what stands before one says nothing of what
 * follows it, since the value that it replaced may have been longer. So redacting twice finds nothing more.
 */

import { CONTEXT } from './types.ts';

const PLACEHOLDER = /\[[A-Z][A-Z\d_]{1,60}(?:_\d{1,5}|:[a-z]{12})\]/y; // [EMAIL_ADDRESS_1], [US_SSN:kbdmpcahqrst]
const LAST_PLACEHOLDER = /(?:^|\[)[A-Z\d_]{0,60}(?:_\d{1,5}|:[a-z]{1,12})\]/g; // begun before the window, too

const OPENING = 0x5b;

/** Whether `index` is where the name within a placeholder begins. */
export const isInPlaceholder = (text: string, index: number): boolean => {
  if (text.charCodeAt(index - 1) !== OPENING) return false;
  PLACEHOLDER.lastIndex = index - 1;
  return PLACEHOLDER.test(text);
};

/** What context and names are looked for in: {@link CONTEXT} units before `index`, from the last placeholder on. */
export const textBefore = (text: string, index: number): string => {
  const before = text.slice(Math.max(0, index - CONTEXT), index);
  if (!before.includes(']')) return before;
  let from = 0;
  for (const { index: at, 0: found } of before.matchAll(LAST_PLACEHOLDER)) from = at + found.length;
  return before.slice(from);
};
