/** Check characters of ISO/IEC 7064. */

import { digitValue } from './weighted.ts';

/** Hybrid system mod 11,10: German tax id and VAT id, Croatian OIB. `digits` end with the check digit. */
export const passesMod11And10 = (digits: string): boolean => {
  let product = 10;
  for (let index = 0; index < digits.length - 1; index++) {
    const sum = (digitValue(digits.charAt(index)) + product) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return digits.length > 1 && (digitValue(digits.slice(-1)) + product) % 10 === 1;
};

const CHECKS_OF_MOD_11 = '0123456789X';

/** Pure system mod 11-2: Chinese resident id, ISNI, ORCID. `text` ends with the check character, 0 to 9 or X. */
export const passesMod11And2 = (text: string): boolean => {
  let remainder = 0;
  for (const digit of text.slice(0, -1)) remainder = ((remainder + digitValue(digit)) * 2) % 11;
  return CHECKS_OF_MOD_11.charAt((12 - remainder) % 11) === text.slice(-1).toUpperCase();
};

/** Hybrid system mod 37,36 over digits and letters: Global Release Identifier. */
export const passesMod37And36 = (text: string): boolean => {
  let product = 36;
  for (const character of text.slice(0, -1)) {
    const sum = (digitValue(character) + product) % 36 || 36;
    product = (sum * 2) % 37;
  }
  return text.length > 1 && (digitValue(text.slice(-1)) + product) % 36 === 1;
};
