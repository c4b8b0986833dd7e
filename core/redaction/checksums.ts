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
