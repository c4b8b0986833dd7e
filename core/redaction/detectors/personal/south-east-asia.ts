/** Indonesia and Malaysia. */

import { isDayOfAnyCentury } from '../../checks/calendar.ts';
import { whenDigits } from '../../checks/compact.ts';
import type { Detector } from '../../types.ts';

const isBorn = (digits: string): boolean =>
  isDayOfAnyCentury(Number(digits.slice(0, 2)), Number(digits.slice(2, 4)), Number(digits.slice(4, 6)));

/** Province, regency, district; day (a woman's plus 40), month, year; order. Source: Permendagri 19/2010. */
const isIndonesian = (digits: string): boolean => {
  const day = Number(digits.slice(6, 8));
  return (
    isDayOfAnyCentury(Number(digits.slice(10, 12)), Number(digits.slice(8, 10)), day > 40 ? day - 40 : day) &&
    !digits.endsWith('0000')
  );
};

/** Detectors of numbers of Indonesia and Malaysia. No check digit proves any. */
export const SOUTH_EAST_ASIAN_DETECTORS: readonly Detector[] = [
  {
    entity: 'ID_NIK', // 3171234101900001
    pattern: /(?:1[1-9]|21|3[1-6]|5[1-3]|6[1-5]|7[1-6]|8[12]|9[1-6])\d{14}(?![A-Za-z\d]|[.-][\d[])/y,
    measure: whenDigits(isIndonesian),
    score: 0.2,
    context: ['nik', 'ktp', 'e ktp', 'nomor induk', 'kependudukan'],
  },
  {
    entity: 'MY_NRIC', // 900101-14-5678: birth, place, order. Source: JPN, MyKad
    pattern: /\d{6}-\d{2}-\d{4}(?![A-Za-z\d]|[.-][\d[])/y,
    measure: whenDigits((digits) => isBorn(digits) && !/^.{6}(?:00|1[789]|20|6[9]|7[03]|8[01]|9[4-7])/.test(digits)),
    score: 0.35,
    context: ['mykad', 'my kad', 'nric', 'ic', 'ic no', 'kad pengenalan', 'identity card'],
  },
  {
    entity: 'MY_NRIC', // 900101145678
    pattern: /\d{12}(?![A-Za-z\d]|[.-][\d[])/y,
    measure: whenDigits(isBorn),
    score: 0.05,
    context: ['mykad', 'my kad', 'nric', 'ic no', 'kad pengenalan'],
  },
];
