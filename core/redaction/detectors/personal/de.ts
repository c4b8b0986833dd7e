/** Personal numbers of Germany. */

import { compactOf, digitsOf, whenCompact, whenDigits } from '../../checks/compact.ts';
import { isDoctor, isHealthInsurance, isPensionInsurance, isTaxId, isVatId } from '../../checks/german-numbers.ts';
import { passesIcao } from '../../checks/icao-9303.ts';
import type { Detector } from '../../types.ts';
import { provedOrAnnounced } from './proved.ts';

const TAX_WORDS = ['steuer', 'idnr', 'id nr', 'finanzamt', 'st nr', 'stnr', 'tax id', 'tax number', 'tax no'];
const PASSPORT_WORDS = ['reisepass', 'pass nr', 'passnummer', 'passnr', 'passport', 'travel document'];
const ID_CARD_WORDS = ['personalausweis', 'ausweis', 'perso ', 'npa', 'id card', 'identity card', 'id number'];
const DOCTOR_WORDS = ['lanr', 'arzt', 'ärztin', 'arztnummer', 'doctor', 'physician', 'kbv'];
const PRACTICE_WORDS = ['bsnr', 'betriebsstätte', 'betriebsstaette', 'praxisnummer', 'kbv', 'practice number'];
const LICENCE_WORDS = ['führerschein', 'fuehrerschein', 'fahrerlaubnis', 'driving', 'driver s licen', 'driver licen'];
const PLATE_WORDS = ['kennzeichen', 'kfz', 'fahrzeug', 'auto', 'pkw', 'nummernschild', 'license plate', 'plate'];

