/** Personal numbers of Italy. */

import { digitsOf, whenCompact } from '../../checks/compact.ts';
import { passesLuhn } from '../../checks/luhn.ts';
import { digitValue } from '../../checks/weighted.ts';
import type { Detector } from '../../types.ts';
import { provedOrAnnounced } from './proved.ts';

/** Values of 0 to 9 in odd places; those of A to J are the same, the other letters follow. */
const ODD = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

const placeOf = (character: string): number => digitValue(character) - (digitValue(character) > 9 ? 10 : 0);

/** The sixteenth character checks the others, modulo 26. Source: D.M. 23 December 1976. */
const isFiscalCode = (code: string): boolean => {
  let sum = 0;
  for (let index = 0; index < 15; index++) {
    const place = placeOf(code.charAt(index));
    sum += index % 2 === 0 ? (ODD[place] ?? 0) : place;
  }
  return String.fromCharCode(65 + (sum % 26)) === code.charAt(15);
};

/** Luhn; digits 8 to 10 are the office that gave the number. Source: D.P.R. 633/1972. */
const isVatCode = (digits: string): boolean => {
  const office = Number(digits.slice(7, 10));
  const known = (office >= 1 && office <= 100) || [120, 121, 888, 999].includes(office);
  return known && !digits.startsWith('0000000') && passesLuhn(digits);
};

/** Name, year, month, day, place and check letter; letters L to V in place of digits where two persons would share a code. */
const FISCAL_CODE = /[A-Z]{6}[\dLMNP-V]{2}[A-EHLMPR-T][\dLMNP-V]{2}[A-Z][\dLMNP-V]{3}[A-Z](?![A-Za-z\d])/iy; // RSSMRA85T10A562S
const FISCAL_WORDS = ['codice fiscale', 'cf', 'fiscal code', 'tessera sanitaria'];
const CARD_WORDS = ['identità', 'identita', 'cie', 'carta elettronica', 'espatrio', 'identity card'];
const NO_MORE = String.raw`(?![A-Za-z\d])`;

const weak = (entity: string, score: number, source: string, context: readonly string[]): Detector => ({
  entity,
  pattern: new RegExp(source + NO_MORE, 'iy'),
  score,
  context,
});

/** Detectors of Italy. */
export const ITALIAN_DETECTORS: readonly Detector[] = [
  {
    entity: 'IT_FISCAL_CODE',
    pattern: FISCAL_CODE,
    score: 1,
    context: FISCAL_WORDS,
    measure: whenCompact(isFiscalCode),
  },
  { entity: 'IT_FISCAL_CODE', pattern: FISCAL_CODE, score: 0.3, context: FISCAL_WORDS }, // mistyped
  ...provedOrAnnounced({
    entity: 'IT_VAT_CODE', // 01333550323
    pattern: /\d(?:[ _]?\d){10}(?![A-Za-z\d]|[ _./-]\d|[_./-]\[| \[[A-Z_]{3,60}\d)/y,
    score: 0.8,
    context: ['piva', 'partita iva', 'p iva', 'vat', 'iva'],
    measure: (match) => (isVatCode(digitsOf(match)) ? match.length : 0),
  }),
  {
    entity: 'IT_VAT_CODE', // IT01333550323
    pattern: /IT ?\d{11}(?![A-Za-z\d])/iy,
    score: 0.9,
    measure: (match) => (isVatCode(digitsOf(match)) ? match.length : 0),
    byDefault: false,
  },
  // AA1234567A, U1H00A000B
  weak('IT_DRIVER_LICENSE', 0.2, '(?:[A-Z]{2}\\d{7}|U1[B-DF-HJ-NPR-Z\\d]{7})[A-Z]', [
    'patente',
    'licenza di guida',
    'rilasciata',
    'driver s licen',
    'driver licen',
    'driving',
  ]),
  weak('IT_IDENTITY_CARD', 0.02, '[A-Z]{2}\\d{7}', CARD_WORDS), // AA1234567: on paper
  { ...weak('IT_IDENTITY_CARD', 0.02, '', CARD_WORDS), pattern: /[A-Z]{2} \d{7}(?![A-Za-z\d])/y }, // AA 1234567
  weak('IT_IDENTITY_CARD', 0.02, '\\d{7}[A-Z]{2}', CARD_WORDS), // 1234567AA: electronic, 2.0
  weak('IT_IDENTITY_CARD', 0.05, '[A-Z]{2}\\d{5}[A-Z]{2}', CARD_WORDS), // CA12345AA: electronic, 3.0
  weak('IT_PASSPORT', 0.01, '[A-Z]{2}\\d{7}', [
    'passaporto',
    'passport',
    'documento di viaggio',
    'questura',
    'espatrio',
  ]), // AA1234567
  {
    entity: 'IT_PASSPORT', // YA1234567: all since 2010
    pattern: /Y[A-C]\d{7}(?![A-Za-z\d])/iy,
    score: 0.31,
    context: ['passaporto', 'passport'],
  },
];
