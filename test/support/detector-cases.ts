/** What every detector of a number must do, as one table a country. */

import { describe, expect, test } from 'vitest';
import { createRedactor, type Redactor } from '../../core/redaction/index.ts';

/** Numbers of an entity. */
export interface DetectorCase {
  readonly entity: string;
  /** Found in full wherever they stand, where the entity is asked for. */
  readonly valid: readonly string[];
  /** Not found at all. */
  readonly invalid?: readonly string[];
  /** The last character is a check digit: no other digit (or letter) in its place is found. */
  readonly checked?: boolean;
  /** What the default set finds: `alone`, only after these words, or `never`. */
  readonly byDefault: 'alone' | 'never' | { readonly after: readonly string[] };
}

const redactors = new Map<string, Redactor>();

const redactorOf = (entity: string): Redactor => {
  const redactor = redactors.get(entity) ?? createRedactor({ entities: [entity] });
  redactors.set(entity, redactor);
  return redactor;
};

const byDefault = createRedactor();

/** What is found of an entity in a text, where it alone is asked for. */
export const foundOf = (entity: string, text: string): string[] =>
  redactorOf(entity)
    .detect(text)
    .map(({ start, end }) => text.slice(start, end));

/** What the default set finds of an entity in a text. */
export const foundByDefault = (entity: string, text: string): string[] =>
  byDefault
    .detect(text)
    .filter((finding) => finding.entity === entity)
    .map(({ start, end }) => text.slice(start, end));

const AROUND: readonly (readonly [string, string])[] = [
  ['', ''],
  ['No. ', ', please.'],
  ['(', ')'],
  ['{"value":"', '"}'],
  ['value: ', '\n'],
  ['It says ', '. So it is.'],
  ['line\\n', '\\nline'],
];

const LONGER: readonly (readonly [string, string])[] = [
  ['X', ''],
  ['7', ''],
  ['', 'QX7'],
  ['', '75'],
];

const othersAtTheEnd = (number: string): string[] => {
  const last = number.at(-1) ?? '';
  const alphabet = /\d/.test(last) ? '0123456789' : 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  return [...alphabet].filter((other) => other !== last.toUpperCase()).map((other) => number.slice(0, -1) + other);
};

/** Tests each row of a table. */
export const testDetectors = (cases: readonly DetectorCase[]): void => {
  describe.each(cases)('$entity', ({ entity, valid, invalid = [], checked = false, byDefault: set }) => {
    test.each(valid)('is found in full, whatever stands around it: %s', (number) => {
      for (const [before, after] of AROUND) expect(foundOf(entity, before + number + after)).toEqual([number]);
    });

    test.each(valid)('is not found as a part of something longer: %s', (number) => {
      for (const [before, after] of LONGER) expect(foundOf(entity, before + number + after)).not.toContain(number);
    });

    if (invalid.length > 0)
      test.each(invalid)('is not %s', (text) => {
        expect(foundOf(entity, text)).toEqual([]);
      });

    if (checked)
      test.each(valid)('is found with the check digit of %s and no other', (number) => {
        for (const other of othersAtTheEnd(number)) expect(foundOf(entity, other)).toEqual([]);
      });

    test.each(valid)('is in the default set as far as it should be: %s', (number) => {
      expect(foundByDefault(entity, `It was ${number}.`)).toEqual(set === 'alone' ? [number] : []);
      if (typeof set === 'object')
        for (const word of set.after) expect(foundByDefault(entity, `${word}: ${number}.`)).toEqual([number]);
    });
  });
};
