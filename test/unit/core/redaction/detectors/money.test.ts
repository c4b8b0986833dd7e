import { describe, expect, test } from 'vitest';
import { mod97 } from '../../../../../core/redaction/checks/mod-97.ts';
import { foundByDefault, foundOf, testDetectors } from '../../../../support/detector-cases.ts';

const join = (...parts: readonly string[]): string => parts.join('');

testDetectors([
  {
    entity: 'CREDIT_CARD',
    valid: [
      join('4111 1111', ' 1111 1111'),
      join('5555-5555', '-5555-4444'),
      join('3782 822463', ' 10005'),
      join('6011.1111', '.1111.1117'),
      join('30569309', '025904'),
      join('2223003122', '003222'),
      join('6759649826', '438453'),
      join('501971701', '0103742'),
    ],
    invalid: [join('4111 1111', ' 1111 1112'), '1748503543012', '0000000000000000', '411111111111'],
    byDefault: 'alone',
  },
  {
    entity: 'CREDIT_CARD',
    valid: [join('1220000000', '00003'), join('4222222', '222222'), join('4 1 1 1 1 1 1 1', ' 1 1 1 1 1 1 1 1')],
    byDefault: { after: ['Credit card', 'my Visa card number'] },
  },
  {
    entity: 'IBAN_CODE',
    valid: [
      join('GB82 WEST', ' 1234 5698 7654 32'),
      join('DE8937040', '0440532013000'),
      join('gb29nwbk6016', '1331926819'),
      join('AL47-2121-1009', '-0000-0002-3569-8741'),
      join('MT84MALT011000', '012345MTLCAST001S'),
      join('NO93860111', '17947'),
    ],
    invalid: [
      join('GB82 WEST', ' 1234 5698 7654 33'),
      join('GB82 west', ' 1234 5698 7654 32'),
      join('XX82 WEST', ' 1234 5698 7654 32'),
      join('DE89/3704/0044', '/0532/0130/00'),
      join('GB82 1234', ' 1234 5698 7654 32'),
    ],
    byDefault: 'alone',
  },
  {
    entity: 'CRYPTO',
    valid: [
      join('16Yeky6GMjeNkAiN', 'cBY7ZhrLoMSgg1BoyZ'),
      join('3J98t1WpEZ73CNmQ', 'viecrnyiWrnqRhWNLy'),
      join('bc1qar0srrr7xfkvy5l643', 'lydnw9re59gtzzwf5mdq'),
      join('BC1QAR0SRRR7XFKVY5L643', 'LYDNW9RE59GTZZWF5MDQ'),
      join('bc1p5d7rjq7g6rdk2yhzks9smlaqtedr', '4dekq08ge8ztwac72sfr9rusxg3297'),
    ],
    invalid: [
      join('16Yeky6GMjeNkAiN', 'cBY7ZhrLoMSgg1BoyZ2'),
      join('16Yeky6GMjeNkAiN', 'cBY7ZhrLoMSgg1BoyX'),
      join('bc1qar0srrr7xfkvy5l643', 'lydnw9re59gtzzwf5mdp'),
      join('Bc1qar0srrr7xfkvy5l643', 'lydnw9re59gtzzwf5mdq'),
      'ab'.repeat(32),
    ],
    byDefault: 'alone',
  },
  {
    entity: 'CRYPTO',
    valid: [join('0x52908400098527886E0F', '7030069857D2E4169EE7')],
    invalid: [`0x${'0'.repeat(40)}`, `0x${'ab'.repeat(19)}`],
    byDefault: { after: ['Ethereum', 'wallet'] },
  },
]);

describe('IBAN_CODE', () => {
  test.each([
    ['FR', '20041010050500013M02606'],
    ['IT', 'X0542811101000000123456'],
    ['LC', 'HEMM000100010012001200023015'],
    ['BY', 'NBRB3600900000002Z00AB00'],
    ['UA', '3223130000026007233566001'],
    ['SC', 'SSCB11010000000000001497USD'],
    ['BI', '10000100010000332045181'],
  ])('of %s is found with the right check digits only', (country, bban) => {
    const check = String(98 - mod97(`${bban}${country}00`)).padStart(2, '0');
    const wrong = check === '55' ? '56' : '55';
    expect(foundOf('IBAN_CODE', `to ${country}${check}${bban}, thanks`)).toEqual([country + check + bban]);
    expect(foundOf('IBAN_CODE', `to ${country}${wrong}${bban}, thanks`)).toEqual([]);
  });

  test('ends where it ends, whatever word follows', () => {
    const iban = join('VG96 VPVG', ' 0000 0123 4567 8901');
    expect(foundOf('IBAN_CODE', `an iban ${iban} X in a sentence`)).toEqual([iban]);
  });
});

test('a card is found with its check digit and no other', () => {
  const found = [...'0123456789'].filter(
    (last) => foundOf('CREDIT_CARD', `4539${'1488 0343 646'.replaceAll(' ', '')}${last}`).length > 0,
  );
  expect(found).toHaveLength(1);
});

test('numbers of tables, decimals, articles and times are no cards by default', () => {
  for (const text of [
    '425258 1738237938258',
    '30270216.427743',
    'Item 4640257724194 (EAN)',
    '1760988440918',
    '12345678-1234-4abc-8def-123456789012',
  ])
    expect(foundByDefault('CREDIT_CARD', text)).toEqual([]);
});

describe('what stands on a card', () => {
  test.each([
    ['CREDIT_DEBIT_CARD_CVV', 'CVV: 123', '123'],
    ['CREDIT_DEBIT_CARD_CVV', '{"cvc":"4321"}', '4321'],
    ['CREDIT_DEBIT_CARD_CVV', 'the security code is 987.', '987'],
    ['CREDIT_DEBIT_CARD_CVV', 'security code (CVC) 321', '321'],
    ['CREDIT_DEBIT_CARD_EXPIRY', 'exp 09/27', '09/27'],
    ['CREDIT_DEBIT_CARD_EXPIRY', 'valid thru: 9/2027', '9/2027'],
    ['CREDIT_DEBIT_CARD_EXPIRY', '{"expiry":"12/28"}', '12/28'],
    ['PIN', 'my PIN is 4711', '4711'],
    ['PIN', '{"pin":"9876"}', '9876'],
    ['SWIFT_CODE', 'BIC: DEUTDEFF500', 'DEUTDEFF500'],
    ['SWIFT_CODE', 'SWIFT/BIC code of the bank is CHASUS33XXX', 'CHASUS33XXX'],
  ])('%s in %s', (entity, text, value) => {
    expect(foundOf(entity, text)).toEqual([value]);
    expect(foundByDefault(entity, text)).toEqual([value]);
  });

  test.each([
    ['CREDIT_DEBIT_CARD_CVV', '123'],
    ['CREDIT_DEBIT_CARD_CVV', 'CVV: 12345'],
    ['CREDIT_DEBIT_CARD_EXPIRY', 'exp 13/27'],
    ['CREDIT_DEBIT_CARD_EXPIRY', 'exported 12/26'],
    ['PIN', 'GPIO pin 12'],
    ['PIN', 'pinned: 20240101'],
    ['SWIFT_CODE', 'Swift language compilers'],
    ['SWIFT_CODE', 'DATABASE'],
    ['SWIFT_CODE', 'BIC: DEUTQQFF'],
  ])('no %s in %s', (entity, text) => {
    expect(foundOf(entity, text)).toEqual([]);
  });
});
