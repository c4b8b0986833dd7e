import { expect, test } from 'vitest';
import { foundOf, testDetectors } from '../../../../support/detector-cases.ts';

testDetectors([
  {
    entity: 'FI_PERSONAL_IDENTITY_CODE',
    valid: ['131052-308T', '010594Y9032', '020502E902X', '131052-308t', '010100+003J'],
    invalid: ['131052.308T', '310289-211C', '012245A110G', '131052-001B'],
    checked: true,
    byDefault: 'alone',
  },
  {
    entity: 'SE_PERSONNUMMER',
    valid: ['811228-9874', '19811228-9874', '811228+9874', '670919-9530', '701063-2391', '8112289874'],
    invalid: ['811328-9874', '811231-0000', '19810230-9874'],
    checked: true,
    byDefault: { after: ['Personnummer', 'Samordningsnummer'] },
  },
  {
    entity: 'SE_ORGANISATIONSNUMMER',
    valid: ['556703-7485', '5567037485', '212000-0142', '16556703-7485'],
    invalid: ['19000309-3393', '551203-7485', '456703-7485'],
    checked: true,
    byDefault: { after: ['Organisationsnummer', 'Org.nr'] },
  },
  {
    entity: 'DK_CPR',
    valid: ['251248-4916', '2512484916', '010107-1234'],
    invalid: ['320761-4285', '071361-4285', '300261-4285', '300248-4916'],
    byDefault: { after: ['CPR', 'CPR-nummer'] },
  },
  {
    entity: 'NO_FODSELSNUMMER',
    valid: ['010100 12356'],
    invalid: ['32010012356', '01013012356'],
    checked: true,
    byDefault: 'alone',
  },
  {
    entity: 'NO_FODSELSNUMMER',
    valid: ['01010012356'],
    checked: true,
    byDefault: { after: ['Fødselsnummer', 'fnr.'] },
  },
  {
    entity: 'IE_PPS',
    valid: ['1234567T', '1234567FA', '1234567t'],
    invalid: ['123456T', '1234567X'],
    byDefault: { after: ['PPS', 'PPSN'] },
  },
]);

test('one check letter of an Irish number is right', () => {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVW'];
  expect(letters.filter((letter) => foundOf('IE_PPS', `7654321${letter}`).length > 0)).toHaveLength(1);
  expect(letters.filter((letter) => foundOf('IE_PPS', `7654321${letter}A`).length > 0)).toHaveLength(1);
});
