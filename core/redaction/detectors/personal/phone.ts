/**
 * Phone numbers. What has the shape of one and can have been given out, by libphonenumber's metadata, is one wherever it
 * stands; any other run of digits only where the words beside it say so: made-up numbers and plans that change are private
 * too.
 */

import {
  hasInternationalLength,
  isInternationalNumber,
  isNationalNumber,
  NORTH_AMERICA,
} from '../../checks/phone-plan.ts';
import type { Detector } from '../../types.ts';
import { END, EXTENSION, longest, measureAny, whole } from './phone-shapes.ts';
import { AFTER_NUMBERS, BEFORE_NUMBERS, PHONE_CONTEXT, PHONE_NAMES } from './phone-words.ts';

/** Whose numbers are known without a calling code. Each writes a 0 before them but for Brazil. */
const COUNTRIES_WITH_TRUNK = 'GB DE FR IT NL CH AT IE IN IL AU NZ JP KR ZA PH BE SE'.split(' ');
const BRAZIL = ['BR'];

/**
 * Digits in groups or in one run, and no more of them: what may be a number where words say that it is. Its shape is looked at
 * by {@link measureAny}, so that long rows of digits cost little.
 */
const ANY_NUMBER = String.raw`\+?(?:\(\d{1,6}\)[ .-]?|\d{1,3}[ .-]?\(\d{1,6}\)[ .-]?)?\d(?=\d|[ ./-]{1,2}\d\d)[\d ./-]{2,18}\d${EXTENSION}${END}(?![ (/]{1,2}(?:\d|\[[A-Z_]{3,60}\d))`;

const NO_DATE = String.raw`(?!0\d[ ./-]\d\d[ ./-](?:19|20)\d\d(?!\d))`; // 31.12.2026

/** A byte in hexadecimal digits of both kinds. */
const BYTE = String.raw`(?:\d[a-f]|[a-f]\d)`;

const sticky = (...parts: readonly string[]): RegExp => new RegExp(parts.join(''), 'iy');

const isNorthAmerican = (digits: string): boolean =>
  (digits.length === 10 || digits.length === 11) && isNationalNumber(digits, NORTH_AMERICA);

const isAbroad = (digits: string): boolean => isInternationalNumber(digits.replace(/^0(?:0|11)/, ''));

const isWithTrunk = (digits: string): boolean =>
  digits.length >= 9 && digits.length <= 12 && isNationalNumber(digits, COUNTRIES_WITH_TRUNK);

