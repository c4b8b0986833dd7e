import { describe, expect, test } from 'vitest';
import { createRedactor } from '../../../../../core/redaction/index.ts';
import { foundByDefault, foundOf } from '../../../../support/detector-cases.ts';

const found = (text: string): string[] => foundByDefault('PHONE_NUMBER', text);

test.each([
  ...[
    '+44 20 7946 0958',
    '+1 212-555-0123',
    '+12125550123',
    '+1 (212) 555-0123',
    '+49 (0)30 12345678',
    '+33 1 42 68 53 00',
  ],
  ...[
    '+55 11 91234-5678',
    '+91 98765 43210',
    '+81 3-1234-5678',
    '+800 1234 5678',
    '+1-054-353-1726',
    '+1-212-555-0123x42',
  ],
  ...['0044 20 7946 0958', '011 44 20 7946 0958', '(212) 555-0123', '(212) 555 0123', '212-555-0123', '212.555.0123'],
  ...['1-800-555-0199', '(212) 555-0123 ext. 12', '(020) 7946 0958', '020 7946 0958', '07700 900123', '01 42 68 53 00'],
  ...['01.42.68.53.00', '0412-345-678', '(02) 9876 5432', '(11) 91234-5678', '09876 543210', '044 668 18 00'],
])('is found without a word about it: %s', (number) => {
  for (const [before, after] of [
    ['', ''],
    ['It was ', '.'],
    ['(', ')'],
    ['{"value":"', '"}'],
    ['line\\n', '\\nline'],
    ['<b>', '</b>'],
  ] as const)
    expect(found(before + number + after)).toEqual([number]);
});

test.each([
  'Order 2125550123 has shipped',
  'at 1700000000000 ms',
  'on 01-02-2024 and 31.12.2026, 01 02 2024',
  '2026-12-31 10:20:30',
  'version 1.22.333.4444',
  '192.168.0.1 and 10.0.0.255',
  'uuid 0412-345-678a',
  'Boston, MA 02111-1307, USA',
  '536-90-4399',
  'id 00442079460958',
  'GET /x 404 234 1234',
  '"latitude": +5124, BR -0351-03225',
  'sha +1234567 -7654321',
  'pi is 3.14159265358979',
  'total 1 000 000 000',
  'telemetry: 1234567, telegram: 7654321',
  'verified on phone 2024-01-31',
  'area (123) 456-7890',
  '12125550123456789',
])('is no phone number: %s', (text) => {
  expect(found(text)).toEqual([]);
});

describe('any number of digits counts where words say that it is a phone number', () => {
  test.each([
    ['Phone: 5550123', '5550123'],
    ['"phone": "5550123"', '5550123'],
    ['mobileNumber = 91234567', '91234567'],
    ['Tel. 33 93 31', '33 93 31'],
    ['tel: 030/1234567', '030/1234567'],
    ['Fax no. 555-0123', '555-0123'],
    ['You can call 33 93 31', '33 93 31'],
    ['please call me at 555 0123, thanks', '555 0123'],
    ['not answering at 20-32-85-26', '20-32-85-26'],
    ['reach us on 9320 7126', '9320 7126'],
    ['erreichbar unter 4711 0815', '4711 0815'],
    ['WhatsApp +999 123 456 789', '+999 123 456 789'],
    ['22 498317 office\n', '22 498317'],
    ['625-124-2141 (fax)', '625-124-2141'],
    ['2546712361-Fax\\,', '2546712361'],
    ['my cell is 212 555 0123', '212 555 0123'],
  ])('%s', (text, number) => {
    expect(found(text)).toEqual([number]);
  });

  test.each([
    'phone_verified_at: 2026-12-31',
    'call 1 2 3 4 5 6 7',
    'call 12345',
    'phone: 0000000',
    '1 000 000 mobile users',
    'the call 3 of 7',
  ])('but not %s', (text) => {
    expect(found(text)).toEqual([]);
  });
});

test('digits that follow a number do not hide it', () => {
  expect(found('+44 20 7946 0958 12 people came')).toEqual(['+44 20 7946 0958']);
});

test('two numbers in a row are two', () => {
  expect(found('+12125550123, (415) 555-2671')).toEqual(['+12125550123', '(415) 555-2671']);
});

test('a postcode of the US is none, asked for alone', () => {
  expect(foundOf('PHONE_NUMBER', 'Boston, MA 02111-1307')).toEqual([]);
});

test('a card is no phone number, though the words say so', () => {
  const card = ['4111 1111', ' 1111 1111'].join('');
  expect(foundOf('PHONE_NUMBER', `call ${card}`)).toEqual([]);
});

test('what is found does not depend on how a stream is cut', () => {
  const text = 'Call me at 555 0123 or +44 20 7946 0958 x12. 22 498317 office\n(212) 555-0123, 020 7946 0958';
  const redactor = createRedactor();
  const whole = redactor.redact(text).text;
  for (let at = 0; at <= text.length; at++) {
    const stream = redactor.session().stream();
    expect(stream.push(text.slice(0, at)) + stream.end(text.slice(at))).toBe(whole);
  }
});
