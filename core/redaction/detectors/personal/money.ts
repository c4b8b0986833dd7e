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

/** The countries of ISO 3166-1: the fifth and sixth letter of a bank's code. */
const COUNTRIES: ReadonlySet<string> = new Set(
  (
    'AD AE AF AG AI AL AM AO AR AT AU AW AZ BA BB BD BE BF BG BH BI BJ BM BN BO BQ BR BS BT BW BY BZ CA CD CF CG CH CI CK ' +
    'CL CM CN CO CR CU CV CW CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN ' +
    'GP GQ GR GT GU GW GY HK HN HR HT HU ID IE IL IM IN IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KR KW KY KZ LA LB LC LI ' +
    'LK LR LS LT LU LV LY MA MC MD ME MG MH MK ML MM MN MO MQ MR MS MT MU MV MW MX MY MZ NA NC NE NG NI NL NO NP NR NZ OM ' +
    'PA PE PF PG PH PK PL PM PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SI SK SL SM SN SO SR SS ST SV SX SY SZ TC ' +
    'TD TG TH TJ TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VG VN VU WF WS XK YE YT ZA ZM ZW'
  ).split(' '),
);

const measureSwift = (match: string): number => (COUNTRIES.has(match.slice(4, 6).toUpperCase()) ? match.length : 0);

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
    pattern: /[A-Z]{4} ?[A-Z]{2} ?[A-Z\d]{2} ?(?:[A-Z\d]{3})?(?![A-Za-z\d])/iy,
    assignedTo: ['swift', 'bic', 'bankidentifier'],
    score: 0.7,
    measure: (match) =>
      COUNTRIES.has(match.replaceAll(' ', '').slice(4, 6).toUpperCase()) ? match.trimEnd().length : 0,
  },
  {
    entity: 'SWIFT_CODE', // SWIFT DEUTDEFF, SWIFT/BIC code of the bank is DEUTDEFF500
    pattern:
      /(?:SWIFT|Swift|swift|BIC|Bic|bic)(?:[ /-](?:SWIFT|Swift|swift|BIC|Bic|bic))?(?:[ -][Cc]ode)?[ ()a-z:=#-]{1,32}(?<value>[A-Z]{6}[A-Z\d]{2}(?:[A-Z\d]{3})?)(?![A-Za-z\d])/y,
    score: 0.6,
    measure: measureSwift,
  },
  {
    entity: 'SWIFT_CODE', // CHASUS33XXX: with a digit, it is no word
    pattern: /(?=[A-Z]{6}(?:\d|[A-Z]\d|[A-Z]{2,3}\d|[A-Z]{2}XXX))[A-Z]{6}[A-Z\d]{2}(?:[A-Z\d]{3})?(?![A-Za-z\d])/y,
    score: 0.2,
    context: ['swift', 'bic', 'bank code', 'bank identifier', 'wire transfer', 'iban'],
    measure: measureSwift,
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
