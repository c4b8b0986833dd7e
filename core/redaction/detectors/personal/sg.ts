/** Singapore: people and entities. */

import { compactOf, whenCompact } from '../../checks/compact.ts';
import { weightedSum } from '../../checks/weighted.ts';
import type { Detector } from '../../types.ts';

/** Check letters of citizens, of foreigners, and of foreigners since 2022. Source: Immigration & Checkpoints Authority. */
const LETTERS: Readonly<Record<string, readonly [offset: number, letters: string]>> = {
  S: [0, 'JZIHGFEDCBA'],
  T: [4, 'JZIHGFEDCBA'],
  F: [0, 'XWUTRQPNMLK'],
  G: [4, 'XWUTRQPNMLK'],
  M: [3, 'XWUTRQPNJLK'],
};

const isPerson = (text: string): boolean => {
  const [offset, letters] = LETTERS[text.charAt(0)] ?? [0, ''];
  const sum = weightedSum(text.slice(1, 8), [2, 7, 6, 5, 4, 3, 2]) + offset;
  return letters.charAt(sum % 11) === text.charAt(8);
};

const OTHER_CHARACTERS = 'ABCDEFGHJKLMNPQRSTUVWX0123456789';

/** Businesses, companies and other entities each have letters of their own. Source: ACRA, unique entity number. */
const isEntity = (text: string): boolean => {
  const check = text.slice(-1);
  if (/^\d{8}[A-Z]$/.test(text))
    return 'XMKECAWLJDB'.charAt(weightedSum(text.slice(0, 8), [10, 4, 9, 3, 8, 2, 7, 1]) % 11) === check;
  if (/^\d{9}[A-Z]$/.test(text))
    return 'ZKCMDNERGWH'.charAt(weightedSum(text.slice(0, 9), [10, 8, 6, 4, 9, 7, 5, 3, 1]) % 11) === check;
  const weights = [4, 3, 5, 3, 10, 2, 2, 5, 7];
  const sum = weights.reduce((total, weight, at) => total + OTHER_CHARACTERS.indexOf(text.charAt(at)) * weight, 0);
  return OTHER_CHARACTERS.charAt((((sum - 5) % 11) + 11) % 11) === check;
};

const PERSON_WORDS = ['nric', 'fin', 'fin number', 'fin no', 'identity card', 'singapore'];
const ENTITY_WORDS = ['uen', 'unique entity number', 'business registration', 'acra'];

/** Detectors of numbers of Singapore. */
export const SINGAPOREAN_DETECTORS: readonly Detector[] = [
  {
    entity: 'SG_NRIC_FIN', // S2740116C
    pattern: /[STFGM]\d{7}[A-Z](?![A-Za-z\d])/iy,
    measure: whenCompact(isPerson),
    score: 0.85,
    context: PERSON_WORDS,
  },
  {
    entity: 'SG_NRIC_FIN', // S1234567A, mistyped
    pattern: /[STFGM]\d{7}[A-Z](?![A-Za-z\d])/iy,
    score: 0.35,
    context: PERSON_WORDS,
  },
  {
    entity: 'SG_NRIC_FIN',
    pattern: /[A-Z]\d{7}[A-Z](?![A-Za-z\d])/iy,
    score: 0.3,
    context: PERSON_WORDS,
    byDefault: false,
  },
  {
    entity: 'SG_UEN', // 53125226D, 197401143C, T01FC6132D
    pattern: /(?:\d{8,9}[A-Z]|[TSR]\d{2}[A-Z]{2}\d{4}[A-Z])(?![A-Za-z\d])/iy,
    measure: (match) => (isEntity(compactOf(match)) ? match.length : 0),
    score: 0.6,
    context: ENTITY_WORDS,
    byDefault: false,
  },
];
