import { testDetectors } from '../../../../support/detector-cases.ts';

testDetectors([
  {
    entity: 'FR_NIR',
    valid: ['1 85 05 78 006 084 91', '2 55 08 14 168 025 38'],
    invalid: ['1 85 13 78 006 084 91', '9 85 05 78 006 084 91', '1 85 05 78 006 084'],
    checked: true,
    byDefault: 'alone',
  },
  {
    entity: 'FR_NIR',
    valid: ['255081416802538', '185057800608491'],
    checked: true,
    byDefault: { after: ['NIR', 'Sécurité sociale'] },
  },
  {
    entity: 'NL_BSN',
    valid: ['111222333', '123456782'],
    invalid: ['999999999', '12345678'],
    checked: true,
    byDefault: { after: ['BSN', 'Burgerservicenummer'] },
  },
  {
    entity: 'BE_NATIONAL_NUMBER',
    valid: ['85.07.30-033.28', '17.07.30-033.84'],
    invalid: ['85.13.30-033.28', '85.07.32-033.28'],
    checked: true,
    byDefault: 'alone',
  },
  {
    entity: 'BE_NATIONAL_NUMBER',
    valid: ['85073003328'],
    checked: true,
    byDefault: { after: ['Rijksregisternummer', 'NISS'] },
  },
  {
    entity: 'CH_AHV',
    valid: ['756.9217.0769.85', '7569217076985'],
    invalid: ['755.9217.0769.85', '756.9217.0769.8'],
    checked: true,
    byDefault: 'alone',
  },
  {
    entity: 'AT_SVNR',
    valid: ['1237 010180', '1237010180'],
    invalid: ['1238 010180', '1237 320180', '0237 010180'],
    byDefault: { after: ['SVNR', 'Sozialversicherungsnummer'] },
  },
  {
    entity: 'PL_PESEL',
    checked: true,
    valid: ['44051401458', '02070803628'],
    invalid: ['44051401459', '11111411111', '44-051401458', '1234567890'],
    byDefault: { after: ['PESEL'] },
  },
]);
