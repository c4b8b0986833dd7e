/** Dates and times of day: asked for by name only, since every text is full of them. */

import type { Detector } from '../../types.ts';

const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const YEAR = '(?:1[89]|20|21)\\d{2}';
const DAY = '(?:0?[1-9]|[12]\\d|3[01])';
const MONTH_NUMBER = '(?:0?[1-9]|1[0-2])';
const TIME = '(?:[01]?\\d|2[0-3]):[0-5]\\d(?::[0-5]\\d(?:[.,]\\d{1,9})?)?';
const ZONE = '(?:Z| ?(?:UTC|GMT)| ?[+-]\\d{2}:?\\d{2})';
const END = '(?![A-Za-z\\d]|[/:-][\\d[]|\\.[\\d[])';

const date = (score: number, ...sources: readonly string[]): Detector => ({
  entity: 'DATE_TIME',
  pattern: new RegExp(`(?:${sources.join('|')})${END}`, 'iy'),
  score,
  context: ['date', 'birthday', 'birth', 'born', 'dob'],
  byDefault: false,
});

/** Detectors of dates and times. */
export const DATE_DETECTORS: readonly Detector[] = [
  date(0.8, `${YEAR}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])(?:T| )${TIME}${ZONE}?`), // 2024-03-15T14:30:00.123Z
  date(
    0.6,
    `${YEAR}[/.-]${MONTH_NUMBER}[/.-]${DAY}`, // 2021-05-21, 2021/5/21
    `${MONTH_NUMBER}[/.-]${DAY}[/.-](?:${YEAR}|\\d{2})`, // 5/21/2021
    `${DAY}[/.-]${MONTH_NUMBER}[/.-](?:${YEAR}|\\d{2})`, // 21.5.21
    `${DAY}(?:st|nd|rd|th)?[ -](?:of )?${MONTH}(?:(?:,? |-|\\. )(?:${YEAR}|\\d{2}))?`, // 5-MAY-2021, 21st of May 2021
    `${MONTH}[ .-]{1,2}${DAY}(?:st|nd|rd|th)?(?:,? |-)${YEAR}`, // May 21, 2021
    `${MONTH}[ .-]{1,2}${DAY}(?:st|nd|rd|th)?`, // May 21
    `${MONTH}[ .-]{1,2}(?:${YEAR}|\\d{2})`, // May-2021
    `\\d{4}\u5e74\\d{1,2}\u6708\\d{1,2}\u65e5`, // 2021年5月21日
  ),
  date(
    0.3,
    `${TIME} ?[ap]\\.?m`,
    '(?:0?[1-9]|1[0-2]) ?[ap]m',
    `(?:[01]?\\d|2[0-3]):[0-5]\\d:[0-5]\\d`,
    `${TIME} ?(?:UTC|GMT|Uhr|hrs)`,
  ), // 2:30 pm
  date(0.2, `${MONTH_NUMBER}[/-]${YEAR}`), // 05/2021
  date(0.1, `${MONTH_NUMBER}/${DAY}`, `${DAY}/${MONTH_NUMBER}`), // 05/21
  date(0.1, '(?:mon|tues|wednes|thurs|fri|satur|sun)day'), // Thursday
];
