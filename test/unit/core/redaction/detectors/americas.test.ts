import { testDetectors } from '../../../../support/detector-cases.ts';

testDetectors([
  {
    entity: 'CA_SIN',
    valid: ['130 692 544', '347-677-452', '948 584 792', '130692544'],
    invalid: ['046 454 286', '812 345 678', '130 692-544', '111 111 111', '13069254'],
    checked: true,
    byDefault: { after: ['SIN', 'NAS', 'social insurance number'] },
  },
  {
    entity: 'CA_HEALTH_NUMBER',
    valid: ['9876-543-217', '9876543217', 'TREM 4852 1417', 'TREM48521417', '9876543217-AB'],
    invalid: ['TREM 4863 1417', 'TREM 4852 4517'],
    byDefault: { after: ['health card', 'OHIP', 'RAMQ'] },
  },
  {
    entity: 'BR_CPF',
    valid: ['529.982.247-25', '111.444.777-35'],
    invalid: ['111.111.111-11', '529.982.247-2'],
    checked: true,
    byDefault: 'alone',
  },
  { entity: 'BR_CPF', valid: ['52998224725', '111444777-35'], checked: true, byDefault: { after: ['CPF'] } },
  {
    entity: 'BR_CNPJ',
    valid: ['11.222.333/0001-81', '12.ABC.345/01DE-35', '12.abc.345/01de-35'],
    invalid: ['11.222.333/0001-8', '00.000.000/0000-00'],
    checked: true,
    byDefault: 'alone',
  },
  { entity: 'BR_CNPJ', valid: ['11222333000181'], checked: true, byDefault: { after: ['CNPJ'] } },
  {
    entity: 'MX_CURP',
    valid: ['BOXW310820HNERXN09', 'boxw310820hnerxn09'],
    invalid: ['BOXW311320HNERXN09', 'BOXW310820HXXRXN09', 'BOXW310820ANERXN09'],
    checked: true,
    byDefault: 'alone',
  },
  {
    entity: 'AR_CUIT',
    valid: ['20-12345678-6', '30-50001091-2'],
    invalid: ['21-12345678-6', '20-11111111-2'],
    checked: true,
    byDefault: 'alone',
  },
  { entity: 'AR_CUIT', valid: ['20123456786'], checked: true, byDefault: { after: ['CUIT', 'CUIL'] } },
  {
    entity: 'CL_RUT',
    valid: ['12.345.678-5', '5.126.663-3'],
    invalid: ['12.345.678-6', '11.111.111-1'],
    checked: true,
    byDefault: 'alone',
  },
  { entity: 'CL_RUT', valid: ['12345678-5'], checked: true, byDefault: { after: ['RUT', 'Rol único tributario'] } },
]);