/** Without slashes: a state from 01 to 16, or as ELSTER numbers them, with a 0 in the fifth place. */
const TAX_NUMBER = /(?:(?:0[1-9]|1[0-6])\d{3}|(?:2[1-46-8]|3[0-2]|4[01]|[59]\d)\d{2}0)\d{8}(?![A-Za-z\d]|[./-][\d[])/y; // 2893081508152

const weak = (entity: string, score: number, pattern: RegExp, context: readonly string[]): Detector => ({
  entity,
  pattern,
  score,
  context,
});

/** Detectors of Germany. */
export const GERMAN_DETECTORS: readonly Detector[] = [
  ...provedOrAnnounced({
    entity: 'DE_TAX_ID', // 86 095 742 719
    pattern: /[1-9]\d ?\d{3} ?\d{3} ?\d{3}(?![A-Za-z\d]|[./-][\d[])/y,
    score: 0.85,
    context: [...TAX_WORDS, 'identifikationsnummer'],
    measure: whenDigits(isTaxId),
  }),
  weak('DE_TAX_NUMBER', 0.3, /\d{3}\/\d{3}\/\d{5}(?![A-Za-z\d/])/y, TAX_WORDS), // 123/456/78901
  weak('DE_TAX_NUMBER', 0.2, /\d{2,3}\/\d{3,4}\/\d{4,5}(?![A-Za-z\d/])/y, TAX_WORDS), // 12/345/67890
  ...provedOrAnnounced({ entity: 'DE_TAX_NUMBER', pattern: TAX_NUMBER, score: 0.5, context: TAX_WORDS }),
  {
    entity: 'DE_VAT_ID', // DE136695976
    pattern: /DE ?\d{3} ?\d{3} ?\d{3}(?![A-Za-z\d]| \d| \[[A-Z_]{3,60}\d)/iy,
    score: 0.9,
    context: ['ust', 'umsatzsteuer', 'vat', 'mwst', 'steuer'],
    measure: whenCompact(isVatId),
    byDefault: false,
  },
  ...provedOrAnnounced({
    entity: 'DE_PASSPORT', // C01X00T41: eight characters and their check digit
    pattern: /[CFGHJKLMNPRTVWXYZ][CFGHJKLMNPRTVWXYZ\d]{7}\d(?![A-Za-z\d])/iy,
    score: 0.8,
    context: PASSPORT_WORDS,
    measure: whenCompact(passesIcao),
  }),
  {
    entity: 'DE_PASSPORT', // Reisepass-Nr. C01X00T47: as printed, the check digit apart
    pattern: /(?=[A-Z]{0,8}\d)[CFGHJK][CFGHJKLMNPRTVWXYZ\d]{8}\d?D?(?![A-Za-z\d])/iy,
    assignedTo: ['reisepass', 'passnummer', 'passnr', 'pass nr', 'passport'],
    score: 0.5,
  },
  ...provedOrAnnounced({
    entity: 'DE_ID_CARD', // L01X00T44, and T220001293 with its check digit behind it
    pattern: /[LMNPRTVWXY][CFGHJKLMNPRTVWXYZ\d]{7}\d\d?D?(?![A-Za-z\d])/iy,
    score: 0.85,
    context: ID_CARD_WORDS,
    measure: (match) => (passesIcao(compactOf(match).replace(/D$/, '')) ? match.length : 0),
  }),
  weak('DE_ID_CARD', 0.15, /(?:T\d{8}|\d{10}D)(?![A-Za-z\d])/iy, ID_CARD_WORDS), // T22000129, 1220001297D: until 2010
  {
    entity: 'DE_ID_CARD', // Personalausweis: L01X00T47
    pattern: /(?=[A-Z]{0,8}\d)[LMNPRTVWXY][CFGHJKLMNPRTVWXYZ\d]{8}(?![A-Za-z\d])/iy,
    assignedTo: ['personalausweis', 'ausweis', 'perso', 'id card', 'identity card'],
    score: 0.5,
  },
  {
    entity: 'DE_SOCIAL_SECURITY', // 15 070649 C 10 3
    pattern: /\d{2} ?\d{6} ?[A-Z] ?\d{2} ?\d(?![A-Za-z\d])/iy,
    score: 0.9,
    context: [
      'rvnr',
      'rentenversicherung',
      'sozialversicherung',
      'sv nummer',
      'svnr',
      'versicherungsnummer',
      'social security',
    ],
    measure: whenCompact(isPensionInsurance),
  },
  ...provedOrAnnounced({
    entity: 'DE_HEALTH_INSURANCE', // A123456780
    pattern: /[A-Z]\d{9}(?![A-Za-z\d])/iy,
    score: 0.85,
    context: [
      'kvnr',
      'krankenkasse',
      'krankenversich',
      'versichertennummer',
      'egk',
      'e gk',
      'gesundheitskarte',
      'health insurance',
    ],
    measure: whenCompact(isHealthInsurance),
  }),
  {
    entity: 'DE_LANR', // 123456601
    pattern: /\d{7}(?!00)\d{2}(?![A-Za-z\d]|[./-][\d[])/y,
    score: 0.3,
    context: DOCTOR_WORDS,
    measure: (match) => (isDoctor(digitsOf(match)) && !/^0{6}/.test(match) ? match.length : 0),
  },
  weak(
    'DE_BSNR', // 721234500: the first two digits are those of an association of physicians, or 35 of a hospital
    0.2,
    /(?:0[1-3]|17|20|3[58]|46|5[12]|7[1-48]|83|88|9[389])\d{7}(?![A-Za-z\d]|[./-][\d[])/y,
    PRACTICE_WORDS,
  ),
  weak('DE_BSNR', 0.04, /(?!00)\d{9}(?![A-Za-z\d]|[./-][\d[])/y, PRACTICE_WORDS), // from before 2005
  {
    entity: 'DE_HANDELSREGISTER', // HRB 12345 B
    pattern: /(?:HR[AB]|Hr[ab]|hr[ab])[ -]?(?:Nr\.? ?)?\d{1,6}(?: [A-Z]{1,2}(?![\wÀ-ž]))?(?![A-Za-z\d])/y,
    score: 0.5,
    context: ['handelsregister', 'amtsgericht', 'registergericht', 'firma', 'gmbh', 'register'],
    byDefault: false,
  },
  {
    entity: 'DE_FUEHRERSCHEIN', // BO12345678A
    pattern: /[A-Z]{2}\d{8}[A-Z\d](?![A-Za-z\d])/iy,
    score: 0.35,
    context: LICENCE_WORDS,
  },
  {
    entity: 'DE_FUEHRERSCHEIN', // B072RRE2I55: authority, number, check digit, issue
    pattern: /(?=[A-Z]\d{3}\d{0,4}[A-Z])[A-Z]\d{3}[A-Z\d]{5}[\dX]\d(?![A-Za-z\d])/iy,
    score: 0.3,
    context: LICENCE_WORDS,
  },
  {
    entity: 'DE_KFZ', // B-AB 1234, MIL EF 1234E: electric, H: historic
    pattern: /[A-Z][A-ZÄÖÜ]{0,2}[ -][A-Z]{1,2}[ -]?[1-9]\d{0,3}[EH]?(?![A-Za-z\d])/y,
    score: 0.3,
    context: PLATE_WORDS,
    byDefault: false,
  },
  {
    entity: 'DE_KFZ', // Kennzeichen: BAB1234
    pattern: /[A-Z][A-ZÄÖÜ]{0,2}[ -]?[A-Z]{1,2}[ -]?[1-9]\d{0,3}[EH]?(?![A-Za-z\d])/iy,
    assignedTo: ['kennzeichen', 'nummernschild'],
    score: 0.4,
    byDefault: false,
  },
  {
    entity: 'DE_PLZ', // D-10115
    pattern: /D-(?:0[1-9]|[1-9]\d)\d{3}(?![A-Za-z\d]|[.,-][\d[])/y,
    score: 0.4,
    byDefault: false,
  },
  {
    entity: 'DE_PLZ', // 10115; not the number of a placeholder
    pattern: /(?:0[1-9]|[1-9]\d)\d{3}(?![A-Za-z\d\]]|[.,-][\d[])/y,
    score: 0.05,
    context: [
      'plz',
      'postleitzahl',
      'anschrift',
      'adresse',
      'wohnort',
      'wohnhaft',
      'straße',
      'strasse',
      'str',
      'ort',
      'postal code',
      'zip',
    ],
    byDefault: false,
  },
];
