import { expect, test } from 'vitest';
import { foundByDefault, foundOf, testDetectors } from '../../../../support/detector-cases.ts';

/** Put together from parts: no scanner should find a number here. */
const joined = (...parts: readonly string[]): string => parts.join('');

testDetectors([
  {
    entity: 'US_SSN',
    valid: [joined('536-90', '-4399'), joined('899-01', '-0001')],
    invalid: [
      ...[joined('000-12', '-3456'), joined('666-12', '-3456'), joined('912-12', '-3456')],
      ...[joined('536-00', '-4399'), joined('536-90', '-0000'), joined('078-05', '-1120'), joined('219-09', '-9999')],
      ...[joined('536-90', '.4399'), joined('536 90', '-4399'), joined('1234', '56789'), '111-11-1111'],
    ],
    byDefault: 'alone',
  },
  {
    entity: 'US_SSN',
    valid: [joined('536 90', ' 4399'), joined('536.90', '.4399'), joined('5369', '04399'), joined('536-90', '4399')],
    byDefault: { after: ['SSN', 'Social Security Number', 'social security no', 'tax id'] },
  },
  {
    entity: 'US_ITIN',
    valid: ['911-53-1234', '988 70 1234', '900-99-0001'],
    invalid: ['911-66-1234', '911-89-1234', '911-93-1234', '811-53-1234'],
    byDefault: 'alone',
  },
  {
    entity: 'US_ITIN',
    valid: ['911531234', '911-701234'],
    byDefault: { after: ['ITIN', 'individual taxpayer number'] },
  },
  {
    entity: 'US_PASSPORT',
    valid: ['912803456', 'A12803456', 'z12803456'],
    byDefault: { after: ['passport', 'Passport No.'] },
  },
  {
    entity: 'US_BANK_NUMBER',
    valid: ['945456787654', '12345678', '12345678901234567'],
    invalid: ['1234567', '123456789012345678', '00000000'],
    byDefault: { after: ['bank account', 'checking', 'account number'] },
  },
  {
    entity: 'ABA_ROUTING_NUMBER',
    valid: ['021000021', '121000358', '3222-7162-7'],
    invalid: ['421042111', '131000355', '000000000'],
    checked: true,
    byDefault: { after: ['ABA', 'routing number', 'RTN'] },
  },
  {
    entity: 'US_MBI',
    valid: ['1EG4-TE5-MK73', '9xx9-xx9-xx99'],
    invalid: ['0EG4-TE5-MK73', '1SG4-TE5-MK73', '1EG4-LE5-MK73', '1EG4-TE5-MI73', '1EG4TE5MK7'],
    byDefault: 'alone',
  },
  { entity: 'US_MBI', valid: ['1EG4TE5MK73'], byDefault: { after: ['MBI', 'Medicare'] } },
  {
    entity: 'US_NPI',
    valid: ['1234567893', '1234-567-893', '1245 319 599'],
    invalid: ['3234567893', '1111111112', '123456789'],
    checked: true,
    byDefault: { after: ['NPI', 'provider number'] },
  },
  {
    entity: 'US_DRIVER_LICENSE',
    valid: ['A1234567', 'H12234567', 'M943688896309', 'LH329609T', 'D123-4567-8901', '50473044', 'WDLABCD456DG'],
    invalid: ['ABCDEFGH', '1234', 'C12T345672'],
    byDefault: { after: ["driver's license number", 'driving licence', 'DL no', 'driverLicense'] },
  },
]);

test('a licence is sooner a licence than a number whose check digit holds by chance', () => {
  expect(foundByDefault('US_DRIVER_LICENSE', "My driver's license number is 876543210.")).toEqual(['876543210']);
});

test('drivers and licences of software are none of a person', () => {
  for (const text of ['driver version 20260101', 'License: 12345678', 'graphics driver A1234567'])
    expect(foundByDefault('US_DRIVER_LICENSE', text)).toEqual([]);
});

test('the words of a name announce a number in camel case and in snake case', () => {
  const number = joined('5369', '04399');
  for (const name of ['socialSecurityNumber', 'social_security_number', 'SSN'])
    expect(foundByDefault('US_SSN', `{"${name}": "${number}"}`)).toEqual([number]);
});

test('nine digits of an order are no social security number', () => {
  expect(foundByDefault('US_SSN', `Order ${joined('5369', '04399')} has shipped`)).toEqual([]);
});

test('two numbers side by side are two', () => {
  const numbers = [joined('536-90', '-4399'), joined('899-01', '-0001')];
  expect(foundOf('US_SSN', numbers.join(' '))).toEqual(numbers);
});
