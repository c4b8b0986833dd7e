/** Personal numbers of Poland. */

import { isDay } from '../../checks/calendar.ts';
import { weightedSum } from '../../checks/weighted.ts';
import type { Detector } from '../../types.ts';
import { provedOrAnnounced } from './proved.ts';

/** Centuries in the order in which 20 is added to the month. Source: Ustawa o ewidencji ludności, article 18. */
const CENTURIES = [1900, 2000, 2100, 2200, 1800];

const isPesel = (pesel: string): boolean => {
  const month = Number(pesel.slice(2, 4));
  const year = (CENTURIES[Math.floor(month / 20)] ?? 0) + Number(pesel.slice(0, 2));
  return (
    isDay(year, month % 20, Number(pesel.slice(4, 6))) &&
    weightedSum(pesel, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 === 0
  );
};

/** Detectors of Poland. */
export const POLISH_DETECTORS: readonly Detector[] = [
  ...provedOrAnnounced({
    entity: 'PL_PESEL', // 44051401458
    pattern: /\d{2}(?:[02468][1-9]|[13579][0-2])[0-3]\d{6}(?![A-Za-z\d]|[.-][\d[])/y,
    score: 0.85,
    context: ['pesel'],
    measure: (match) => (isPesel(match) ? match.length : 0),
  }),
];
