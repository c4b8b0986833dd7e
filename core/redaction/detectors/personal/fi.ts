/** Personal numbers of Finland. */

import { isDay } from '../../checks/calendar.ts';
import type { Detector } from '../../types.ts';

const CHECKS = '0123456789ABCDEFHJKLMNPRSTUVWXY';
const CENTURIES: readonly (readonly [RegExp, number])[] = [
  [/\+/, 1800],
  [/[-U-Y]/, 1900],
  [/[A-F]/, 2000],
];

/** Date of birth, sign of the century, individual number, check character modulo 31. Source: DVV, decree 128/2010. */
const isIdentityCode = (code: string): boolean => {
  const century = CENTURIES.find(([sign]) => sign.test(code.charAt(6)))?.[1] ?? 0;
  const born = isDay(century + Number(code.slice(4, 6)), Number(code.slice(2, 4)), Number(code.slice(0, 2)));
  const number = code.slice(0, 6) + code.slice(7, 10);
  return born && Number(code.slice(7, 10)) >= 2 && CHECKS.charAt(Number(number) % 31) === code.charAt(10);
};

/** Detectors of Finland. */
export const FINNISH_DETECTORS: readonly Detector[] = [
  {
    entity: 'FI_PERSONAL_IDENTITY_CODE', // 131052-308T
    pattern: /\d{6}[+A-FU-Y-]\d{3}[\dA-FHJ-NPR-Y](?![A-Za-z\d])/iy,
    score: 0.9,
    context: ['hetu', 'henkilötunnus', 'personbeteckning', 'personal identity code'],
    measure: (match) => (isIdentityCode(match.toUpperCase()) ? match.length : 0),
  },
];
