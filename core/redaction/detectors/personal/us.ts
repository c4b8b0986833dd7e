/** United States: social security, taxes, travel, health. */

import { isRepeated, whenDigits } from '../../checks/compact.ts';
import { passesLuhn } from '../../checks/luhn.ts';
import { weightedSum } from '../../checks/weighted.ts';
import type { Detector } from '../../types.ts';
import { provedOrAnnounced } from './proved.ts';
import { US_DRIVER_LICENSES } from './us-driver-license.ts';

/** The number of advertisements since 1938, which SSA has voided, and its successor in leaflets. */
const VOIDED = ['078051120', '219099999'];

/** SSA, "Social Security number randomization" (2011): no area 000, 666 or 9xx, no group 00, no serial 0000. */
const isSocialSecurity = (digits: string): boolean =>
  !/^(?:000|666|9)|^...00|0000$/.test(digits) && !VOIDED.includes(digits) && !isRepeated(digits);

/** Without separators it may also be a row of digits on a keyboard. */
const isBareSocialSecurity = (digits: string): boolean => isSocialSecurity(digits) && digits !== '123456789';

const SSN_WORDS = [
  'ssn',
  'ssns',
  'ss',
  'social security',
  'socialsecurity',
  'my social',
  'your social',
  'social is',
  'social number',
  'itin',
  'tin',
  'tax id',
];
const ITIN_WORDS = ['itin', 'individual taxpayer', 'taxpayer', 'tax id', 'tin', 'tax identification', 'ssn'];
const BANK_WORDS = [
  ...['bank account', 'bank acct', 'bank number', 'bank details', 'bank no', 'acct', 'direct deposit'],
  ...['account number', 'account num', 'account no', 'account is', 'account nr', 'checking account', 'savings account'],
  ...['beneficiary account', 'deposit account', 'checking', 'debit account'],
];

/** Federal Reserve districts, thrifts, electronic and government routing. Source: ABA, routing number policy. */
const isRouting = (digits: string): boolean =>
  /^(?:0\d|1[0-2]|2[1-9]|3[0-2]|6[1-9]|7[0-2]|80)/.test(digits) &&
  !isRepeated(digits) &&
  weightedSum(digits, [3, 7, 1]) % 10 === 0;

/** Luhn over the number with the prefix of health cards of the US. Source: CMS, NPI check digit. */
const isProvider = (digits: string): boolean => !isRepeated(digits.slice(0, 9)) && passesLuhn(`80840${digits}`);

