/** Personal numbers of Sweden. */

import { isDay, isDayOfAnyCentury } from '../../checks/calendar.ts';
import { digitsOf } from '../../checks/compact.ts';
import { passesLuhn } from '../../checks/luhn.ts';
import type { Detector } from '../../types.ts';
import { provedOrAnnounced } from './proved.ts';

const PERSON_WORDS = ['personnummer', 'samordningsnummer', 'personal identity', 'pnr', 'personnr', 'födelsenummer'];

/** Date of birth (day + 60 without registration), serial, Luhn's digit without the century. Source: SKV 704. */
const isPersonnummer = (digits: string): boolean => {
  const short = digits.slice(-10);
  const month = Number(short.slice(2, 4));
  const day = Number(short.slice(4, 6));
  const born =
    digits.length === 12
      ? isDay(Number(digits.slice(0, 4)), month, day % 60)
      : isDayOfAnyCentury(Number(short.slice(0, 2)), month, day % 60);
  return born && !short.slice(6, 9).startsWith('000') && passesLuhn(short);
};

/** Ten digits whose third and fourth are no month. Source: SKV 709. */
const isOrganisation = (digits: string): boolean =>
  Number(digits.slice(-10).slice(2, 4)) >= 20 && passesLuhn(digits.slice(-10));

const measurePerson = (match: string): number => (isPersonnummer(digitsOf(match)) ? match.length : 0);

/** Detectors of Sweden. */
export const SWEDISH_DETECTORS: readonly Detector[] = [
  ...provedOrAnnounced({
    entity: 'SE_PERSONNUMMER', // 811228-9874, 19811228-9874, 811228+9874: a hundred years old
    pattern: /(?:18|19|20)?\d{2}(?:0[1-9]|1[0-2])\d{2}[ +-]?\d{4}(?![A-Za-z\d]|[./-][\d[])/y,
    score: 0.8,
    context: PERSON_WORDS,
    measure: measurePerson,
  }),
  ...provedOrAnnounced({
    entity: 'SE_ORGANISATIONSNUMMER', // 556703-7485, 16556703-7485
    pattern: /(?:16)?[1-35-9]\d[2-9]\d{3}-?\d{4}(?![A-Za-z\d]|[./-][\d[])/y,
    score: 0.75,
    context: ['organisationsnummer', 'orgnummer', 'orgnr', 'org nr', 'företag', 'swedish company', 'company identity'],
    measure: (match) => (isOrganisation(digitsOf(match)) ? match.length : 0),
  }),
];
