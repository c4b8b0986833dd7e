/** Personal numbers of Denmark. */

import { isDayOfAnyCentury } from '../../checks/calendar.ts';
import { digitsOf } from '../../checks/compact.ts';
import { weightedSum } from '../../checks/weighted.ts';
import type { Detector } from '../../types.ts';
import { provedOrAnnounced } from './proved.ts';

const isBorn = (digits: string): boolean =>
  isDayOfAnyCentury(Number(digits.slice(4, 6)), Number(digits.slice(2, 4)), Number(digits.slice(0, 2)));

/** Modulo 11: of numbers given before October 2007. Source: CPR-kontoret, "Personnummeret i CPR". */
const isChecked = (digits: string): boolean => weightedSum(digits, [4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0;

const CPR = /[0-3]\d[01]\d{3}[ -]?\d{4}(?![A-Za-z\d]|[./-][\d[])/y; // 070761-4285
const CPR_WORDS = ['cpr', 'personnummer', 'cpr nummer', 'civil registration'];

/** Detectors of Denmark. */
export const DANISH_DETECTORS: readonly Detector[] = [
  ...provedOrAnnounced({
    entity: 'DK_CPR',
    pattern: CPR,
    score: 0.55,
    context: CPR_WORDS,
    measure: (match) => (isBorn(digitsOf(match)) && isChecked(digitsOf(match)) ? match.length : 0),
  }),
  {
    entity: 'DK_CPR', // without a check digit, as since 2007
    pattern: CPR,
    score: 0.1,
    context: CPR_WORDS,
    measure: (match) => (isBorn(digitsOf(match)) ? match.length : 0),
  },
];
