/** Checksums and formats that prove a number to be what it looks like. */

const digitsOf = (text: string): string => text.replaceAll(/\D/g, '');

/** Length of a US social security number that can have been issued (SSA: no area 000, 666, 9xx; no group 00; no serial 0000). */
export const measureSsn = (match: string): number =>
  /^(?:000|666|9)/.test(match) || match.slice(4, 6) === '00' || match.slice(7) === '0000' ? 0 : match.length;

/** Length of an international phone number of 8 to 15 digits (ITU-T E.164). */
export const measurePhone = (match: string): number => {
  const count = digitsOf(match).length;
  return count >= 8 && count <= 15 ? match.length : 0;
};

/** Shannon entropy of a text in bits for a character. */
const entropyOf = (text: string): number => {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let entropy = 0;
  for (const count of counts.values()) entropy -= (count / text.length) * Math.log2(count / text.length);
  return entropy;
};

/** Least entropy of an assigned secret: words and placeholders stay below it. */
const MIN_ENTROPY = 2.9;

/** Whether an assigned value looks made by a machine or chosen as a password: letters and digits, and unordered. */
export const looksSecret = (value: string): boolean =>
  /[A-Za-z]/.test(value) && /\d/.test(value) && !/^[[<{$%]/.test(value) && entropyOf(value) >= MIN_ENTROPY;
