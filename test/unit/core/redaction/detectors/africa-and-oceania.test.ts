import { testDetectors } from '../../../../support/detector-cases.ts';

testDetectors([
  {
    entity: 'NG_NIN',
    valid: ['01234567895', '12345678902', '55512345672'],
    invalid: ['1234567890', '123456789012', '00000000000'],
    checked: true,
    byDefault: { after: ['NIN', 'national identification number'] },
  },
  {
    entity: 'NG_VEHICLE_REGISTRATION',
    valid: ['ABC-123DE', 'ABC 123 DE', 'ABC123DE', 'AB 123 CDE'],
    invalid: ['AB-12-CD', 'ABC-12DE'],
    byDefault: 'never',
  },
  {
    entity: 'ZA_ID_NUMBER',
    valid: ['8001015009087', '0002294321191', '9912316789285', '0001015002288'],
    invalid: ['9902294321191', '9913326789285', '8001015009176', '8001015000076'],
    checked: true,
    byDefault: { after: ['South African ID', 'RSA ID', 'identity number'] },
  },
  { entity: 'ZA_ID_NUMBER', valid: ['800101 5009 087'], checked: true, byDefault: 'alone' },
  {
    entity: 'AU_ABN',
    valid: ['51 824 753 556', '51824753556'],
    invalid: ['51 824 753 55', '00 000 000 000'],
    checked: true,
    byDefault: { after: ['ABN'] },
  },
  {
    entity: 'AU_ACN',
    valid: ['005 499 981', '006249976', '000-000-019'],
    invalid: ['000 000 000', '123 456\n789'],
    checked: true,
    byDefault: { after: ['ACN', 'Australian Company Number'] },
  },
  {
    entity: 'AU_MEDICARE',
    valid: ['2123 45670 1', '2123456701', '2123 45670 1/2'],
    invalid: ['2123 45671 1', '1123 45670 1', '7123 45670 1'],
    byDefault: { after: ['Medicare'] },
  },
  {
    entity: 'AU_TFN',
    valid: ['876 543 210', '876543210', '876-543-210'],
    invalid: ['000 000 000', '824 753 557'],
    checked: true,
    byDefault: { after: ['TFN', 'tax file number'] },
  },
  {
    entity: 'NZ_IRD',
    valid: ['49-091-850', '49091850', '35-901-981', '136-410-132'],
    invalid: ['09-091-850', '999-999-999'],
    checked: true,
    byDefault: { after: ['IRD', 'Inland Revenue'] },
  },
]);
