import { expect, test } from 'vitest';
import { foundOf, testDetectors } from '../../../../support/detector-cases.ts';

testDetectors([
  {
    entity: 'DE_TAX_ID',
    valid: ['86095742719', '86 095 742 719', '47036892816', '65929970489'],
    invalid: ['11111111111', '06095742719', '8609574271', '11122345676'],
    checked: true,
    byDefault: { after: ['Steuer-ID', 'IdNr.', 'Steueridentifikationsnummer'] },
  },
  {
    entity: 'DE_TAX_NUMBER',
    valid: ['93/815/08152', '181/815/08155', '2893081508152', '5133081508159', '0981508150999'],
    invalid: ['9981508150999', '1/2/3', '12/34/5678', '2893181508152'],
    byDefault: { after: ['Steuernummer', 'St.-Nr.', 'Finanzamt'] },
  },
  {
    entity: 'DE_VAT_ID',
    valid: ['DE136695976', 'DE 136 695 976', 'de136695976'],
    invalid: ['DE13669597', 'FR136695976'],
    checked: true,
    byDefault: 'never',
  },
  {
    entity: 'DE_PASSPORT',
    valid: ['C01X00T41', 'f12345671', 'CZ6311T03'],
    invalid: ['A01234567', 'C0123456A', '901234567', 'IOQSUBDE1'],
    checked: true,
    byDefault: { after: ['Reisepass', 'Passport'] },
  },
  {
    entity: 'DE_ID_CARD',
    valid: ['T220001293', 'L01X00T44', 'l01x00t471'],
    invalid: ['A01X00T44', 'L01X00T4'],
    byDefault: { after: ['Personalausweis', 'Ausweisnummer'] },
  },
  {
    entity: 'DE_SOCIAL_SECURITY',
    valid: ['15070649C103', '15 070649 C 103', '65070803a019'],
    invalid: ['15420649C103', '15850649C103', '15070049C103', '15071349C103', '150706491103'],
    checked: true,
    byDefault: 'alone',
  },
  {
    entity: 'DE_HEALTH_INSURANCE',
    valid: ['A123456780', 'M123456785', 'z999999997'],
    invalid: ['1123456780', 'A12345678'],
    checked: true,
    byDefault: { after: ['KVNR', 'Krankenversichertennummer', 'eGK'] },
  },
  {
    entity: 'DE_LANR',
    valid: ['123456601', '838382202'],
    invalid: ['123456701', '123456600', '12345660'],
    byDefault: { after: ['LANR', 'Arztnummer'] },
  },
  {
    entity: 'DE_BSNR',
    valid: ['721234500', '021234568'],
    invalid: ['001234567', '02123456', '0212345689'],
    byDefault: { after: ['BSNR', 'Betriebsstättennummer'] },
  },
  {
    entity: 'DE_HANDELSREGISTER',
    valid: ['HRB 12345', 'HRA123', 'hrb 999999', 'HRB 12345 B'],
    invalid: ['HR 12345', 'HRC 12345', 'HRB 1234567'],
    byDefault: 'never',
  },
  {
    entity: 'DE_FUEHRERSCHEIN',
    valid: ['BO12345678A', 'MU123456785', 'B072RRE2I55'],
    invalid: ['12345678901', 'B12345678A', 'BO12345678'],
    byDefault: { after: ['Führerschein', 'Fahrerlaubnis Nr.', 'driving licence'] },
  },
  {
    entity: 'DE_KFZ',
    valid: ['B-AB 1234', 'HH AB 1234', 'MIL EF 1234E', 'KA-EF-12H', 'MÜ-X 7'],
    invalid: ['B 1234', 'BXYZ AB 1234', 'B-AB 0123', 'BAB1234'],
    byDefault: 'never',
  },
  { entity: 'DE_PLZ', valid: ['10115', '01067'], invalid: ['00123', '1011', '101155'], byDefault: 'never' },
]);

test('number plates without separators count where they are announced', () => {
  expect(foundOf('DE_KFZ', 'Kennzeichen: BAB1234')).toEqual(['BAB1234']);
});

test('documents count as they are printed, without a check digit, where they are announced', () => {
  expect(foundOf('DE_PASSPORT', 'Reisepass-Nr.: C01X00T47')).toEqual(['C01X00T47']);
  expect(foundOf('DE_ID_CARD', 'Personalausweis: L01X00T47')).toEqual(['L01X00T47']);
  expect(foundOf('DE_ID_CARD', 'L01X00T47')).toEqual([]);
});
