/** Checksums and formats that prove a number to be what it looks like. */

const digitsOf = (text: string): string => text.replaceAll(/\D/g, '');

/** Luhn's check digit (ISO/IEC 7812-1, annex B). */
export const passesLuhn = (digits: string): boolean => {
  let sum = 0;
  for (let index = 0; index < digits.length; index++) {
    const digit = digits.charCodeAt(digits.length - 1 - index) - 48;
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
};

/** Issuer ranges with their lengths (ISO/IEC 7812 registrants): a run of digits is no card by Luhn alone. */
const ISSUERS: readonly RegExp[] = [
  /^4(?:\d{12}|\d{15}|\d{18})$/, // Visa 4111111111111111
  /^(?:5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12})$/, // Mastercard 5555555555554444
  /^3[47]\d{13}$/, // American Express 378282246310005
  /^(?:6011\d{12,15}|65\d{14,17}|64[4-9]\d{13,16})$/, // Discover 6011111111111117
  /^35(?:2[89]|[3-8]\d)\d{12,15}$/, // JCB 3530111333300000
  /^3(?:0[0-5]|[68]\d)\d{11}$/, // Diners 30569309025904
  /^62\d{14,17}$/, // UnionPay 6200000000000005
];

/** Whether digits are a payment card's: a known issuer and Luhn's check digit. */
export const isCard = (digits: string): boolean => ISSUERS.some((issuer) => issuer.test(digits)) && passesLuhn(digits);

const RUN_END = /\d(?!\d)/g; // the last digit of each run

/** Length of a card number at the start of `match`, separators included: other digits may follow it. */
export const measureCard = (match: string): number => {
  for (const { index } of match.matchAll(RUN_END)) if (isCard(digitsOf(match.slice(0, index + 1)))) return index + 1;
  return 0;
};

/** IBAN lengths by country (SWIFT IBAN registry, release 99). */
const IBAN_LENGTHS: Readonly<Record<string, number>> = Object.fromEntries(
  (
    'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 FI18 ' +
    'FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 ' +
    'LU20 LV21 MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SE24 SI19 ' +
    'SK24 SM27 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20'
  )
    .split(' ')
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);

/** ISO 7064 mod 97-10 over an IBAN without spaces. */
const passesMod97 = (iban: string): boolean => {
  let remainder = 0;
  for (const character of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder === 1;
};

/** Length of an IBAN at the start of `match`, spaces included. */
export const measureIban = (match: string): number => {
  const length = IBAN_LENGTHS[match.slice(0, 2)] ?? 0;
  let seen = 0;
  let end = 0;
  while (end < match.length && seen < length) {
    if (match[end] !== ' ') seen += 1;
    end += 1;
  }
  const iban = match.slice(0, end).replaceAll(' ', '');
  return length > 0 && iban.length === length && passesMod97(iban) ? end : 0;
};

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
