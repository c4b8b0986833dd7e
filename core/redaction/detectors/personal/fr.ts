/** Personal numbers of France. */

import { compactOf } from '../../checks/compact.ts';
import { mod97 } from '../../checks/mod-97.ts';
import type { Detector } from '../../types.ts';
import { provedOrAnnounced } from './proved.ts';

/** Corsica counts as 19 and 18 in the key. Source: INSEE, "Numéro de sécurité sociale", clé. */
const isNir = (nir: string): boolean => {
  const number = nir.slice(0, 13).replace('2A', '19').replace('2B', '18');
  return /^\d{13}$/.test(number) && 97 - mod97(number) === Number(nir.slice(13));
};

const measure = (match: string): number => (isNir(compactOf(match)) ? match.length : 0);
const CONTEXT = ['nir', 'sécurité sociale', 'securite sociale', 'insee', 'numéro de sécu', 'carte vitale'];

/** Detectors of France: sex, year, month, department, municipality, serial, key. */
export const FRENCH_DETECTORS: readonly Detector[] = [
  {
    entity: 'FR_NIR', // 1 85 05 78 006 084 91
    pattern:
      /[1-478] \d{2} (?:0[1-9]|1[0-2]|[2-9]\d) (?:\d{2}|2[AB]) \d{3} \d{3} (?:\/ ?)?\d{2}(?![A-Za-z\d]|[.-][\d[])/iy,
    score: 0.95,
    context: CONTEXT,
    measure,
  },
  ...provedOrAnnounced({
    entity: 'FR_NIR', // 185057800608491
    pattern:
      /[1-478] ?\d{2} ?(?:0[1-9]|1[0-2]|[2-9]\d) ?(?:\d{2}|2[AB]) ?\d{3} ?\d{3} ?(?:\/ ?)?\d{2}(?![A-Za-z\d]|[.-][\d[])/iy,
    score: 0.9,
    context: CONTEXT,
    measure,
  }),
];
