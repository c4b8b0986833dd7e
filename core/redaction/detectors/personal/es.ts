/** Personal numbers of Spain. */

import { whenCompact } from '../../checks/compact.ts';
import { passesLuhn } from '../../checks/luhn.ts';
import type { Detector } from '../../types.ts';
import { provedOrAnnounced } from './proved.ts';

const LETTERS = 'TRWAGMYFPDXBNJZSQVHLCKE';
const ID_WORDS = [
  'dni',
  'nif',
  'documento nacional de identidad',
  'número de identificación',
  'identificación',
  'identificacion',
  'identidad',
];

/** The letter of a number modulo 23. Source: Ministerio del Interior, "Cálculo del dígito de control del NIF/NIE". */
const hasLetter = (text: string): boolean => LETTERS.charAt(Number(text.slice(0, -1)) % 23) === text.slice(-1);

const isNie = (text: string): boolean => hasLetter('XYZ'.indexOf(text.charAt(0)) + text.slice(1));
const isSpecialNif = (text: string): boolean => hasLetter(text.slice(1));

/** Luhn's digit over seven digits, or the letter for it. Source: Orden EHA/451/2008. */
const isOrganisation = (text: string): boolean => {
  const check = text.slice(8);
  const digit = /\d/.test(check) ? check : String('JABCDEFGHI'.indexOf(check));
  return passesLuhn(text.slice(1, 8) + digit);
};

/** Detectors of Spain. */
export const SPANISH_DETECTORS: readonly Detector[] = [
  {
    entity: 'ES_NIE', // X9613851N
    pattern: /[XYZ][ -]?\d{7}[ -]?[A-HJ-NP-TV-Z](?![A-Za-z\d])/iy,
    score: 0.9,
    context: ['nie', 'extranjero', 'identificación'],
    measure: whenCompact(isNie),
  },
  {
    entity: 'ES_NIF', // 12345678Z, 12.345.678-Z
    pattern: /\d{2}\.?\d{3}\.?\d{3}-?[A-HJ-NP-TV-Z](?![A-Za-z\d])/y,
    score: 0.85,
    context: ID_WORDS,
    measure: whenCompact(hasLetter),
  },
  ...provedOrAnnounced({
    entity: 'ES_NIF', // 12345678z, 12345678 Z: digits of a hash look so too, and words of one letter
    pattern: /\d{2}\.?\d{3}\.?\d{3}[ -]?[A-HJ-NP-TV-Z](?![A-Za-z\d])/iy,
    score: 0.85,
    context: ID_WORDS,
    measure: whenCompact(hasLetter),
  }),
  ...provedOrAnnounced({
    entity: 'ES_NIF', // 1111111G: without its leading zero
    pattern: /\d{7}[ -]?[A-HJ-NP-TV-Z](?![A-Za-z\d])/iy,
    score: 0.8,
    context: ID_WORDS,
    measure: whenCompact(hasLetter),
  }),
  ...provedOrAnnounced({
    entity: 'ES_NIF', // K1234567L: of children, of foreigners without NIE
    pattern: /[KLM][ -]?\d{7}[ -]?[A-HJ-NP-TV-Z](?![A-Za-z\d])/iy,
    score: 0.8,
    context: ID_WORDS,
    measure: whenCompact(isSpecialNif),
  }),
  {
    entity: 'ES_NIF', // A58818501: of companies, once CIF
    pattern: /[ABCDEFGHJNP-SUVW][ -]?\d{7}[ -]?[A-J\d](?![A-Za-z\d])/iy,
    score: 0.5,
    context: ['cif', 'nif', 'empresa', 'sociedad'],
    measure: whenCompact(isOrganisation),
    byDefault: false,
  },
  {
    entity: 'ES_PASSPORT', // AAA123456
    pattern: /[A-Z]{3}\d{6}(?![A-Za-z\d])/iy,
    score: 0.05,
    context: ['pasaporte', 'passport', 'número de pasaporte', 'documento de viaje'],
  },
];
