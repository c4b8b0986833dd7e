/** Thailand: the number of a person. */

import { isRepeated, whenDigits } from '../../checks/compact.ts';
import { weightedSum } from '../../checks/weighted.ts';
import type { Detector } from '../../types.ts';
import { provedOrAnnounced } from './proved.ts';

/** Source: Department of Provincial Administration; also the tax number of a person. */
const isPerson = (digits: string): boolean =>
  !isRepeated(digits) &&
  (11 - (weightedSum(digits.slice(0, 12), [13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 10 ===
    Number(digits.slice(-1));

const WORDS = [
  ...[
    'thai id',
    'thai national id',
    'national id',
    'tnin',
    'citizen id',
    'thai identification',
    'identification number',
  ],
  ...['เลขประจำตัวประชาชน', 'บัตรประชาชน', 'เลขบัตรประชาชน', 'รหัสปชช', 'เลขประจำตัวผู้เสียภาษี'],
];

/** Detectors of numbers of Thailand. */
export const THAI_DETECTORS: readonly Detector[] = [
  ...provedOrAnnounced({
    entity: 'TH_TNIN', // 1-2345-45678-78-1
    pattern: /[1-8](?:-\d{4}-\d{5}-\d{2}-| \d{4} \d{5} \d{2} |\d{11})\d(?![A-Za-z\d]|[.-][\d[])/y,
    measure: whenDigits(isPerson),
    score: 0.65,
    context: WORDS,
  }),
];
