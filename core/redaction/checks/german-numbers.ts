/** Check digits of Germany's numbers of persons. */

import { passesMod11And10 } from './iso-7064.ts';
import { crossSum } from './weighted.ts';

/** ISO 7064 mod 11,10; of the first ten digits, one stands there at most three times, and not three times on end. */
export const isTaxId = (digits: string): boolean =>
  passesMod11And10(digits) &&
  !/(\d)\1\1/.test(digits.slice(0, 10)) &&
  [...'0123456789'].every((digit) => digits.slice(0, 10).split(digit).length <= 4);

/** ISO 7064 mod 11,10 behind the letters DE. */
export const isVatId = (text: string): boolean => passesMod11And10(text.slice(2));

/** A letter as the two digits of its place in the alphabet: A is 01. */
const letterAsDigits = (letter: string): string => String(letter.charCodeAt(0) - 64).padStart(2, '0');

const INSURANCE = /^(\d{8})([A-Z])(\d{2})(\d)$/; // 15070649 C 10 3

/** Source: Deutsche Rentenversicherung, VKVV section 4. A second number for one birthday has a day above 50. */
export const isPensionInsurance = (text: string): boolean => {
  const [, front = '', letter = '', serial = '', check] = INSURANCE.exec(text) ?? [];
  const day = Number(front.slice(2, 4)) % 50;
  const month = Number(front.slice(4, 6));
  const sum = crossSum(front + letterAsDigits(letter) + serial, [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1]);
  return (
    day >= 1 && day <= 31 && Number(front.slice(2, 4)) <= 81 && month >= 1 && month <= 12 && sum % 10 === Number(check)
  );
};

/** Source: GKV-Spitzenverband, Krankenversichertennummer: weights 1 and 2 over letter and eight digits. */
export const isHealthInsurance = (text: string): boolean =>
  crossSum(letterAsDigits(text.charAt(0)) + text.slice(1, 9), [1, 2]) % 10 === Number(text.slice(9));

/** Source: KBV, Arztnummern directive, 3: weights 4 and 9 over six digits. */
export const isDoctor = (digits: string): boolean => {
  let sum = 0;
  for (let index = 0; index < 6; index++) sum += Number(digits[index]) * (index % 2 === 0 ? 4 : 9);
  return (10 - (sum % 10)) % 10 === Number(digits[6]);
};
