/** Phone numbers on hostile text: the cost grows with the length, and a match that is measured stays within itself. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PHONE_DETECTORS } from '../../core/redaction/detectors/personal/phone.ts';
import { createRedactor } from '../../core/redaction/index.ts';
import { timeOf } from '../support/time-of.ts';

const redactor = createRedactor({ entities: ['PHONE_NUMBER'] });

describe('phone numbers', () => {
  test.each([
    ...[
      '+1',
      '1-',
      '(2',
      '1 1 1 ',
      '22 22 ',
      '020 79 ',
      '12.',
      '+1 212 555 ',
      '+99 999 999 999 ',
      '(22) ',
      '+12125550123 ',
    ],
    ...['call 1 1 ', 'phone phone ', 'tel 22 22 22 ', '555 0123 x', '0', '+', '1234567 office '],
  ])('cost in proportion to the length of %j', (unit) => {
    const of = (length: number): string => unit.repeat(Math.ceil(length / unit.length));
    redactor.detect(of(20_000));
    const limit =
      24 *
      Math.max(
        1,
        timeOf(() => redactor.detect(of(25_000))),
      ); // eight times the text, and other load
    expect(timeOf(() => redactor.detect(of(200_000)), limit)).toBeLessThan(limit);
  });

  const likely = fc.array(fc.constantFrom(...'0123456789', ...'+-() ./x#', 'call ', 'tel ', ' fax', '\n'), {
    maxLength: 40,
  });

  test('measure no more than their match', () => {
    fc.assert(
      fc.property(likely, (parts) => {
        const text = parts.join('');
        for (const { pattern, measure } of PHONE_DETECTORS) {
          pattern.lastIndex = 0;
          const found = pattern.exec(text);
          const value = found?.groups?.['value'] ?? found?.[0] ?? '';
          expect(measure?.(value) ?? 0).toBeLessThanOrEqual(value.length);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('are found whole: what is left of a text holds none', () => {
    fc.assert(
      fc.property(likely, (parts) => {
        const { text } = redactor.redact(parts.join(''));
        expect(redactor.redact(text).text.replaceAll(/_\d+\]/g, '')).toBe(text.replaceAll(/_\d+\]/g, ''));
      }),
      { numRuns: 1000 },
    );
  });
});
