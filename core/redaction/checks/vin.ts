/** Vehicle identification numbers (ISO 3779; check digit of 49 CFR 565.15, which China's GB 16735 shares). */

const LETTERS = 'ABCDEFGH JKLMN P R STUVWXYZ';
const LETTER_VALUES = '12345678 12345 7 9 23456789';
const WEIGHTS = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
const CHECK_DIGIT = 8;

/** Whether the ninth of 17 characters in upper case is the check digit of the others. */
export const isVin = (vin: string): boolean => {
  let sum = 0;
  for (const [index, weight] of WEIGHTS.entries()) {
    const letter = LETTERS.indexOf(vin.charAt(index));
    sum += weight * Number(letter < 0 ? vin.charAt(index) : LETTER_VALUES.charAt(letter));
  }
  return '0123456789X'.charAt(sum % 11) === vin.charAt(CHECK_DIGIT);
};
