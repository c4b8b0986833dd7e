/** India: Aadhaar, taxes, travel, vehicles, elections, rural employment. */

import { compactOf, isRepeated, whenCompact, whenDigits } from '../../checks/compact.ts';
import { passesVerhoeff } from '../../checks/verhoeff.ts';
import { digitValue } from '../../checks/weighted.ts';
import type { Detector } from '../../types.ts';
import { provedOrAnnounced } from './proved.ts';

const isPalindrome = (text: string): boolean => text === [...text].reverse().join('');

/** Source: UIDAI, "Aadhaar number": twelve digits, none from 0 or 1 on, Verhoeff's check. */
const isAadhaar = (digits: string): boolean => !isPalindrome(digits) && passesVerhoeff(digits);

/** States 01 to 38, other territory 97, centre 99; Luhn's scheme over 36 characters. Source: GSTN, GSTIN format. */
const isGoodsTax = (text: string): boolean => {
  const state = Number(text.slice(0, 2));
  if (!((state >= 1 && state <= 38) || state === 97 || state === 99)) return false;
  let sum = 0;
  for (const [index, character] of [...text.slice(0, 14)].entries()) {
    const product = digitValue(character) * (index % 2 === 0 ? 1 : 2);
    sum += Math.floor(product / 36) + (product % 36);
  }
  return (36 - (sum % 36)) % 36 === digitValue(text.charAt(14));
};

/** Codes of states and territories on plates. Source: Ministry of Road Transport, schedule of registration marks. */
const STATES = new Set(
  (
    'AN AP AR AS BH BR CG CH DD DL DN GA GJ HP HR JH JK KA KL LA LD MH ML MN MP MZ NL OD OR PB PY RJ SK TN TR TS TG UK UA ' +
    'UP WB'
  ).split(' '),
);

const isPlate = (text: string): boolean =>
  /^\d{2}BH/.test(text) || (STATES.has(text.slice(0, 2)) && !/^..0{1,2}(?!\d)/.test(text) && !text.endsWith('0000'));

const AADHAAR_WORDS = ['aadhaar', 'aadhar', 'adhaar', 'uidai', 'आधार'];
const PAN_WORDS = ['pan', 'permanent account', 'pan card', 'income tax'];
const VOTER_WORDS = ['voter', 'vote ', 'elector', 'epic number', 'epic no', 'election card', 'election commission'];
const PLATE_WORDS = ['vehicle', 'registration', 'plate', 'rto', 'car', 'reg no', 'bike', 'number plate', 'rc'];

/** Detectors of numbers of India. */
export const INDIAN_DETECTORS: readonly Detector[] = [
  ...provedOrAnnounced({
    entity: 'IN_AADHAAR', // 3123 4567 8909
    pattern: /[2-9]\d{3}(?: \d{4} |-\d{4}-|:\d{4}:)\d{4}(?![A-Za-z\d]|[ .:-]\d|[.:-]\[| \[[A-Z_]{3,60}\d)/y,
    measure: whenDigits(isAadhaar),
    score: 0.9,
    context: AADHAAR_WORDS,
  }),
  ...provedOrAnnounced({
    entity: 'IN_AADHAAR', // 312345678909
    pattern: /[2-9]\d{11}(?![A-Za-z\d]|[.-][\d[])/y,
    measure: whenDigits(isAadhaar),
    score: 0.8,
    context: AADHAAR_WORDS,
  }),
  {
    entity: 'IN_GSTIN', // 27AAPFU0939F1ZV
    pattern: /\d{2}[A-Z]{5}\d{4}[A-Z][\dA-Z]Z[\dA-Z](?![A-Za-z\d])/iy,
    measure: whenCompact(isGoodsTax),
    score: 0.95,
    context: ['gst', 'gstin', 'goods and services tax'],
  },
  {
    entity: 'IN_PAN', // ABCPD1234Z: the fourth letter says whose. Source: Income Tax Department, "Structure of PAN"
    pattern: /[A-Z]{3}[ABCFGHJKLPTE][A-Z]\d{4}[A-Z](?![A-Za-z\d])/y,
    score: 0.5,
    context: PAN_WORDS,
  },
  {
    entity: 'IN_PAN', // abcpd1234z
    pattern: /[A-Z]{5}\d{4}[A-Z](?![A-Za-z\d])/iy,
    score: 0.1,
    context: PAN_WORDS,
  },
  {
    entity: 'IN_PAN', // ten characters with four digits in a row: mistyped
    pattern: /(?=[A-Z\d]{0,6}\d{4})(?=\d{0,9}[A-Z])[A-Z\d]{10}(?![A-Za-z\d])/iy,
    score: 0.01,
    byDefault: false,
  },
  {
    entity: 'IN_PASSPORT', // J8369854: a letter but Q, X, Z. Source: Passport Seva
    pattern: /[A-PR-WY][1-9]\d ?\d{4}[1-9](?![A-Za-z\d])/iy,
    score: 0.1,
    context: ['passport', 'passports', 'indian passport'],
  },
  {
    entity: 'IN_VEHICLE_REGISTRATION', // KA 01 AB 1234, 22 BH 1234 AA
    pattern:
      /(?:[A-Z]{2}[ -]?\d{1,2}[ -]?(?:[A-Z][ -]?)?[A-Z]{0,2}[ -]?\d{4}|\d{2}[ -]?BH[ -]?\d{4}[ -]?[A-Z]{1,2})(?![A-Za-z\d])/iy,
    measure: whenCompact(isPlate),
    score: 0.5,
    context: PLATE_WORDS,
    byDefault: false,
  },
  {
    entity: 'IN_VOTER', // KSD1287349. Source: Election Commission, EPIC number
    pattern: /[A-Z]{3}\d{7}(?![A-Za-z\d])/iy,
    measure: (match) => (isRepeated(compactOf(match).slice(3)) ? 0 : match.length),
    score: 0.3,
    context: VOTER_WORDS,
  },
  {
    entity: 'IN_NREGA', // RJ-08-012-003-004/125: state, district, block, panchayat, village, family. Source: MGNREGA job card
    pattern: /[A-Z]{2}-\d{2}-\d{3}-\d{3}-\d{3}\/\d{1,6}(?:-[A-Z])?(?![A-Za-z\d])/iy,
    score: 0.7,
    context: ['nrega', 'mgnrega', 'mnrega', 'job card'],
  },
];
