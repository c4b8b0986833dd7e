/** Personal numbers of Turkey. */

import type { Detector } from '../../types.ts';
import { provedOrAnnounced } from './proved.ts';

/** Two check digits: seven times the odd places less the even ones, and the sum of all before. Source: NVİ. */
const isNationalId = (id: string): boolean => {
  const digits = [...id].map(Number);
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, i = 0, tenth = 0, eleventh] = digits;
  const first = ((a + c + e + g + i) * 7 - (b + d + f + h)) % 10;
  return (first + 10) % 10 === tenth && (a + b + c + d + e + f + g + h + i + tenth) % 10 === eleventh;
};

/** Detectors of Turkey. */
export const TURKISH_DETECTORS: readonly Detector[] = [
  ...provedOrAnnounced({
    entity: 'TR_NATIONAL_ID', // 10000000146
    pattern: /[1-9]\d{9}[02468](?![A-Za-z\d]|[./-][\d[])/y,
    score: 0.9,
    context: ['tc', 'tckn', 'kimlik', 't c', 'vatandaş', 'turkish id', 'nufus', 'nüfus'],
    measure: (match) => (isNationalId(match) ? match.length : 0),
  }),
  {
    entity: 'TR_LICENSE_PLATE', // 34 ABC 1234: province 01 to 81, no Q, W, X
    pattern: /(?:0[1-9]|[1-7]\d|8[01]) ?[A-PR-VYZ]{1,3} ?\d{2,5}(?![A-Za-z\d])/y,
    score: 0.5,
    context: ['plaka', 'araç', 'arac', 'plate', 'license plate', 'registration'],
    byDefault: false,
  },
];
