/** Verhoeff's check digit, over the dihedral group D5: Aadhaar, Nigeria's NIN. Source: J. Verhoeff, "Error Detecting Decimal Codes", 1969. */

const PRODUCT = [
  '0123456789',
  '1234067895',
  '2340178956',
  '3401289567',
  '4012395678',
  '5987604321',
  '6598710432',
  '7659821043',
  '8765932104',
  '9876543210',
];

const PERMUTATION = [
  '0123456789',
  '1576283094',
  '5803796142',
  '8916043527',
  '9453126870',
  '4286573901',
  '2793806415',
  '7046913258',
];

/** Whether the last of `digits` is Verhoeff's check digit of those before it. */
export const passesVerhoeff = (digits: string): boolean => {
  let check = 0;
  for (let index = 0; index < digits.length; index++) {
    const digit = Number(digits.charAt(digits.length - 1 - index));
    const permuted = Number(PERMUTATION[index % PERMUTATION.length]?.charAt(digit));
    check = Number(PRODUCT[check]?.charAt(permuted));
  }
  return check === 0;
};
