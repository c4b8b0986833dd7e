/** Stand-ins in the place of private values, in a text and in JSON. */

import type { Finding, Redactor } from '../redaction/index.ts';
import { isPrivateNumber, MIN_DIGITS } from '../redaction/redact-json.ts';
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

/** What is found in a text that stands behind `lead`, but for what the redactor leaves where it is. */
const findingsIn = (redactor: Redactor, text: string, lead: string): readonly Finding[] => {
  const stream = redactor.stream(() => '', lead);
  stream.end(text);
  return stream.findings.filter(({ entity }) => !redactor.reports(entity));
};

const replacedAsItIs = (replacing: Replacing, text: string, lead: string): string => {
  const { redactor, standIn, isStandIn, restore } = replacing;
  let out = '';
  let at = 0;
  for (const { entity, start, end } of findingsIn(redactor, text, lead)) {
    const value = text.slice(start, end);
    // In `postgres://app:SECRET_…@db` a stand-in is found again. What has one in it stands for all of it.
    out += text.slice(at, start) + (isStandIn(value) ? value : standIn(entity, restore(value)));
    at = end;
  }
  return at === 0 ? text : out + text.slice(at);
};

/** A text with stand-ins. Of JSON the strings are read as what they stand for: `"ada\u0040example.com"`. */
export const replacedText = (replacing: Replacing, text: string, lead = ''): string => {
  if (!text.includes('\\') || !isJsonText(text)) return replacedAsItIs(replacing, text, lead);
  const replace = (string: string): string => replacedAsItIs(replacing, string, '');
  // What is private because of the name before it is found in the text as a whole.
  return replacedAsItIs(replacing, mapJsonText(text, { string: replace, name: replace }), lead);
};

/** A JSON value with stand-ins in its strings and in names of fields, and in the place of numbers that are private. */
export const replacedJson = (replacing: Replacing, value: unknown): unknown => {
  return mapJsonValue(value, {
    string: (text, lead) => replacedText(replacing, text, lead),
    name: (name) => replacedText(replacing, name),
    number(number, lead) {
      const digits = Number.isSafeInteger(number) ? String(number) : '';
      const [first] = digits.length < MIN_DIGITS ? [] : findingsIn(replacing.redactor, digits, lead);
      const isPrivate = first !== undefined && isPrivateNumber(digits, first);
      return isPrivate ? replacing.standIn(first.entity, digits) : number;
    },
  });
};
