import { describe, expect, test } from 'vitest';
import { foundByDefault, foundOf, testDetectors } from '../../../../support/detector-cases.ts';

testDetectors([
  {
    entity: 'IMEI',
    valid: ['490154203237518', '49-015420-323751-8', '356938035643809'],
    invalid: ['490154203237519', '000000000000000', '770154203237518'],
    byDefault: { after: ['IMEI', 'IMEI number'] },
  },
  {
    entity: 'VEHICLE_IDENTIFICATION_NUMBER',
    valid: ['1HGCM82633A004352', '1M8GDM9AXKP042788', '1m8gdm9axkp042788', 'WVWZZZ1JZXW000001'],
    invalid: ['1HGCM82633A00435', '1HGCM82633AOO4352', '12345678901234567', 'ABCDEFGHJKLMNPRST'],
    byDefault: { after: ['VIN', 'Vehicle', 'Fahrgestellnummer'] },
  },
  {
    entity: 'MEDICAL_LICENSE',
    valid: ['BB1388568', 'K92993548', 'gl0285191'],
    invalid: ['BG8207031', 'BB138856', '123 456\n789'],
    checked: true,
    byDefault: { after: ['DEA number', 'DEA'] },
  },
]);

describe('DATE_TIME', () => {
  test.each([
    '2024-03-15T14:30:00.123Z',
    '2024-03-15 14:30:00',
    '2024-03-15T14:30:00+02:00',
    '2021-05-21',
    '5/20/2021',
    '21.5.21',
    '5-MAY-2021',
    '21st of May 2021',
    'May 21, 2021',
    'May-2021',
    '05/2021',
    '5/21',
    '2:30 pm',
    'Thursday',
  ])('is %s', (date) => {
    for (const [before, after] of [
      ['', ''],
      ['Today is ', '.'],
      ['("', '")'],
      ['on,', ',or not'],
    ] as const)
      expect(foundOf('DATE_TIME', before + date + after)).toEqual([date]);
  });

  test.each(['2021-13-21', '5/20/2021x', 'version 1.2.3', '99/99', 'Today is5/21', 'maybe 7'])(
    'is not in %s',
    (text) => {
      expect(foundOf('DATE_TIME', text)).toEqual([]);
    },
  );

  test('is found only where it is asked for', () => {
    expect(foundByDefault('DATE_TIME', 'born 5/20/1971')).toEqual([]);
  });
});

describe('AGE', () => {
  test.each([
    ['I am 42 years old', '42 years old'],
    ['a 42-year-old man', '42-year-old'],
    ['aged 42', '42'],
    ['at the age of 7.', '7'],
    ['{"age": 42}', '42'],
    ['74 y/o', '74 y/o'],
  ])('in %s', (text, age) => {
    expect(foundOf('AGE', text)).toEqual([age]);
  });

  test.each(['page 42', 'agenda: 7', 'aged 420', 'max-age: 3600', 'age 42%'])('is not in %s', (text) => {
    expect(foundOf('AGE', text)).toEqual([]);
  });
});
