import { expect, test } from 'vitest';
import { EUROPEAN_DETECTORS } from '../../core/redaction/detectors/personal/europe.ts';
import { EVERYWHERE_DETECTORS } from '../../core/redaction/detectors/personal/everywhere.ts';
import { createRedactor } from '../../core/redaction/index.ts';
import { timeOf } from '../support/time-of.ts';

const entities = [...new Set([...EVERYWHERE_DETECTORS, ...EUROPEAN_DETECTORS].map(({ entity }) => entity))];
const redactor = createRedactor({ entities });

/** What begins like a value again and again, and is none; and addresses, whose checksum is the dearest. */
const HOSTILE = [
  '12 ',
  '1234 ',
  '1234-',
  '1.',
  'a.',
  'a:',
  '::',
  'a@b.',
  'http://',
  'GB82 ',
  '12345678901 ',
  '4111111111111112 ',
  '12/345/6789 ',
  'X1234567 ',
  'security code ',
  'SWIFT code of the ',
  'may 1 ',
  `${['16Yeky6GMjeNkAiN', 'cBY7ZhrLoMSgg1BoyX'].join('')} `,
];

test.each(HOSTILE)('personal detectors take time in proportion to a hostile text of %j', (unit) => {
  const text = (length: number): string => unit.repeat(length / unit.length);
  redactor.detect(text(20_000));
  // Eight times the text: quadratic detectors would need 64 times as long.
  const limit =
    30 *
    Math.max(
      2,
      timeOf(() => redactor.detect(text(20_000))),
    );
  expect(timeOf(() => redactor.detect(text(160_000)), limit)).toBeLessThan(limit);
});

test.each(entities)('the placeholder of %s is found by none of them', (entity) => {
  for (const number of [1, 42, 1234, 10_000]) expect(redactor.detect(`pin: [${entity}_${number}], age`)).toEqual([]);
});
