import { expect, test } from 'vitest';
import { foundOf, testDetectors } from '../../../../support/detector-cases.ts';

testDetectors([
  {
    entity: 'UK_NHS',
    valid: ['9434765919', '943 476 5919', '401-023-2137'],
    invalid: ['9434765918', '943 476', '1111111111', '94347659190'],
    checked: true,
    byDefault: { after: ['NHS number', 'NHS'] },
  },
  {
    entity: 'UK_NINO',
    valid: ['AB123456C', 'AB 12 34 56 C', 'JG 121316 A'],
    invalid: ['BG123456A', 'DA123456A', 'AO123456A', 'AB123456E', 'AB12345C', 'QQ123456C'],
    byDefault: 'alone',
  },
  { entity: 'UK_NINO', valid: ['ab123456c'], byDefault: { after: ['national insurance', 'NINO'] } },
  {
    entity: 'UK_PASSPORT',
    valid: ['GB1234567', 'ab7654321'],
    invalid: ['A12345678', 'AB123456', 'AB12345678', '123456789'],
    byDefault: { after: ['passport', 'Passport number'] },
  },
  {
    entity: 'UK_POSTCODE',
    valid: ['SW1A 1AA', 'EC1A1BB', 'M1 1AE', 'B33 8TH', 'CR2 6XH', 'DN55 1PT', 'W1A 0AX', 'GIR 0AA', 'sw1a 2aa'],
    invalid: ['QA1 1AA', 'M1 1AC', 'AI1 1AA', 'SW1A 1A', '12 345'],
    byDefault: 'never',
  },
  {
    entity: 'UK_DRIVING_LICENCE',
    valid: ['MORGA657054SM9IJ', 'MORGA 657054 SM9IJ', 'morga753116sm9ij', 'FOX99801015J99AB 35'],
    invalid: ['MORGA677054SM9IJ', 'MORGA657354SM9IJ', 'M9RGA657054SM9IJ', 'MORGA65705SM9IJ'],
    byDefault: 'alone',
  },
  {
    entity: 'UK_VEHICLE_REGISTRATION',
    valid: ['AB12 CDE', 'LB07SEO', 'BD51 SMR', 'A123 BCD', 'ABC 123D', 'AIZ 1234'],
    invalid: ['AB01 CDE', 'AB99 CDE', 'AB12 CDI', 'AB1 CD'],
    byDefault: 'never',
  },
  {
    entity: 'UK_UNIQUE_TAXPAYER_REFERENCE_NUMBER',
    valid: ['1123456789', '11234 56789'],
    invalid: ['2123456789', '1111111111'],
    byDefault: { after: ['UTR', 'Unique taxpayer reference', 'Self assessment'] },
  },
]);

test('a taxpayer reference is proved by its first digit', () => {
  const found = [...'0123456789'].filter(
    (first) => foundOf('UK_UNIQUE_TAXPAYER_REFERENCE_NUMBER', `${first}445566778`).length > 0,
  );
  expect(found).toHaveLength(1);
});
