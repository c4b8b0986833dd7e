import { describe, expect, test } from 'vitest';
import { createRedactor } from '../../../../core/redaction/index.ts';
import { PRIVATE_VALUES } from '../../../support/private-values.ts';

const { redact, stream } = createRedactor();
const key = ['AKIA', 'Q3K7XW2M5TZ4RJ6N'].join('');
const email = ['ada', 'example.com'].join('@');

const inUnits = (text: string): string => {
  const { push, end } = stream();
  return [...text].map(push).join('') + end();
};

describe('a value begins', () => {
  test.each([
    '%22',
    '%3D',
    '%3d',
    '\\u0022',
    '\\u003D',
    '\\x22',
    '\\n',
    '\\t',
    '\\\\n',
    '\\0',
    '\\',
    '\\\\',
    '%',
    '%%',
  ])('right after %s', (before) => {
    for (const start of ['', 'a', ' ']) {
      const text = `${start}${before}${key} `;
      expect(redact(text).text).toBe(`${start}${before}[SECRET_1] `);
      expect(inUnits(text)).toBe(`${start}${before}[SECRET_1] `);
    }
  });

  test.each(['a', '7', '%2', '%2G', '\\u002', '\\x2', '\\uAKIA', '%a7b'])(
    'not within a run of letters and digits: %s',
    (before) => {
      const text = `${before}${key} `;
      expect(redact(text).text).toBe(text);
      expect(inUnits(text)).toBe(text);
    },
  );

  test('after the letter of an escape, which is no part of it', () => {
    expect(redact(`\\n${email}\\n`).text).toBe('\\n[EMAIL_ADDRESS_1]\\n');
    expect(redact(`\\A${email}`).text).toBe('\\[EMAIL_ADDRESS_1]');
  });

  test.each(PRIVATE_VALUES)('in the middle of an address: $entity $rule #%#', ({ entity, value }) => {
    expect(redact(`?q=%22${value}%22&r=1`).findings[0]).toMatchObject({ entity });
  });
});

test.each(['%41', '\\u0041', '\\x41', '%', '\\', 'a\\'])('takes time in proportion to many of %s', (unit) => {
  const time = (length: number): number => {
    const text = unit.repeat(length / unit.length);
    const start = performance.now();
    redact(text);
    return performance.now() - start;
  };
  time(20_000);
  expect(time(240_000) / Math.max(1, time(30_000))).toBeLessThan(30);
});
