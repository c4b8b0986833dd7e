/** Stand-ins in the place of private values, in a text and in JSON. */

import type { Redactor } from '../redaction/index.ts';
import { isJsonText, mapJsonText } from '../spotlight/json-text.ts';
import { mapJsonValue } from './json-value.ts';

/** What replaces the values of one call. */
export interface Replacing {
  /** Finds the values. */
  readonly redactor: Redactor;
  /** The stand-in of a value. */
  standIn(entity: string, value: string): string;
  /** Whether a text is a stand-in already. */
  isStandIn(text: string): boolean;
  /** A text with the values of the stand-ins in it. */
  restore(text: string): string;
}

const replacedAsItIs = ({ redactor, standIn, isStandIn, restore }: Replacing, text: string): string => {
  let out = '';
  let at = 0;
  for (const { entity, start, end } of redactor.detect(text)) {
    const value = text.slice(start, end);
    // In `postgres://app:SECRET_…@db` a stand-in is found again. What has one in it stands for all of it.
    out += text.slice(at, start) + (isStandIn(value) ? value : standIn(entity, restore(value)));
    at = end;
  }
  return at === 0 ? text : out + text.slice(at);
};

/** A text with stand-ins. Of JSON the strings are read as what they stand for: `"ada\u0040example.com"`. */
export const replacedText = (replacing: Replacing, text: string): string => {
  if (!text.includes('\\') || !isJsonText(text)) return replacedAsItIs(replacing, text);
  const replace = (string: string): string => replacedAsItIs(replacing, string);
  // What is private because of the name before it is found in the text as a whole.
  return replacedAsItIs(replacing, mapJsonText(text, { string: replace, name: replace }));
};

/** A JSON value with stand-ins in its strings and in names of fields, and in the place of numbers that are private. */
export const replacedJson = (replacing: Replacing, value: unknown): unknown => {
  const string = (text: string): string => replacedText(replacing, text);
  return mapJsonValue(value, {
    string,
    name: string,
    number(number) {
      const digits = String(number);
      const [first] = Number.isSafeInteger(number) ? replacing.redactor.detect(digits) : [];
      const isWhole = first?.start === 0 && first.end === digits.length;
      return isWhole ? replacing.standIn(first.entity, digits) : number;
    },
  });
};