/** Detectors of numbers of the United States. */
export const US_DETECTORS: readonly Detector[] = [
  {
    entity: 'US_SSN', // 536-90-4399
    pattern: /\d{3}-\d{2}-\d{4}(?![A-Za-z\d]|-[\d[])/y,
    measure: whenDigits(isSocialSecurity),
    score: 0.85,
  },
  {
    entity: 'US_SSN', // 536 90 4399, 536.90.4399
    pattern: /\d{3}(?: \d{2} |\.\d{2}\.)\d{4}(?![A-Za-z\d]|[ .-]\d|[.-]\[| \[[A-Z_]{3,60}\d)/y,
    measure: whenDigits(isSocialSecurity),
    score: 0.35,
    context: SSN_WORDS,
  },
  {
    entity: 'US_SSN', // 536-904399
    pattern: /\d{3}-\d{6}(?![A-Za-z\d]|[.-][\d[])/y,
    measure: whenDigits(isSocialSecurity),
    score: 0.31,
    context: SSN_WORDS,
  },
  {
    entity: 'US_SSN', // 536904399, 53690-4399: any nine digits, a postcode
    pattern: /(?:\d{9}|\d{5}-\d{4})(?![A-Za-z\d]|[.-][\d[])/y,
    measure: whenDigits(isBareSocialSecurity),
    score: 0.05,
    context: SSN_WORDS,
  },
  {
    entity: 'US_ITIN', // 9xx-70-1234. Source: IRS, Internal Revenue Manual 3.21.263
    pattern: /9\d{2}[- ](?:5\d|6[0-5]|7\d|8[0-8]|9[0-24-9])[- ]\d{4}(?![A-Za-z\d]|-[\d[])/y,
    score: 0.5,
    context: ITIN_WORDS,
  },
  {
    entity: 'US_ITIN', // nine digits, the fourth and fifth of few
    pattern: /9\d{2}(?:5\d|6[0-5]|7\d|8[0-8]|9[0-24-9])\d{4}(?![A-Za-z\d]|[.-][\d[])/y,
    score: 0.3,
    context: ITIN_WORDS,
  },
  {
    entity: 'US_ITIN', // 911-701234, 91170-1234
    pattern:
      /9\d{2}(?:-(?:5\d|6[0-5]|7\d|8[0-8]|9[0-24-9])|(?:5\d|6[0-5]|7\d|8[0-8]|9[0-24-9])-)\d{4}(?![A-Za-z\d]|-[\d[])/y,
    score: 0.05,
    context: ITIN_WORDS,
  },
  {
    entity: 'US_PASSPORT', // nine digits; since 2021 a letter and eight. Source: US Department of State
    pattern: /\d{9}(?![A-Za-z\d]|[.-][\d[])/y,
    score: 0.05,
    context: ['passport', 'passports', 'passport number', 'travel document'],
  },
  {
    entity: 'US_PASSPORT',
    pattern: /[A-Z]\d{8}(?![A-Za-z\d])/iy,
    score: 0.1,
    context: ['passport', 'passports', 'passport number', 'travel document'],
  },
  {
    entity: 'US_BANK_NUMBER', // 8 to 17 digits, as banks like. Source: NACHA, field of 17 places
    pattern: /\d{8,17}(?![A-Za-z\d]|[.-][\d[])/y,
    measure: (match) => (isRepeated(match) ? 0 : match.length),
    score: 0.05,
    context: BANK_WORDS,
  },
  ...provedOrAnnounced({
    entity: 'ABA_ROUTING_NUMBER', // 0210-0002-1, nine digits
    pattern: /\d{4}(?:-\d{4}-|\d{4})\d(?![A-Za-z\d]|-[\d[])/y,
    measure: whenDigits(isRouting),
    score: 0.7,
    context: ['aba', 'routing', 'rtn', 'transit number', 'bank code', 'ach', 'wire transfer'],
  }),
  {
    entity: 'US_MBI', // 1EG4-TE5-MK73: letters but S, L, O, I, B, Z. Source: CMS, "Understanding the MBI"
    pattern:
      /[1-9][AC-HJKMNP-RT-Y][\dAC-HJKMNP-RT-Y]\d-[AC-HJKMNP-RT-Y][\dAC-HJKMNP-RT-Y]\d-[AC-HJKMNP-RT-Y]{2}\d{2}(?![A-Za-z\d])/iy,
    score: 0.6,
    context: ['mbi', 'medicare', 'beneficiary', 'cms', 'hic', 'medicaid'],
  },
  {
    entity: 'US_MBI', // 1EG4TE5MK73
    pattern:
      /[1-9][AC-HJKMNP-RT-Y][\dAC-HJKMNP-RT-Y]\d[AC-HJKMNP-RT-Y][\dAC-HJKMNP-RT-Y]\d[AC-HJKMNP-RT-Y]{2}\d{2}(?![A-Za-z\d])/iy,
    score: 0.3,
    context: ['mbi', 'medicare', 'beneficiary', 'cms', 'hic', 'medicaid'],
  },
  ...provedOrAnnounced({
    entity: 'US_NPI', // 1234567893, 1234-567-893
    pattern: /[12]\d{3}(?:\d{3}|-\d{3}-| \d{3} )\d{3}(?![A-Za-z\d]|-[\d[])/y,
    measure: whenDigits(isProvider),
    score: 0.76, // before an NHS number: fewer numbers begin so
    context: [
      'npi',
      'national provider',
      'provider number',
      'provider id',
      'provider identif',
      'prescriber',
      'physician',
      'nppes',
    ],
  }),
  ...US_DRIVER_LICENSES,
];
