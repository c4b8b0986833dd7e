import {
  getCountries,
  getCountryCallingCode,
  getExampleNumber,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import { expect, test } from 'vitest';
import {
  hasInternationalLength,
  isInternationalNumber,
  isNationalNumber,
  NORTH_AMERICA,
} from '../../../../../core/redaction/checks/phone-plan.ts';

/** Each country's example, and the same with one digit changed, one more and one less. */
const numbersOf = (national: string): string[] => [
  national,
  `${national}7`,
  national.slice(0, -1),
  ...Array.from(
    national,
    (digit, at) => `${national.slice(0, at)}${(Number(digit) + 3) % 10}${national.slice(at + 1)}`,
  ),
];

test.each(getCountries())('says of numbers of %s what libphonenumber says', (country) => {
  const code = getCountryCallingCode(country);
  const sharing = getCountries().filter((other) => getCountryCallingCode(other) === code);
  const example = getExampleNumber(country, examples)?.nationalNumber ?? '212345678';
  for (const national of numbersOf(example)) {
    const theirs = parsePhoneNumberFromString(`+${code}${national}`)?.isValid() === true;
    expect([national, isInternationalNumber(`${code}${national}`)]).toEqual([national, theirs]);
    if (national.startsWith('0')) continue; // 00 would dial abroad
    const within = parsePhoneNumberFromString(`0${national}`, country)?.isValid() === true;
    if (within) expect([national, isNationalNumber(`0${national}`, sharing)]).toEqual([national, true]);
  }
});

test('knows numbers of no country', () => {
  expect(isInternationalNumber('80012345678')).toBe(true);
  expect(isInternationalNumber('999123456789')).toBe(false);
});

test('knows lengths apart from area codes', () => {
  expect(hasInternationalLength('10543531726')).toBe(true);
  expect(isInternationalNumber('10543531726')).toBe(false);
  expect(hasInternationalLength('1054353172')).toBe(false);
  expect(hasInternationalLength('')).toBe(false);
});

test('knows countries by what is dialled within them', () => {
  expect(isNationalNumber('02079460958', ['GB'])).toBe(true);
  expect(isNationalNumber('02079460958', ['US'])).toBe(false);
  expect(isNationalNumber('12125550123', NORTH_AMERICA)).toBe(true);
  expect(isNationalNumber('02079460958', ['ZZ'])).toBe(false);
});