/** Detectors of phone numbers. */
export const PHONE_DETECTORS: readonly Detector[] = [
  {
    entity: 'PHONE_NUMBER', // +44 20 7946 0958, +1 (212) 555-0123 x42
    pattern: sticky(String.raw`\+ ?\(?[1-9](?:[ ()./-]{0,2}\d){6,16}`, EXTENSION, END),
    measure: longest(isInternationalNumber),
    score: 0.9,
  },
  {
    entity: 'PHONE_NUMBER', // +1-054-353-1726: no area code is so, yet it is grouped as numbers are
    pattern: sticky(String.raw`\+[1-9]\d{0,2}[ .-]\(?\d{1,4}\)?(?:[ .-]\d{2,5}){1,4}`, EXTENSION, END),
    measure: whole(hasInternationalLength),
    score: 0.6,
  },
  {
    entity: 'PHONE_NUMBER', // 0044 20 7946 0958, 011 44 20 7946 0958
    pattern: sticky(
      String.raw`(?<!\d-)(?:00|011)[ -]?[1-9]\d{0,2}[ -]\(?\d{1,4}\)?(?:[ .-]?\d{2,8}){1,4}`,
      EXTENSION,
      END,
    ),
    measure: whole(isAbroad),
    score: 0.5,
  },
  {
    entity: 'PHONE_NUMBER', // (212) 555-0123, 1-212-555-0123, 212.555.0123
    pattern: sticky(
      String.raw`(?:1[.-]|1 (?=\())?(?:(?:\([2-9]\d\d\)[ -]?|[2-9]\d\d[/-])[2-9]\d\d[ .-]|[2-9]\d\d\.[2-9]\d\d\.)\d{4}`,
      EXTENSION,
      END,
    ),
    measure: whole(isNorthAmerican),
    score: 0.7,
  },
  {
    entity: 'PHONE_NUMBER', // 212 555 0123: a table has such columns
    pattern: sticky(String.raw`(?:1[ -])?[2-9]\d\d [2-9]\d\d[ -]\d{4}`, EXTENSION, END),
    measure: whole(isNorthAmerican),
    score: 0.3,
    context: PHONE_CONTEXT,
  },
  {
    entity: 'PHONE_NUMBER', // (020) 7946 0958, (0)30 123456
    pattern: sticky(String.raw`\(0\d{0,5}\)[ -]?\d{2,8}(?:[ ./-]\d{2,8}){0,4}`, EXTENSION, END),
    measure: whole(isWithTrunk),
    score: 0.6,
  },
  {
    entity: 'PHONE_NUMBER', // 020 7946 0958
    pattern: sticky(
      NO_DATE,
      String.raw`(?!0\d(?: \d\d){4}(?!\d)|\d{4} \d{4} \d{4})0[1-9]\d{0,4} \d{2,8}(?:[ -]\d{2,8}){0,3}`,
      EXTENSION,
      END,
    ),
    measure: whole(isWithTrunk),
    score: 0.4,
    context: PHONE_CONTEXT,
  },
  {
    entity: 'PHONE_NUMBER', // 01 23 45 67 89: not between the bytes of a dump, a0 8b 28
    pattern: sticky(
      String.raw`(?<!Buffer |(?<![\w-])${BYTE}(?: {1,2}[\da-f]{2})? {1,2})0[1-9](?: \d\d){4}(?! {1,2}(?:[\da-f]{2} {1,2})?${BYTE}(?![\w-]))`,
      END,
    ),
    measure: whole(isWithTrunk),
    score: 0.4,
    context: PHONE_CONTEXT,
  },
  {
    entity: 'PHONE_NUMBER', // 0967 0614 1248: dumps have such columns
    pattern: sticky(String.raw`0[1-9]\d\d \d{4} \d{4}`, END),
    measure: whole(isWithTrunk),
    score: 0.3,
    context: PHONE_CONTEXT,
  },
  {
    entity: 'PHONE_NUMBER', // 0412-345-678, 01-23-45-67-89, 01.23.45.67.89: not within a UUID
    pattern: sticky(
      NO_DATE,
      String.raw`(?<![\da-f]{4}-)(?!\d{4}-\d{4}-\d{4}(?!\d))0[1-9]\d{0,4}(?:(?:-\d{2,5}){1,3}-\d{3,4}|(?:-\d\d){4}|(?:\.\d\d){4})`,
      EXTENSION,
      END,
    ),
    measure: whole(isWithTrunk),
    score: 0.4,
    context: PHONE_CONTEXT,
  },
  {
    entity: 'PHONE_NUMBER', // 030/1234567, 06131-123456: parts and coordinates look the same, postcodes too: 02111-1307
    pattern: sticky(
      NO_DATE,
      String.raw`(?!\d{5}-\d{4}(?!\d))0[1-9]\d{0,4}[/.-] ?\d{2,8}(?:[ -]\d{2,8}){0,3}`,
      EXTENSION,
      END,
    ),
    measure: whole(isWithTrunk),
    score: 0.3,
    context: PHONE_CONTEXT,
  },
  {
    entity: 'PHONE_NUMBER', // (11) 91234-5678
    pattern: sticky(String.raw`\(\d\d\) ?(?:9 ?)?\d{4}[ -]\d{4}`, END),
    measure: whole((digits) => isNationalNumber(digits, BRAZIL)),
    score: 0.5,
    context: PHONE_CONTEXT,
  },
  {
    entity: 'PHONE_NUMBER', // "phone": "5550123", Mobile = 91234567
    pattern: sticky(ANY_NUMBER),
    measure: measureAny,
    assignedTo: PHONE_NAMES,
    score: 0.8,
  },
  {
    entity: 'PHONE_NUMBER', // call me at 555 0123
    pattern: sticky(
      `(?:${BEFORE_NUMBERS.join('|')})`,
      String.raw`(?![A-Za-z\d])[.]?["']?[ \t]?[:=]?[ \t]?["']?`,
      `(?<value>${ANY_NUMBER})`,
    ),
    measure: measureAny,
    score: 0.8,
  },
  {
    entity: 'PHONE_NUMBER', // 555 0123 office, 555 0123 (fax)
    pattern: sticky(ANY_NUMBER, String.raw`(?=(?: |-| ?[(])(?:${AFTER_NUMBERS})(?:[\r\n,;.)\\|"'<]|$))`),
    measure: measureAny,
    score: 0.8,
  },
];
