/** Mexico, Argentina and Chile. */

import { isDayOfAnyCentury } from '../../checks/calendar.ts';
import { compactOf, digitsOf, isRepeated, whenCompact, whenDigits } from '../../checks/compact.ts';
import { weightedSum } from '../../checks/weighted.ts';
import type { Detector } from '../../types.ts';
import { provedOrAnnounced } from './proved.ts';

const MEXICAN_CHARACTERS = '0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ';

/** Source: RENAPO, "Instructivo normativo para la asignación de la CURP". */
const isMexican = (text: string): boolean => {
  const upper = text.toUpperCase();
  const digits = upper.slice(4, 10);
  let sum = 0;
  for (let index = 0; index < 17; index++) sum += MEXICAN_CHARACTERS.indexOf(upper.charAt(index)) * (18 - index);
  return (
    isDayOfAnyCentury(Number(digits.slice(0, 2)), Number(digits.slice(2, 4)), Number(digits.slice(4))) &&
    (10 - (sum % 10)) % 10 === Number(upper.slice(-1))
  );
};

/** Source: AFIP, CUIT and CUIL. */
const isArgentine = (digits: string): boolean =>
  !isRepeated(digits.slice(2, 10)) &&
  (11 - (weightedSum(digits.slice(0, 10), [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 11 === Number(digits.slice(-1));

/** Weights 2 to 7 from the right. Source: Servicio de Impuestos Internos, dígito verificador. */
const isChilean = (text: string): boolean => {
  const number = text.slice(0, -1);
  const sum = weightedSum([...number].reverse().join(''), [2, 3, 4, 5, 6, 7]);
  return !isRepeated(number) && '0K987654321'.charAt(sum % 11) === text.slice(-1);
};

const ARGENTINE_WORDS = ['cuit', 'cuil', 'afip', 'arca'];
const CHILEAN_WORDS = ['rut', 'rol único', 'rol unico'];

/** Detectors of numbers of Mexico, Argentina and Chile. */
export const LATIN_AMERICAN_DETECTORS: readonly Detector[] = [
  {
    entity: 'MX_CURP', // BOXW310820HNERXN09: name, birth, sex, state, consonants
    pattern:
      /[A-Z][AEIOUX][A-Z]{2}\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[HMX](?:AS|BC|BS|CC|CS|CH|CL|CM|DF|DG|GT|GR|HG|JC|MC|MN|MS|NT|NL|OC|PL|QT|QR|SP|SL|SR|TC|TS|TL|VZ|YN|ZS|NE)[B-DF-HJ-NP-TV-Z]{3}[A-Z\d]\d(?![A-Za-z\d])/iy,
    measure: (match) => (isMexican(match) ? match.length : 0),
    score: 0.95,
    context: ['curp'],
  },
  {
    entity: 'AR_CUIT', // 20-12345678-6
    pattern: /(?:2[03-7]|3[034])-\d{8}-\d(?![A-Za-z\d]|[.-][\d[])/y,
    measure: whenDigits(isArgentine),
    score: 0.7,
    context: ARGENTINE_WORDS,
  },
  ...provedOrAnnounced({
    entity: 'AR_CUIT', // 20123456786
    pattern: /(?:2[03-7]|3[034])\d{9}(?![A-Za-z\d]|[.-][\d[])/y,
    measure: (match) => (isArgentine(digitsOf(match)) ? match.length : 0),
    score: 0.4,
    context: ARGENTINE_WORDS,
  }),
  {
    entity: 'CL_RUT', // 12.345.678-5
    pattern: /\d{1,2}\.\d{3}\.\d{3}-[\dK](?![A-Za-z\d]|[.-][\d[])/iy,
    measure: whenCompact(isChilean),
    score: 0.8,
    context: CHILEAN_WORDS,
  },
  ...provedOrAnnounced({
    entity: 'CL_RUT', // 12345678-5
    pattern: /\d{7,8}-[\dK](?![A-Za-z\d]|[.-][\d[])/iy,
    measure: (match) => (isChilean(compactOf(match)) ? match.length : 0),
    score: 0.5,
    context: CHILEAN_WORDS,
  }),
];
