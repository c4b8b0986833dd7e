import { expect, test } from 'vitest';
import { passesVerhoeff } from '../../../../../core/redaction/checks/verhoeff.ts';

test.each(['2363', '123451', '312345678909', '01234567895'])('holds for %s', (digits) => {
  expect(passesVerhoeff(digits)).toBe(true);
});

test('finds every wrong digit and every pair of neighbours exchanged', () => {
  const digits = '312345678909';
  for (let at = 0; at < digits.length; at++) {
    for (let other = 1; other < 10; other++) {
      const wrong = `${digits.slice(0, at)}${(Number(digits[at]) + other) % 10}${digits.slice(at + 1)}`;
      expect(passesVerhoeff(wrong)).toBe(false);
    }
    const [one = '', two = ''] = digits.slice(at);
    if (two !== '' && one !== two)
      expect(passesVerhoeff(`${digits.slice(0, at)}${two}${one}${digits.slice(at + 2)}`)).toBe(false);
  }
});
