/** Luhn's check digit (ISO/IEC 7812-1, annex B): cards, IMEI, SIN, NPI, SIREN, personnummer. */

/** Whether the last of `digits` is Luhn's check digit of those before it. */
export const passesLuhn = (digits: string): boolean => {
  let sum = 0;
  for (let index = 0; index < digits.length; index++) {
    const digit = digits.charCodeAt(digits.length - 1 - index) - 48;
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
};
