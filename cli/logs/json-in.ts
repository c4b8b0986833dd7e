/** The JSON that a log entry is, or has in it, however it was wrapped on its way. */

import { type Fields, fieldOf, fieldsOf } from './fields.ts';

/** What is looked for. */
export interface Wanted {
  /** A text without it has nothing of the kind in it. */
  readonly mark: string;
  /** Whether an object is one. */
  readonly isOne: (fields: Fields) => boolean;
}

/** Before the object there may be a time, a stream, an id; after it nothing but what closes it. */
const MAX_TRIES = 4;

/** Lambda's JSON log format, and whoever forwards it, wrap what is printed in a `message`. */
const LAYERS = 2;

const within = (value: unknown, wanted: Wanted, layers: number): Fields | undefined => {
  const fields = fieldsOf(value);
  if (wanted.isOne(fields)) return fields;
  if (layers === 0) return undefined;
  const message = fieldOf(fields, 'message');
  return typeof message === 'string' ? parsedIn(message, wanted, layers - 1) : within(message, wanted, layers - 1);
};

const parsedIn = (text: string, wanted: Wanted, layers: number): Fields | undefined => {
  if (!text.includes(wanted.mark)) return undefined;
  const end = text.lastIndexOf('}') + 1;
  let start = text.indexOf('{');
  for (let tries = 0; tries < MAX_TRIES && start >= 0 && start < end; tries++) {
    try {
      return within(JSON.parse(text.slice(start, end)), wanted, layers);
    } catch {
      start = text.indexOf('{', start + 1);
    }
  }
  return undefined;
};

/** The object that is looked for, in an entry as it is or as CSV quotes it. */
export const jsonIn = (text: string, wanted: Wanted): Fields | undefined => {
  const found = parsedIn(text, wanted, LAYERS);
  if (found !== undefined || !text.includes(`""${wanted.mark}""`)) return found;
  return parsedIn(text.replaceAll('""', '"'), wanted, LAYERS);
};
