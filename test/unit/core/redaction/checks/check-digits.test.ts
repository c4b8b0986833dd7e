import { expect, test } from 'vitest';
import { isDay, isDayOfAnyCentury } from '../../../../../core/redaction/checks/calendar.ts';
import { passesIcao } from '../../../../../core/redaction/checks/icao-9303.ts';
import { isIpv4, isIpv6 } from '../../../../../core/redaction/checks/ip-address.ts';
import { passesMod11And2, passesMod11And10, passesMod37And36 } from '../../../../../core/redaction/checks/iso-7064.ts';
import { passesLuhn } from '../../../../../core/redaction/checks/luhn.ts';
import { mod97 } from '../../../../../core/redaction/checks/mod-97.ts';
import { crossSum, weightedSum } from '../../../../../core/redaction/checks/weighted.ts';

const schemes: readonly (readonly [string, (text: string) => boolean, string, string])[] = [
  ['Luhn', passesLuhn, '0123456789', '7992739871'],
  ['mod 11,10', passesMod11And10, '0123456789', '0794'],
  ['mod 11-2', passesMod11And2, '0123456789X', '0794'],
  ['mod 37,36', passesMod37And36, '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'A12425GABC1234002'],
  ['ICAO 9303', passesIcao, '0123456789', 'L898902C3'],
];

test.each(schemes)('%s passes one check character of all', (_, passes, alphabet, text) => {
  expect([...alphabet].filter((check) => passes(text + check))).toHaveLength(1);
});

test.each(schemes)('%s fails when one character is changed', (name, passes, alphabet, text) => {
  const whole = text + [...alphabet].find((check) => passes(text + check));
  for (let index = 0; index < text.length; index++) {
    const changed = whole[index] === '3' ? '4' : '3';
    // Weights 7, 3 and 1 modulo 10 miss characters that are 10 apart.
    if (name === 'ICAO 9303' && /[A-Z]/.test(whole[index] ?? '')) continue;
    expect(passes(whole.slice(0, index) + changed + whole.slice(index + 1)), `${name} at ${index}`).toBe(false);
  }
});

test('the examples of the standards pass', () => {
  expect(passesLuhn('79927398713')).toBe(true); // ISO/IEC 7812-1
  expect(passesMod11And10('07945')).toBe(true); // ISO/IEC 7064
  expect(passesMod11And2('079X')).toBe(true); // ISO/IEC 7064
  expect(passesMod37And36('A12425GABC1234002M')).toBe(true); // Global Release Identifier
  expect(passesIcao('L898902C36')).toBe(true); // ICAO 9303
  expect(mod97('WEST12345698765432GB82')).toBe(1); // ISO 13616
});

test('sums weigh each character, and weights begin again', () => {
  expect(weightedSum('1A2', [1, 2])).toBe(1 + 20 + 2);
  expect(crossSum('99', [2, 1])).toBe(1 + 8 + 9);
});

test('days are those of the calendar', () => {
  expect(isDay(2024, 2, 29)).toBe(true);
  expect(isDay(1900, 2, 29)).toBe(false);
  expect(isDay(2000, 2, 29)).toBe(true);
  expect([isDay(2023, 0, 1), isDay(2023, 13, 1), isDay(2023, 4, 31), isDay(2023, 4, 0)]).toEqual([
    false,
    false,
    false,
    false,
  ]);
  expect(isDayOfAnyCentury(0, 2, 29)).toBe(true);
});

test('internet addresses are those of the RFCs', () => {
  for (const text of ['0.0.0.0', '255.255.255.255']) expect(isIpv4(text)).toBe(true);
  for (const text of ['256.0.0.1', '1.2.3', '1.2.3.4.5', '1..2.3']) expect(isIpv4(text)).toBe(false);
  for (const text of ['::', '::1', '1::', '2001:db8::1', '1:2:3:4:5:6:7:8', '::ffff:1.2.3.4', '1:2:3:4:5:6:1.2.3.4'])
    expect(isIpv6(text), text).toBe(true);
  for (const text of [
    '1',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1::2::3',
    '1:2:3:4:5:6:7::8',
    '12345::',
    '1.2.3.4::',
    ':1',
  ])
    expect(isIpv6(text), text).toBe(false);
});
