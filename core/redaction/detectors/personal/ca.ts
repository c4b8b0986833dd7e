/** Canada: social insurance and provincial health numbers. */

import { isDayOfAnyCentury } from '../../checks/calendar.ts';
import { digitsOf, isRepeated, whenDigits } from '../../checks/compact.ts';
import { passesLuhn } from '../../checks/luhn.ts';
import { weightedSum } from '../../checks/weighted.ts';
import type { Detector } from '../../types.ts';
import { provedOrAnnounced } from './proved.ts';

/** First digit: the province, 9 for temporary residents; 0 and 8 are not given to people. Source: ESDC, SIN code of practice. */
const isSocialInsurance = (digits: string): boolean =>
  /^[1-79]/.test(digits) && !isRepeated(digits) && passesLuhn(digits);

/** British Columbia's personal health number. Source: BC Ministry of Health, PHN check digit. */
const isBritishColumbian = (digits: string): boolean =>
  (11 - (weightedSum(digits.slice(1, 9), [2, 4, 8, 5, 10, 9, 7, 3]) % 11)) % 11 === Number(digits.slice(-1));

const isHealthNumber = (digits: string): boolean =>
  !isRepeated(digits) &&
  (digits.startsWith('9') ? isBritishColumbian(digits) || passesLuhn(digits) : passesLuhn(digits));

/** Quebec: three letters of the name, one of the first name, date of birth with 50 added to a woman's month. */
const measureQuebec = (match: string): number => {
  const digits = digitsOf(match);
  const month = Number(digits.slice(2, 4));
  const born = isDayOfAnyCentury(
    Number(digits.slice(0, 2)),
    month > 50 ? month - 50 : month,
    Number(digits.slice(4, 6)),
  );
  return born ? match.length : 0;
};

const SIN_WORDS = [
  ...['social insurance', 'assurance sociale', 'numéro d assurance sociale', 'canada revenue'],
  ...['sin number', 'social insurance number'],
];
const HEALTH_WORDS = [
  ...[
    'health card',
    'health number',
    'health insurance number',
    'healthcard',
    'ohip',
    'ramq',
    'phn',
    'msp',
    'carecard',
  ],
  ...['assurance maladie', 'ahcip', 'personal health', 'hcn'],
];

/** Detectors of numbers of Canada. */
export const CANADIAN_DETECTORS: readonly Detector[] = [
  ...provedOrAnnounced({
    entity: 'CA_SIN', // 130 692 544
    pattern: /[1-79]\d{2}(?: \d{3} |-\d{3}-)\d{3}(?![A-Za-z\d]|[ .-]\d|[.-]\[| \[[A-Z_]{3,60}\d)/y,
    measure: whenDigits(isSocialInsurance),
    score: 0.6,
    context: SIN_WORDS,
  }),
  {
    entity: 'CA_SIN', // 130692544
    pattern: /[1-79]\d{8}(?![A-Za-z\d]|[.-][\d[])/y,
    measure: whenDigits(isSocialInsurance),
    score: 0.25,
    context: SIN_WORDS,
  },
  {
    entity: 'CA_SIN', // SIN: 130692544, NAS no 130-692-544: small letters are a function, and a word of Spanish
    pattern:
      /(?:SIN|NAS)(?: (?:number|num|no\.?|card))?(?: is)?[ :#="']{1,4}(?<value>[1-79]\d{2}(?:[ -]?\d{3}){2})(?![A-Za-z\d]|[.-][\d[])/y,
    measure: whenDigits(isSocialInsurance),
    score: 0.6,
  },
  {
    entity: 'CA_SIN', // "sin": "130692544"
    pattern: /[1-79]\d{2}(?:[ -]?\d{3}){2}(?![A-Za-z\d]|[.-][\d[])/y,
    assignedTo: ['sin ', 'nas ', 'sinnumber'],
    measure: whenDigits(isSocialInsurance),
    score: 0.6,
  },
  {
    entity: 'CA_HEALTH_NUMBER', // 1234-567-897-AB of Ontario, 9123 456 786 of British Columbia
    pattern: /\d{4}(?:[ -]\d{3}[ -]|\d{3})\d{3}(?:[ -]?[A-Z]{2})?(?![A-Za-z\d]|[.-][\d[])/iy,
    measure: whenDigits(isHealthNumber),
    score: 0.3,
    context: HEALTH_WORDS,
  },
  {
    entity: 'CA_HEALTH_NUMBER', // TREM 4852 1417 of Quebec
    pattern: /[A-Z]{4}(?:[ -]\d{4}[ -]|\d{4})\d{4}(?![A-Za-z\d])/y,
    measure: measureQuebec,
    score: 0.35,
    context: HEALTH_WORDS,
  },
  {
    entity: 'CA_HEALTH_NUMBER', // nine digits of Alberta and most, twelve of Newfoundland, eight of Prince Edward Island
    pattern: /(?:\d{8,9}|\d{12}|\d{5}-\d{4}|\d{3}[ -]\d{3}[ -]\d{3})(?![A-Za-z\d]|[.-][\d[])/y,
    score: 0.02,
    context: HEALTH_WORDS,
  },
];
