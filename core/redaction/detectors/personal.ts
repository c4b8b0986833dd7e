/** Personal data: numbers with a checksum, addresses with a shape. */

import { measurePhone, measureSsn } from '../checksums.ts';
import type { Detector } from '../types.ts';

/** Detectors of personal data. */
export const PERSONAL_DETECTORS: readonly Detector[] = [
  {
    entity: 'US_SSN', // 536-90-4399
    pattern: /\d{3}-\d{2}-\d{4}(?![\d-])/y,
    score: 0.85,
    measure: measureSsn,
  },
  {
    entity: 'PHONE_NUMBER', // +44 20 7946 0958
    pattern: /\+[1-9](?:(?:[ .-]|\) ?| ?\()?\d){7,14}(?!\d)/y,
    score: 0.8,
    measure: measurePhone,
  },
  {
    entity: 'PHONE_NUMBER', // (212) 555-0123, 212-555-0123
    pattern: /(?:\([2-9]\d{2}\) ?|[2-9]\d{2}[.-])[2-9]\d{2}[.-]\d{4}(?![\d-])/y,
    score: 0.7,
  },
];
