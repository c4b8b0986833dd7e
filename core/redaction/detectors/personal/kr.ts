/** South Korea: residents, foreigners, passports, licences, businesses. */

import { isDayOfAnyCentury } from '../../checks/calendar.ts';
import { digitsOf, isRepeated, whenDigits } from '../../checks/compact.ts';
import { weightedSum } from '../../checks/weighted.ts';
import type { Detector } from '../../types.ts';
import { provedOrAnnounced } from './proved.ts';

const WEIGHTS = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5];

const isBorn = (digits: string): boolean =>
  isDayOfAnyCentury(Number(digits.slice(0, 2)), Number(digits.slice(2, 4)), Number(digits.slice(4, 6)));

/** Numbers given since October 2020 end at random: what has no check digit is a number all the same. */
const isResident = (digits: string): boolean =>
  (11 - (weightedSum(digits.slice(0, 12), WEIGHTS) % 11)) % 10 === Number(digits.slice(-1));
const isForeigner = (digits: string): boolean =>
  (13 - (weightedSum(digits.slice(0, 12), WEIGHTS) % 11)) % 10 === Number(digits.slice(-1));

/** Source: National Tax Service, business registration number. */
const isBusiness = (digits: string): boolean => {
  const ninth = Number(digits.charAt(8));
  const sum = weightedSum(digits.slice(0, 9), [1, 3, 7, 1, 3, 7, 1, 3, 5]) + Math.floor((ninth * 5) / 10);
  return (
    !isRepeated(digits) && Number(digits.slice(0, 3)) >= 101 && (10 - (sum % 10)) % 10 === Number(digits.slice(-1))
  );
};

/** Regions that give licences: 11 to 26, 28. Source: Road Traffic Authority. */
const isLicense = (digits: string): boolean => /^(?:1[1-9]|2[0-6]|28)/.test(digits) && !isRepeated(digits.slice(2));

const RRN_WORDS = [
  'rrn',
  'resident registration',
  'resident number',
  'korean rrn',
  '주민등록번호',
  '주민번호',
  '주민등록',
];
const FRN_WORDS = ['frn', 'foreigner registration', 'alien registration', 'korean frn', '외국인등록번호', '외국인등록'];
const PASSPORT_WORDS = ['passport', 'korean passport', '여권', '여권번호', '여권번호는'];
const BUSINESS_WORDS = ['brn', 'business registration', 'business number', '사업자등록번호', '사업자번호', '사업자'];
const LICENSE_WORDS = ['license', 'licence', 'driver', '운전면허', '면허번호', '운전면허번호'];

/** A resident's or a foreigner's number, with its check digit and without, with and without a dash. */
const registration = (
  entity: string,
  kinds: string,
  isProved: (digits: string) => boolean,
  context: readonly string[],
): readonly Detector[] => [
  ...provedOrAnnounced({
    entity,
    pattern: new RegExp(`\\d{6}[${kinds}]\\d{6}(?![A-Za-z\\d]|[.-][\\d[])`, 'y'),
    measure: whenDigits((digits) => isBorn(digits) && isProved(digits)),
    score: 0.9,
    context,
  }),
  {
    entity,
    pattern: new RegExp(`\\d{6}-[${kinds}]\\d{6}(?![A-Za-z\\d]|[.-][\\d[])`, 'y'),
    measure: whenDigits((digits) => isBorn(digits) && isProved(digits)),
    score: 0.9,
    context,
  },
  {
    entity,
    pattern: new RegExp(`\\d{6}-[${kinds}]\\d{6}(?![A-Za-z\\d]|[.-][\\d[])`, 'y'),
    measure: whenDigits(isBorn),
    score: 0.39, // a date and a serial number look the same
    context,
  },
  {
    entity,
    pattern: new RegExp(`\\d{6}[${kinds}]\\d{6}(?![A-Za-z\\d]|[.-][\\d[])`, 'y'),
    measure: whenDigits(isBorn),
    score: 0.25,
    context,
  },
];

/** Detectors of numbers of South Korea. */
export const KOREAN_DETECTORS: readonly Detector[] = [
  ...registration('KR_RRN', '1-4', isResident, RRN_WORDS), // 990101-1234567: born in 19xx 1 and 2, in 20xx 3 and 4
  ...registration('KR_FRN', '5-8', isForeigner, FRN_WORDS), // 911124-5678906
  {
    entity: 'KR_PASSPORT', // M123A4567, since 2020. Source: Ministry of Foreign Affairs
    pattern: /[MSRODG]\d{3}[A-Z]\d{4}(?![A-Za-z\d])/iy,
    score: 0.31, // before other countries' letters and digits: few letters begin one
    context: PASSPORT_WORDS,
  },
  {
    entity: 'KR_PASSPORT', // M12345678
    pattern: /[MSRODG]\d{8}(?![A-Za-z\d])/iy,
    score: 0.31,
    context: PASSPORT_WORDS,
  },
  ...provedOrAnnounced({
    entity: 'KR_BRN', // 120-81-47521
    pattern: /\d{3}(?:-\d{2}-|\d{2})\d{5}(?![A-Za-z\d]|[.-][\d[])/y,
    measure: whenDigits(isBusiness),
    score: 0.6,
    context: BUSINESS_WORDS,
  }),
  {
    entity: 'KR_DRIVER_LICENSE', // 11-22-333333-44
    pattern: /[12]\d-\d{2}-\d{6}-\d{2}(?![A-Za-z\d]|[.-][\d[])/y,
    measure: whenDigits(isLicense),
    score: 0.6,
    context: LICENSE_WORDS,
  },
  {
    entity: 'KR_DRIVER_LICENSE', // 112233333344
    pattern: /[12]\d{11}(?![A-Za-z\d]|[.-][\d[])/y,
    measure: (match) => (isLicense(digitsOf(match)) ? match.length : 0),
    score: 0.05,
    context: ['운전면허', '면허번호', '운전면허번호', 'driver s license', 'driver license', 'driving licence'],
  },
];
