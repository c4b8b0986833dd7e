/** Personal numbers of Ireland. */

import { compactOf } from '../../checks/compact.ts';
import { weightedSum } from '../../checks/weighted.ts';
import type { Detector } from '../../types.ts';
import { provedOrAnnounced } from './proved.ts';

const LETTERS = 'WABCDEFGHIJKLMNOPQRSTUV';

/** The eighth character checks seven digits and, since 2013, the letter behind it, modulo 23. Source: Revenue, PPSN. */
const isPps = (text: string): boolean => {
  const second = Math.max(0, LETTERS.indexOf(text.slice(8) || 'W'));
  const sum = weightedSum(text.slice(0, 7), [8, 7, 6, 5, 4, 3, 2]) + second * 9;
  return LETTERS.charAt(sum % 23) === text.charAt(7);
};

/** Detectors of Ireland. */
export const IRISH_DETECTORS: readonly Detector[] = [
  ...provedOrAnnounced({
    entity: 'IE_PPS', // 1234567FA
    pattern: /\d{7} ?[A-W][A-IW]?(?![A-Za-z\d])/iy,
    score: 0.75,
    context: ['pps', 'ppsn', 'personal public service'],
    measure: (match) => (isPps(compactOf(match)) ? match.length : 0),
  }),
];
