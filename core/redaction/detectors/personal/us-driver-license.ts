/** Driver's licences of the states. Source: AAMVA's table of formats; none has a public check digit. */

import type { Detector } from '../../types.ts';

/** Not `driver` alone: software has drivers and licences of its own. */
const WORDS = [
  ...['driver s license', 'drivers license', 'driver license', 'driver s licence', 'drivers licence', 'driver licence'],
  ...['driving license', 'driving licence', 'driver s permit', 'learner s permit', 'driver s lic', 'driver lic'],
  ...['driverslicense', 'driverlicense', 'operator s license', 'operator license', 'license number', 'license no'],
  ...['dl', 'dln', 'dmv', 'cdl', 'cdls', 'dls', 'state id', 'driver id'],
];

/** Letters and digits of one or more states. */
const LETTERED = [
  String.raw`[A-Z]\d{3,14}`, // California, Florida, Maryland, Michigan and most
  String.raw`[A-Z]\d{18}`, // New York
  String.raw`[A-Z]{2}\d{2,7}`, // Alabama, Maine, Ohio, Washington D.C.
  String.raw`[A-Z]\d{6}R`, // Missouri
  String.raw`[A-Z]\d{3}[A-Z]\d{6}`, // Iowa
  String.raw`[A-Z]{2}\d{6}[A-Z]`, // Idaho
  String.raw`\d{3}[A-Z]{2}\d{4}`, // Iowa
  String.raw`\d{2}[A-Z]{3}\d{5,6}`, // New Hampshire
  String.raw`\d{9}[A-Z]|\d{8}[A-Z]{1,2}|\d{7}[A-Z]`, // Kansas, Missouri, Vermont
  String.raw`[A-Z]\d{2}-\d{2}-\d{4}`, // Kansas
  String.raw`[A-Z]\d{3}(?:-\d{3}-\d{2}-\d{3}-\d|-\d{4}-\d{4}|(?:-\d{3}){3,4})`, // Florida, Illinois, Wisconsin
  String.raw`WDL[A-Z\d]{9}|(?=[A-Z\d*]{12}(?![A-Z\d]))[A-Z]{5}[A-Z*]{0,2}\d{2,5}[A-Z\d]{2,5}`, // Washington: twelve characters
];

/** Digits of half of the states. */
const DIGITS = String.raw`\d{6,14}|\d{16}|\d{2} \d{3} \d{3}|\d{3} \d{3} \d{3}`;
const START = String.raw`(?<![\d\]][.-])`; // not the end of a longer number
const END = String.raw`(?![A-Za-z\d]|[.-][\d[])`;

/** Detectors of driver's licences. */
export const US_DRIVER_LICENSES: readonly Detector[] = [
  {
    entity: 'US_DRIVER_LICENSE', // A1234567
    pattern: new RegExp(`${START}(?:${LETTERED.join('|')})${END}`, 'iy'),
    score: 0.3,
    context: WORDS,
  },
  {
    entity: 'US_DRIVER_LICENSE', // 341308170
    pattern: new RegExp(`${START}(?:${DIGITS})${END}`, 'y'),
    score: 0.01,
    context: WORDS,
  },
  {
    entity: 'US_DRIVER_LICENSE', // driver's license number is 341308170: surer than another number's check digit
    pattern: new RegExp(
      `(?:driver'?s?|driver’s|driving) licen[cs]e(?: (?:number|num|no|id))?(?: ?[:=#]| is)? ?#?(?<value>${LETTERED.join('|')}|${DIGITS})${END}`,
      'iy',
    ),
    score: 0.8,
  },
];
