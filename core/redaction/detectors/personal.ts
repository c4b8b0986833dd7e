/** Personal data: numbers with a checksum, addresses with a shape. */

import { measureCard, measureIban, measurePhone, measureSsn } from '../checksums.ts';
import type { Detector } from '../types.ts';

/** Detectors of personal data. */
export const PERSONAL_DETECTORS: readonly Detector[] = [
  {
    entity: 'EMAIL_ADDRESS', // ada.lovelace@example.com, RFC 5321: local part 64, domain 255; not image@2x.png
    pattern:
      /[A-Za-z0-9._%+'-]{1,64}@(?!\dx\.)(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,62})\.){1,4}[A-Za-z]{2,24}(?![A-Za-z0-9])/y,
    score: 1,
  },
  {
    entity: 'CREDIT_CARD', // 4111 1111 1111 1111; not digits of a UUID (RFC 9562)
    pattern:
      /(?!(?:(?:\d{8}-)?\d{4}-)?[1-8][\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}(?![\da-f]))\d(?:[ -]?\d){12,18}(?!\d)/iy,
    score: 1,
    measure: measureCard,
  },
  {
    entity: 'IBAN_CODE', // GB82 WEST 1234 5698 7654 32
    pattern: /[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}/y,
    score: 1,
    measure: measureIban,
  },
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
  {
    entity: 'IP_ADDRESS', // 203.0.113.7
    pattern: /(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\d.])/y,
    score: 0.6,
    byDefault: false,
  },
  {
    entity: 'MAC_ADDRESS', // 00:1B:44:11:3A:B7
    pattern: /[0-9A-Fa-f]{2}(?:[:-][0-9A-Fa-f]{2}){5}(?![0-9A-Fa-f:-])/y,
    score: 0.6,
    byDefault: false,
  },
  {
    entity: 'URL', // https://example.com/path
    pattern: /https?:\/\/[^\s"'<>]{1,300}/y,
    score: 0.6,
    byDefault: false,
  },
];
