import { testDetectors } from '../../../../support/detector-cases.ts';

testDetectors([
  {
    entity: 'ES_NIE',
    valid: ['X9613851N', 'Y8063915-Z', 'z8078221m', 'X-1234567-L'],
    invalid: ['W8063915Q', 'Y806391Q', 'X9613851U'],
    checked: true,
    byDefault: 'alone',
  },
  {
    entity: 'ES_NIF',
    valid: ['12345678Z', '12.345.678-Z', '00000023T', '55555555-K'],
    invalid: ['12345678I', '123456Z', '401-023-2138'],
    checked: true,
    byDefault: 'alone',
  },
  {
    entity: 'ES_NIF',
    valid: ['12345678z', '1111111G', 'K1234567L'],
    checked: true,
    byDefault: { after: ['DNI', 'NIF', 'Número de identificación'] },
  },
  { entity: 'ES_NIF', valid: ['A58818501', 'Q2826000H'], invalid: ['A58818502', 'Q2826000I'], byDefault: 'never' },
  {
    entity: 'ES_PASSPORT',
    valid: ['AAA123456', 'xyz987654'],
    invalid: ['AA123456', 'AAA12345', 'AAAA12345'],
    byDefault: { after: ['Pasaporte', 'Número de pasaporte'] },
  },
  {
    entity: 'IT_FISCAL_CODE',
    valid: ['RSSMRA85T10A562S', 'rssmra85t10a562s', 'RSSMRA85T10A56NH'],
    invalid: ['A55AAA00B11C333N', 'RSSMRA85F10A562S', 'RSSMRA85T10A562'],
    byDefault: 'alone',
  },
  { entity: 'IT_FISCAL_CODE', valid: ['RSSMRA85T10A562T'], byDefault: { after: ['Codice fiscale', 'CF'] } },
  {
    entity: 'IT_VAT_CODE',
    valid: ['01333550323', '00743110157', '01333550_323'],
    invalid: ['00000000000', '00000000018', '01333551990'],
    checked: true,
    byDefault: { after: ['Partita IVA', 'P. IVA', 'VAT'] },
  },
  {
    entity: 'IT_DRIVER_LICENSE',
    valid: ['AA1234567A', 'U1H00B000B'],
    invalid: ['AA123456A', 'U2H00B000B'],
    byDefault: { after: ['Patente', 'Patente di guida'] },
  },
  {
    entity: 'IT_IDENTITY_CARD',
    valid: ['AA1234567', 'AX 1234567', '1234567AA', 'CA12345AA'],
    invalid: ['A1234567', 'CA1234AA'],
    byDefault: { after: ["Carta d'identità", "Documento d'identità"] },
  },
  {
    entity: 'IT_PASSPORT',
    valid: ['YA1234567', 'aa7654321'],
    invalid: ['A1234567', 'AA123456'],
    byDefault: { after: ['Passaporto'] },
  },
  {
    entity: 'PT_NIF',
    valid: ['123456789', '501 964 843'],
    invalid: ['423456789', '12345678'],
    checked: true,
    byDefault: { after: ['Contribuinte'] },
  },
  {
    entity: 'TR_NATIONAL_ID',
    valid: ['10000000146', '36493665440'],
    invalid: ['00000000000', '02531814694', '10000000145', '11798724308', '123456789012'],
    checked: true,
    byDefault: { after: ['TC Kimlik No', 'TCKN', 'T.C. No'] },
  },
  {
    entity: 'TR_LICENSE_PLATE',
    valid: ['34 ABC 123', '06 A 1234', '34AB1234', '81 B 12345'],
    invalid: ['00 ABC 123', '82 ABC 123', '34 ABCD 12', '34 QA 123'],
    byDefault: 'never',
  },
]);
