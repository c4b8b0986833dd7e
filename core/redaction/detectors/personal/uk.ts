/** Personal numbers of the United Kingdom. */

import { digitsOf, isRepeated, whenDigits } from '../../checks/compact.ts';
import { weightedSum } from '../../checks/weighted.ts';
import type { Detector } from '../../types.ts';
import { provedOrAnnounced } from './proved.ts';

/** Modulo 11 with weights 10 to 1, the check digit included. Source: NHS data dictionary, NHS number. */
const isNhs = (digits: string): boolean =>
  !isRepeated(digits) && weightedSum(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0;

/** The first of ten digits checks the others, modulo 11. Source: HMRC, "Unique taxpayer reference" validation. */
const isTaxpayerReference = (digits: string): boolean =>
  !isRepeated(digits) &&
  '21987654321'.charAt(weightedSum(digits.slice(1), [6, 7, 8, 9, 10, 5, 4, 3, 2]) % 11) === digits.charAt(0);

/** What announces the numbers that HMRC gives out: no D, F, I, Q, U, V in front, none of the reserved pairs. */
const NINO_WORDS = ['national insurance', 'nino', 'ni number', 'ni no', 'nin'];

const DRIVING_WORDS = ['driving', 'driver s licen', 'driver licen', 'drivers licen', 'dvla'];
const PLATE_WORDS = ['vehicle', 'registration', 'reg', 'number plate', 'plate', 'vrm', 'vrn', 'car', 'dvla', 'mot'];
const NO_MORE = String.raw`(?![A-Za-z\d])`;

const plate = (score: number, source: string, flags = 'iy'): Detector => ({
  entity: 'UK_VEHICLE_REGISTRATION',
  pattern: new RegExp(source + NO_MORE, flags),
  score,
  context: PLATE_WORDS,
  byDefault: false,
});

/** Detectors of the United Kingdom. */
export const BRITISH_DETECTORS: readonly Detector[] = [
  ...provedOrAnnounced({
    entity: 'UK_NHS', // 943 476 5919
    pattern: /\d{3}[ -]?\d{3}[ -]?\d{4}(?![A-Za-z\d]|[.-][\d[])/y,
    score: 0.75,
    context: ['nhs', 'national health', 'health service', 'patient number', 'patient id', 'chi number'],
    measure: whenDigits(isNhs),
  }),
  {
    entity: 'UK_NINO', // AB 12 34 56 C
    pattern: /(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z](?: ?\d\d){3} ?[A-D](?![A-Za-z\d])/y,
    score: 0.6,
    context: NINO_WORDS,
  },
  {
    entity: 'UK_NINO', // ab123456c
    pattern: /(?!bg|gb|kn|nk|nt|tn|zz)[a-ceghj-pr-tw-z][a-ceghj-npr-tw-z]\d{6} ?[a-d](?![A-Za-z\d])/iy,
    score: 0.35,
    context: NINO_WORDS,
  },
  {
    entity: 'UK_PASSPORT', // AB1234567
    pattern: /[A-Z]{2}\d{7}(?![A-Za-z\d])/iy,
    score: 0.3,
    context: ['passport', 'travel document', 'uk passport', 'british passport', 'hmpo'],
  },
  {
    entity: 'UK_POSTCODE', // SW1A 1AA (Royal Mail PAF: which letters stand where)
    pattern:
      /(?:GIR ?0AA|(?:[A-PR-UWYZ](?:\d{1,2}|\d[A-HJKPSTUW]|[A-HK-Y]\d{1,2}|[A-HK-Y]\d[ABEHMNPRVWXY])) ?\d[ABD-HJLNP-UW-Z]{2})(?![A-Za-z\d])/iy,
    score: 0.35,
    context: ['postcode', 'post code', 'postal code', 'zip', 'address', 'addr', 'delivery'],
    byDefault: false,
  },
  {
    entity: 'UK_DRIVING_LICENCE', // MORGA657054SM9IJ 35: surname, decade, month (+50 of women), day, year, initials
    pattern:
      /[A-Z](?:[A-Z]{4}|[A-Z]{3}9|[A-Z]{2}99|[A-Z]999|9999) ?\d(?:[05][1-9]|[16][0-2])(?:0[1-9]|[12]\d|3[01])\d ?[A-Z][A-Z9]\d[A-Z]{2}(?: ?\d\d)?(?![A-Za-z\d])/y,
    score: 0.8,
    context: DRIVING_WORDS,
  },
  {
    entity: 'UK_DRIVING_LICENCE', // morga657054sm9ij
    pattern:
      /[a-z](?:[a-z]{4}|[a-z]{3}9|[a-z]{2}99|[a-z]999|9999)\d(?:[05][1-9]|[16][0-2])(?:0[1-9]|[12]\d|3[01])\d[a-z][a-z9]\d[a-z]{2}(?![A-Za-z\d])/iy,
    score: 0.8,
    context: DRIVING_WORDS,
  },
  {
    entity: 'UK_DRIVING_LICENCE', // the same with any last three characters
    pattern:
      /[A-Z](?:[A-Z]{4}|[A-Z]{3}9|[A-Z]{2}99|[A-Z]999|9999)\d(?:[05][1-9]|[16][0-2])(?:0[1-9]|[12]\d|3[01])\d[A-Z9]{2}[A-Z\d]{3}(?![A-Za-z\d])/iy,
    score: 0.35,
    context: DRIVING_WORDS,
  },
  plate(0.3, '[A-HJ-PR-Y][A-HJ-PR-Y](?:0[2-9]|[12]\\d|5[1-9]|[67]\\d) ?[A-HJ-PR-Z]{3}'), // AB12 CDE: 2001 on
  plate(0.2, '[A-HJ-NPR-TV-Y][1-9]\\d{0,2} ?[A-HJ-PR-Y][A-HJ-PR-Z]{2}'), // A123 BCD: 1983 to 2001
  plate(0.15, '[A-HJ-PR-Z]{3} ?[1-9]\\d{0,2} ?[A-HJ-NPR-TV-Y]'), // ABC 123D: 1963 to 1983
  plate(0.1, '(?:[A-Z]{1,2}I[A-Z]|[A-Z]{1,2}Z) ?[1-9]\\d{0,3}', 'y'), // ABZ 1234: Northern Ireland
  {
    entity: 'UK_VEHICLE_REGISTRATION', // registration ABC 123, 1234 AB: without a year
    pattern: /(?:[A-Z]{1,3} ?[1-9]\d{0,3}|[1-9]\d{0,3} ?[A-Z]{1,3})(?![A-Za-z\d])/y,
    assignedTo: [
      'vehicle registration',
      'registrationplate',
      'numberplate',
      'number plate',
      'licenceplate',
      'vrm',
      'vrn',
    ],
    score: 0.4,
    byDefault: false,
  },
  ...provedOrAnnounced({
    entity: 'UK_UNIQUE_TAXPAYER_REFERENCE_NUMBER', // 11234 56789
    pattern: /\d{5} ?\d{5}K?(?![A-Za-z\d]|[.-][\d[])/y,
    score: 0.5,
    context: ['utr', 'taxpayer', 'tax payer', 'self assessment', 'tax reference', 'hmrc'],
    measure: (match) => (isTaxpayerReference(digitsOf(match)) ? match.length : 0),
  }),
];
