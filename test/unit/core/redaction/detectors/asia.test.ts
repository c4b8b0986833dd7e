import { expect, test } from 'vitest';
import { foundOf, testDetectors } from '../../../../support/detector-cases.ts';

testDetectors([
  {
    entity: 'IN_AADHAAR',
    valid: ['3123 4567 8909', '3998-7654-3211', '3123:4567:8909', '400123456787'],
    invalid: ['1234 5678 9012', '222222222222', '31234567890'],
    checked: true,
    byDefault: { after: ['Aadhaar', 'UIDAI'] },
  },
  {
    entity: 'IN_GSTIN',
    valid: ['27AAPFU0939F1ZV', '27aapfu0939f1zv'],
    invalid: ['39AAPFU0939F1ZV', '27AAPFU0939F1YV', '00AAPFU0939F1ZV'],
    checked: true,
    byDefault: 'alone',
  },
  { entity: 'IN_PAN', valid: ['ABCPD1234Z', 'AAACR5055K'], invalid: ['ABCD1234', 'ABCDEFGHIJ'], byDefault: 'alone' },
  { entity: 'IN_PAN', valid: ['abcpd1234z', 'ABCND1234Z'], byDefault: { after: ['PAN', 'permanent account number'] } },
  {
    entity: 'IN_PASSPORT',
    valid: ['J8369854', 'a20 96457'],
    invalid: ['Q8369854', 'J0369854', 'J8369850'],
    byDefault: { after: ['passport'] },
  },
  {
    entity: 'IN_VEHICLE_REGISTRATION',
    valid: ['KA 01 AB 1234', 'MH12DE1433', 'dl-3c-ay-9324', '22 BH 1234 AA'],
    invalid: ['XX 01 AB 1234', 'KA 01 AB 0000'],
    byDefault: 'never',
  },
  {
    entity: 'IN_VOTER',
    valid: ['KSD1287349', 'uzb2345117'],
    invalid: ['A8923571WZ', 'KSD0000000', 'KSD128734'],
    byDefault: { after: ['voter id', 'EPIC no.'] },
  },
  { entity: 'IN_NREGA', valid: ['RJ-08-012-003-004/125'], invalid: ['RJ-08-012-003/125'], byDefault: 'alone' },
  {
    entity: 'KR_RRN',
    valid: ['900101-1234568'],
    invalid: ['900101-5234568', '901301-1234568', '900230-1234568', '900101-123456'],
    byDefault: 'alone',
  },
  { entity: 'KR_RRN', valid: ['000229-3234567'], byDefault: { after: ['RRN', '주민등록번호'] } },
  { entity: 'KR_RRN', valid: ['9001011234568'], byDefault: { after: ['RRN', '주민등록번호'] } },
  {
    entity: 'KR_FRN',
    valid: ['911124-5678906', '050912-6000012'],
    invalid: ['000402-2214431', '001332-5234567', '051102-9234110'],
    byDefault: 'alone',
  },
  { entity: 'KR_FRN', valid: ['911124-5678901'], byDefault: { after: ['FRN', '외국인등록번호'] } },
  {
    entity: 'KR_PASSPORT',
    valid: ['M123A4567', 'm456B7890', 'S012D5678'],
    invalid: ['A123B4567', 'M1234A567', 'M1234567', 'M123 A4567'],
    byDefault: { after: ['passport', '여권번호'] },
  },
  { entity: 'KR_PASSPORT', valid: ['M12345678', 'm87654321'], byDefault: { after: ['여권', '여권번호'] } },
  {
    entity: 'KR_BRN',
    valid: ['120-81-47521', '1208147521'],
    invalid: ['000-00-00000', '100-81-47521'],
    checked: true,
    byDefault: { after: ['business registration number', '사업자등록번호'] },
  },
  {
    entity: 'KR_DRIVER_LICENSE',
    valid: ['11-22-333333-44', '28-05-123456-01'],
    invalid: ['27-22-333333-44'],
    byDefault: 'alone',
  },
  { entity: 'KR_DRIVER_LICENSE', valid: ['112233333344'], byDefault: { after: ['운전면허'] } },
  {
    entity: 'SG_NRIC_FIN',
    valid: ['S2740116C', 'T7572225C', 'F2346401L', 'M4332674T', 's2740116c'],
    invalid: ['PA12348L', 'S274011C'],
    byDefault: 'alone',
  },
  { entity: 'SG_NRIC_FIN', valid: ['S1234567A'], byDefault: { after: ['NRIC', 'FIN'] } },
  {
    entity: 'SG_UEN',
    valid: ['53125226D', '197401143C', 'T01FC6132D', 'S16FC0121D'],
    invalid: ['5312522D'],
    checked: true,
    byDefault: 'never',
  },
  {
    entity: 'TH_TNIN',
    valid: ['1-2345-45678-78-1', '1 2345 45678 78 1', '1234545678781'],
    invalid: ['9-2345-45678-78-1', '1-2345-45678-781'],
    checked: true,
    byDefault: { after: ['Thai national ID', 'เลขบัตรประชาชน'] },
  },
  {
    entity: 'PH_TIN',
    valid: ['000-123-456-000', '000-123-456', '000123456000', '000123456'],
    invalid: ['000-123-457-000', '600-000-000', '123456789'],
    byDefault: { after: ['TIN', 'taxpayer id'] },
  },
  {
    entity: 'PH_MOBILE_NUMBER',
    valid: ['0917 123 4567', '0 (917) 123 4567', '09171234567', '0917-123-4567'],
    invalid: ['0817 123 4567', '917 123 4567', '0917123456'],
    byDefault: 'never',
  },
  {
    entity: 'CN_RESIDENT_ID',
    valid: ['11010519491231002X', '11010519491231002x'],
    invalid: ['110105194913310021', '110105184912310021'],
    checked: true,
    byDefault: 'alone',
  },
  {
    entity: 'HK_IDENTITY_CARD',
    valid: ['A123456(3)', 'AB987654(3)', 'a123456(3)'],
    invalid: ['A123456(4)', 'A123456(A)', 'A111111(7)'],
    byDefault: 'alone',
  },
  { entity: 'HK_IDENTITY_CARD', valid: ['A1234563'], checked: true, byDefault: { after: ['HKID', '身份證'] } },
  {
    entity: 'TW_NATIONAL_ID',
    valid: ['A123456789', 'a123456789'],
    invalid: ['A323456789'],
    checked: true,
    byDefault: { after: ['Taiwan national ID', '身分證字號'] },
  },
  {
    entity: 'JP_MY_NUMBER',
    valid: ['1234 5678 9018', '123456789018'],
    invalid: ['000000000000'],
    checked: true,
    byDefault: { after: ['My Number', 'マイナンバー'] },
  },
  {
    entity: 'ID_NIK',
    valid: ['3171234101900001', '1101010112990002'],
    invalid: ['9971234101900001', '3171233213900001', '3171234101900000'],
    byDefault: { after: ['NIK', 'KTP'] },
  },
  {
    entity: 'MY_NRIC',
    valid: ['900101-14-5678', '900101145678'],
    invalid: ['901301-14-5678', '900101-00-5678'],
    byDefault: { after: ['MyKad', 'NRIC'] },
  },
  {
    entity: 'IL_ID',
    valid: ['123456782', '12345678-2'],
    invalid: ['000000000'],
    checked: true,
    byDefault: { after: ['Teudat Zehut', 'תעודת זהות'] },
  },
]);

test.each(['+63 917 123 4567', '+639171234567', '+63 (917) 123 4567', '+63-917-123-4567'])(
  'finds a Philippine mobile number with its calling code: %s',
  (number) => {
    expect(foundOf('PH_MOBILE_NUMBER', `My number is ${number}.`)).toEqual([number]);
  },
);

test('finds two numbers of one alphabet side by side', () => {
  expect(foundOf('SG_NRIC_FIN', 'S9108268C T7572225C')).toEqual(['S9108268C', 'T7572225C']);
  expect(foundOf('KR_PASSPORT', '여권번호는 M789C1234입니다')).toEqual(['M789C1234']);
});
