/** Accounts and wallets, and cards with them. */

import { isBase58Address, isBech32Address } from '../../checks/crypto-address.ts';
import { measureIban } from '../../checks/iban.ts';
import type { Detector } from '../../types.ts';
import { CARD_DETECTORS } from './cards.ts';

const WALLET_WORDS = [
  'wallet',
  'crypto',
  'ethereum',
  'ether ',
  'eth',
  'bitcoin',
  'btc',
  'usdt',
  'usdc',
  'erc20',
  'token',
  'address',
];

/** The countries of ISO 3166-1 that have banks, by their first letter: the fifth and sixth letter of a bank's code. */
const COUNTRIES =
  'ADEFGILMORTUWZ BABDEFGHIJMNOQRSTWYZ CADFGHIKLMNORUVWYZ DEJKMOZ ECEGRST FIJKMOR GABDEFGHILMNPQRTUWY HKNRTU ' +
  'IDELMNQRST JEMOP KEGHIMNRWYZ LABCIKRSTUVY MACDEGHKLMNOQRSTUVWXYZ NACEGILOPRZ OM PAEFGHKLMRSTWY QA REOSUW ' +
  'SABCDEGIKLMNORSTVXYZ TCDGHJLMNORTVWZ UAGSYZ VACEGNU WFS XK YET ZAMW';
const COUNTRY = `(?:${COUNTRIES.replaceAll(/(\w)(\w+)/g, '$1[$2]').replaceAll(' ', '|')})`;
const COUNTRY_ANY_CASE = COUNTRY.replaceAll(/(\w)\[(\w+)\]/g, (_, first: string, second: string) => {
  return `[${first}${first.toLowerCase()}][${second}${second.toLowerCase()}]`;
});
const NO_MORE = String.raw`(?![A-Za-z\d])`;
const SWIFT = String.raw`[A-Z]{4}${COUNTRY}[A-Z\d]{2}(?:[A-Z\d]{3})?`;
/** As it is written where it is expected: in groups if in capitals. */
const SWIFT_WRITTEN =
  String.raw`[A-Z]{4} ?${COUNTRY} ?[A-Z\d]{2}(?: ?[A-Z\d]{3})?|` +
  String.raw`[A-Za-z]{4}${COUNTRY_ANY_CASE}[A-Za-z\d]{2}(?:[A-Za-z\d]{3})?`;
const NAMED = '(?:SWIFT|Swift|swift|BIC|Bic|bic)';

/** Detectors of what pays, and of what is paid to. */
export const MONEY_DETECTORS: readonly Detector[] = [
  ...CARD_DETECTORS,
  {
    entity: 'IBAN_CODE', // GB82 WEST 1234 5698 7654 32
    pattern: /[A-Z]{2}\d{2}(?:[ \xa0-]?[A-Z\d]){11,30}/iy,
    score: 1,
    measure: measureIban,
  },
  {
    entity: 'SWIFT_CODE', // BIC: DEUTDEFF500
    pattern: new RegExp(`(?:${SWIFT_WRITTEN})${NO_MORE}`, 'y'),
    assignedTo: ['swift', 'bic', 'bankidentifier'],
    score: 0.7,
  },
  {
    entity: 'SWIFT_CODE', // SWIFT DEUTDEFF, SWIFT/BIC code of the bank is DEUTDEFF500
    pattern: new RegExp(
      `${NAMED}(?:[ /-]${NAMED})?(?:[ -][Cc]ode)?[ ()a-z:=#-]{1,32}(?<value>${SWIFT})${NO_MORE}`,
      'y',
    ),
    score: 0.6,
  },
  {
    entity: 'SWIFT_CODE', // CHASUS33XXX: with a digit, it is no word
    pattern: new RegExp(
      String.raw`[A-Z]{4}${COUNTRY}(?:(?:\d[A-Z\d]|[A-Z]\d)(?:[A-Z\d]{3})?|[A-Z]{2}(?:\d[A-Z\d]{2}|[A-Z]\d[A-Z\d]|XXX))${NO_MORE}`,
      'y',
    ),
    score: 0.2,
    context: ['swift', 'bic', 'bank code', 'bank identifier', 'wire transfer', 'iban'],
  },
  {
    entity: 'CRYPTO', // base58check: Bitcoin, Litecoin, Dogecoin, Dash, Tron, Zcash
    pattern: /[13LMDXTtmn2A9][1-9A-HJ-NP-Za-km-z]{24,35}(?![A-Za-z\d])/y,
    score: 1,
    measure: (match) => (isBase58Address(match) ? match.length : 0),
  },
  {
    entity: 'CRYPTO', // bc1q…, bc1p…: BIP 173 and 350
    pattern: /(?:bc|tb|bcrt|ltc|addr|cosmos|bnb)1[ac-hj-np-z02-9]{11,104}(?![A-Za-z\d])/iy,
    score: 1,
    measure: (match) => (isBech32Address(match) ? match.length : 0),
  },
  {
    entity: 'CRYPTO', // 0x and 20 bytes in hexadecimal: Ethereum
    pattern: /0x(?!0{30})[\da-f]{40}(?![A-Za-z\d])/iy,
    score: 0.3,
    context: WALLET_WORDS,
  },
];
