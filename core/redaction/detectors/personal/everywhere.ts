/** Personal data that belongs to no country. */

import { digitsOf, isRepeated } from '../../checks/compact.ts';
import { passesLuhn } from '../../checks/luhn.ts';
import { isVin } from '../../checks/vin.ts';
import type { Detector } from '../../types.ts';
import { DATE_DETECTORS } from './dates.ts';
import { INTERNET_DETECTORS } from './internet.ts';
import { MONEY_DETECTORS } from './money.ts';
import { provedOrAnnounced } from './proved.ts';

const LETTER_AND_DIGIT = /^(?=.*[A-Z])(?=.*\d)/;

const measureVin = (match: string): number => {
  const vin = match.toUpperCase();
  return LETTER_AND_DIGIT.test(vin) && isVin(vin) ? match.length : 0;
};

const VEHICLE_WORDS = ['vin', 'vehicle', 'chassis', 'fahrgestell', 'fin', 'car', 'truck'];

/** Luhn over the first 14 digits; a sixteen-digit number ends in a software version instead. */
const measureImei = (match: string): number => {
  const digits = digitsOf(match);
  return !isRepeated(digits) && (digits.length === 16 || passesLuhn(digits)) ? match.length : 0;
};

/** The last digit is that of the sum of the odd ones and twice the even ones. Source: 21 CFR 1301, DEA number format. */
const measureDea = (match: string): number => {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, check] = [...digitsOf(match).slice(-7)].map(Number);
  return (a + c + e + 2 * (b + d + f)) % 10 === check ? match.length : 0;
};

/** Detectors without a country. */
export const EVERYWHERE_DETECTORS: readonly Detector[] = [
  ...INTERNET_DETECTORS,
  ...MONEY_DETECTORS,
  ...DATE_DETECTORS,
  ...provedOrAnnounced({
    entity: 'IMEI', // 49-015420-323751-8
    pattern: /(?:0[0-2]|10|3[035]|4[459]|5[0-4]|86|9[17-9])[ -]?\d{6}[ -]?\d{6}[ -]?\d{1,2}(?![A-Za-z\d]|-[\d[])/y,
    score: 0.4,
    context: ['imei', 'imeisv', 'handset', 'mobile equipment'],
    measure: measureImei,
  }),
  ...provedOrAnnounced({
    entity: 'VEHICLE_IDENTIFICATION_NUMBER', // 1HGCM82633A004352
    pattern: /[A-HJ-NPR-Z\d]{8}[\dX][A-HJ-NPR-Z\d]{4}\d{4}(?![A-Za-z\d])/iy,
    score: 0.8,
    context: VEHICLE_WORDS,
    measure: measureVin,
  }),
  {
    entity: 'VEHICLE_IDENTIFICATION_NUMBER', // WVWZZZ1JZXW000001: without a check digit, as in Europe
    pattern: /[A-HJ-NPR-Z\d]{13}\d{4}(?![A-Za-z\d])/iy,
    score: 0.05,
    context: VEHICLE_WORDS,
    measure: (match) => (LETTER_AND_DIGIT.test(match.toUpperCase()) ? match.length : 0),
  },
  ...provedOrAnnounced({
    entity: 'MEDICAL_LICENSE', // DEA number of a US prescriber: BB1388568
    pattern: /[A-HJ-NP-UX][A-Z9]\d{7}(?![A-Za-z\d]|-[\d[])/iy,
    score: 0.7,
    context: ['dea', 'medical', 'certificate number', 'prescriber', 'physician', 'doctor'],
    measure: measureDea,
  }),
  {
    entity: 'AGE', // 42 years old, 42-year-old, aged 42
    pattern: /\d{1,3}[ -](?:years?|yrs?|months?|weeks?)[ -](?:old|of age)(?![A-Za-z\d])/iy,
    score: 0.5,
    byDefault: false,
  },
  {
    entity: 'AGE', // 42 y/o, 42yo
    pattern: /\d{1,3} ?(?:y\/o|yo|y\.o\.)(?![A-Za-z\d])/iy,
    score: 0.4,
    byDefault: false,
  },
  {
    entity: 'AGE', // aged 42, at the age of 42, I am 42 years
    pattern:
      /(?:aged?|age of|turned|turning)(?: (?:is|was|about|of))?[ :='"]{1,5}(?<value>1[01]\d|[1-9]?\d)(?: years?| months?)?(?![A-Za-z\d%-]|[.,:/][\d[])/iy,
    score: 0.4,
    byDefault: false,
  },
  {
    entity: 'AGE', // I am 42 years
    pattern: /1[01]\d years?(?![A-Za-z\d])|[1-9]?\d years?(?![A-Za-z\d])/iy,
    score: 0.05,
    context: ['age', 'aged', 'i am', 'i m', 'she is', 'he is', 'patient'],
    byDefault: false,
  },
  {
    entity: 'AGE', // age: 42
    pattern: /(?:1[01]\d|[1-9]?\d)(?: years?| months?)?(?![A-Za-z\d%-]|[.,:/][\d[])/iy,
    assignedTo: ['patientage', 'patient age', 'userage', 'user age', 'customer age', 'edad', 'alter'],
    score: 0.5,
    byDefault: false,
  },
];
