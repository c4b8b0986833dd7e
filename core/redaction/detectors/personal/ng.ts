/** Nigeria: identity numbers and plates. */

import { isRepeated, whenDigits } from '../../checks/compact.ts';
import { passesVerhoeff } from '../../checks/verhoeff.ts';
import type { Detector } from '../../types.ts';
import { provedOrAnnounced } from './proved.ts';

const isIdentity = (digits: string): boolean => !isRepeated(digits) && passesVerhoeff(digits);

const PLATE_WORDS = [
  'vehicle',
  'plate',
  'registration',
  'number plate',
  'frsc',
  'car',
  'licence plate',
  'license plate',
];

/** Detectors of numbers of Nigeria. */
export const NIGERIAN_DETECTORS: readonly Detector[] = [
  ...provedOrAnnounced({
    entity: 'NG_NIN', // eleven digits with Verhoeff's check. Source: NIMC
    pattern: /\d{11}(?![A-Za-z\d]|[.-][\d[])/y,
    measure: whenDigits(isIdentity),
    score: 0.7,
    context: ['nin', 'national identification number', 'national identity number', 'national id', 'nimc'],
  }),
  {
    entity: 'NG_VEHICLE_REGISTRATION', // ABC-123DE, since 1992. Source: FRSC
    pattern: /[A-Z]{3}(?:[- ]\d{3}[- ]?|\d{3})[A-Z]{2}(?![A-Za-z\d])/iy,
    score: 0.5,
    context: PLATE_WORDS,
    byDefault: false,
  },
  {
    entity: 'NG_VEHICLE_REGISTRATION', // AB 123 CDE, before
    pattern: /[A-Z]{2}[- ]?\d{3}[- ]?[A-Z]{3}(?![A-Za-z\d])/y,
    score: 0.2,
    context: PLATE_WORDS,
    byDefault: false,
  },
];
