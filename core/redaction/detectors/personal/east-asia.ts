/** China, Hong Kong, Taiwan and Japan. */

import { isDay } from '../../checks/calendar.ts';
import { isRepeated, whenCompact, whenDigits } from '../../checks/compact.ts';
import { passesMod11And2 } from '../../checks/iso-7064.ts';
import { digitValue, weightedSum } from '../../checks/weighted.ts';
import type { Detector } from '../../types.ts';
import { provedOrAnnounced } from './proved.ts';

/** Source: GB 11643-1999, citizen identification number. */
const isChinese = (text: string): boolean =>
  isDay(Number(text.slice(6, 10)), Number(text.slice(10, 12)), Number(text.slice(12, 14))) && passesMod11And2(text);

/** Source: Immigration Department of Hong Kong; a single letter counts as if a space (36) stood before it. */
const isHongKong = (text: string): boolean => {
  const check = text.slice(-1);
  const letters = text.slice(0, -7);
  const value = (letters.length === 1 ? 36 * 9 : digitValue(letters.charAt(0)) * 9) + digitValue(letters.slice(-1)) * 8;
  const sum = value + weightedSum(text.slice(-7, -1), [7, 6, 5, 4, 3, 2]);
  return (sum + (check === 'A' ? 10 : Number(check))) % 11 === 0 && !isRepeated(text.slice(-7, -1));
};

/** Values of the county's letter, in the order of the alphabet. Source: Ministry of the Interior, Taiwan. */
const COUNTIES = [
  10, 11, 12, 13, 14, 15, 16, 17, 34, 18, 19, 20, 21, 22, 35, 23, 24, 25, 26, 27, 28, 29, 32, 30, 31, 33,
];

const isTaiwanese = (text: string): boolean => {
  const county = COUNTIES[text.charCodeAt(0) - 0x41] ?? 0;
  const sum = Math.floor(county / 10) + (county % 10) * 9 + weightedSum(text.slice(1), [8, 7, 6, 5, 4, 3, 2, 1, 1]);
  return sum % 10 === 0 && !isRepeated(text.slice(2));
};

/** Source: ministerial ordinance 85 of 2014, individual number: weights 2 to 7 from the right, twice over. */
const isJapanese = (digits: string): boolean => {
  const remainder = weightedSum(digits.slice(0, 11), [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
  return !isRepeated(digits) && (remainder < 2 ? 0 : 11 - remainder) === Number(digits.slice(-1));
};

const HONG_KONG_WORDS = ['hkid', 'hong kong identity', 'identity card', '身份證', '香港身份證'];

/** Detectors of numbers of China, Hong Kong, Taiwan and Japan. */
export const EAST_ASIAN_DETECTORS: readonly Detector[] = [
  {
    entity: 'CN_RESIDENT_ID', // 11010519491231002X
    pattern: /[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX](?![A-Za-z\d]|[.-][\d[])/iy,
    measure: whenCompact(isChinese),
    score: 0.9,
    context: ['resident id', 'id card', '身份证', '身份证号', '公民身份号码'],
  },
  {
    entity: 'HK_IDENTITY_CARD', // A123456(3)
    pattern: /[A-Z]{1,2}\d{6}\([\dA]\)(?![A-Za-z\d])/iy,
    measure: whenCompact(isHongKong),
    score: 0.85,
    context: HONG_KONG_WORDS,
  },
  {
    entity: 'HK_IDENTITY_CARD', // A1234563
    pattern: /[A-Z]{1,2}\d{6}[\dA](?![A-Za-z\d])/iy,
    measure: whenCompact(isHongKong),
    score: 0.2,
    context: HONG_KONG_WORDS,
  },
  ...provedOrAnnounced({
    entity: 'TW_NATIONAL_ID', // A123456789
    pattern: /[A-Z][1289]\d{8}(?![A-Za-z\d])/iy,
    measure: whenCompact(isTaiwanese),
    score: 0.6,
    context: ['taiwan', 'national id', '身分證', '身分證字號', '統一編號'],
  }),
  {
    entity: 'JP_MY_NUMBER', // 1234 5678 9018
    pattern: /\d{4}(?: \d{4} |-\d{4}-|\d{4})\d{4}(?![A-Za-z\d]|[ .-]\d|[.-]\[| \[[A-Z_]{3,60}\d)/y,
    measure: whenDigits(isJapanese),
    score: 0.2,
    context: ['my number', 'mynumber', 'individual number', 'マイナンバー', '個人番号'],
  },
];
