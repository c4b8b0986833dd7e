/** The remainder by 97 of a number of any length: ISO 7064 mod 97-10, IBAN, and the check digits of France and Belgium. */

/** Remainder by 97 of `text`, its letters (either case) read as the numbers 10 to 35. */
export const mod97 = (text: string): number => {
  let remainder = 0;
  for (const character of text) {
    const value = Number.parseInt(character, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder;
};
