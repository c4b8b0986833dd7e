/** Payment cards, and the codes beside them. */

import { measureAnyCard, measureCard } from '../../checks/card.ts';
import type { Detector } from '../../types.ts';

const CARD_WORDS = [
  'card',
  'creditcard',
  'debitcard',
  'visa ',
  'mastercard',
  'amex',
  'american express',
  'maestro ',
  'discover ',
  'diners',
  'jcb',
  'unionpay',
  'pan',
  'cc',
  'karte ',
  'kreditkarte',
  'carte ',
  'carta ',
  'tarjeta',
  'cartão',
];

/** A day and month look like a month and year: only beside a card they are none. */
const EXPIRY_CONTEXT = [...CARD_WORDS, 'cvv', 'cvc', 'cardholder'];

/** Detectors of payment cards. */
export const CARD_DETECTORS: readonly Detector[] = [
  {
    entity: 'CREDIT_CARD', // 4111 1111 1111 1111; not digits of a UUID (RFC 9562) or of a fraction
    pattern:
      /(?<![\d\]]\.)(?!(?:(?:\d{8}-)?\d{4}-)?[1-8][\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}(?![\da-f]))[2-6]\d{3}(?:\d{10,15}|[ \xa0-]\d{4}[ \xa0-]\d{4}[ \xa0-]\d{1,4}(?:[ \xa0-]\d{3})?|[ \xa0-]\d{6}[ \xa0-]\d{4,5}|\.\d{4}\.\d{4}\.\d{4}|\.\d{6}\.\d{4,5})(?![A-Za-z\d])/iy,
    score: 1,
    measure: measureCard,
  },
  {
    entity: 'CREDIT_CARD', // card number 1220 0000 0000 003: any issuer
    pattern:
      /(?<![\d\]]\.)[1-689](?:\d{12,18}|\d{3}[ \xa0-]\d{4}[ \xa0-]\d{4}(?:[ \xa0-]\d{1,4}){0,2}|\d{3}[ \xa0-]\d{6}[ \xa0-]\d{4,5}|\d{5}[ \xa0-]\d{6,13}|(?:[ -]\d){14,15}(?![ -]\d))(?![A-Za-z\d])/y,
    score: 0.3,
    context: CARD_WORDS,
    measure: measureAnyCard,
  },
  {
    entity: 'CREDIT_DEBIT_CARD_CVV', // CVV: 123
    pattern: /\d{3,4}(?![\w-]|[.:/][\d[])/y,
    assignedTo: [
      'cvv',
      'cvv2',
      'cvc',
      'cvc2',
      'csc',
      'security code',
      'cardverification',
      'verificationvalue',
      'kartenprufnummer',
      'pruefziffer',
    ],
    score: 0.7,
  },
  {
    entity: 'CREDIT_DEBIT_CARD_CVV', // cvv 123, security code (CVC) 123
    pattern:
      /(?:cvv2?|cvc2?|csc|security code|card verification (?:value|code|number))(?: (?:number|code|no|is|of))?[ :#=([-]{1,4}(?:cvv2?|cvc2?|csc|is)?[ :)\]=]{0,3}(?<value>\d{3,4})(?![\w-]|[.:/][\d[])/iy,
    score: 0.7,
  },
  {
    entity: 'CREDIT_DEBIT_CARD_EXPIRY', // expiry: 09/27
    pattern: /(?:0?[1-9]|1[0-2]) ?[/-] ?(?:20)?\d{2}(?![\w/-])/y,
    assignedTo: [
      'expdate',
      'exp date',
      'expiry',
      'expirationdate',
      'expmonth',
      'cardexp',
      'card exp',
      'validthru',
      'valid thru',
      'goodthru',
      'good thru',
      'caducidad',
      'vencimiento',
      'scadenza',
    ],
    score: 0.7,
  },
  {
    entity: 'CREDIT_DEBIT_CARD_EXPIRY', // expires: 09/27: an offer's, if no card is near
    pattern: /(?:0?[1-9]|1[0-2]) ?[/-] ?(?:20)?\d{2}(?![\w/-])/y,
    assignedTo: ['expiration', 'expires', 'valid until', 'gueltig', 'gultig'],
    score: 0.35,
    context: EXPIRY_CONTEXT,
  },
  {
    entity: 'CREDIT_DEBIT_CARD_EXPIRY', // exp 09/27, valid thru 09/2027: words that stand on cards
    pattern:
      /(?:exp\.?|(?:valid|good) thru)(?: date)?(?: (?:is|of))?[ :=(['"]{1,5}(?<value>(?:0[1-9]|1[0-2]) ?[/-] ?(?:20)?\d{2})(?![\w/-])/iy,
    score: 0.7,
  },
  {
    entity: 'CREDIT_DEBIT_CARD_EXPIRY', // expires 09/27
    pattern:
      /(?:exp(?:iry|iration|ires|iring)|valid (?:through|until|to))(?: date)?(?: (?:is|on|of|in))?[ :=(['"]{1,5}(?<value>(?:0?[1-9]|1[0-2]) ?[/-] ?(?:20)?\d{2})(?![\w/-])/iy,
    score: 0.35,
    context: EXPIRY_CONTEXT,
  },
  {
    entity: 'PIN', // PIN: 4711
    pattern: /\d{4,8}(?![\w-]|[.:/][\d[])/y,
    assignedTo: ['pincode', 'pin code', 'pinnumber', 'pin number', 'atm pin', 'card pin', 'cardpin'],
    score: 0.6,
  },
  {
    entity: 'PIN', // my PIN 4711, PIN number is 4711
    pattern:
      /(?:PIN(?: (?:number|code|no))?(?: (?:is|was|of))?[ :#=(['"]{1,5}|pin["']? ?[:=] ?["']?)(?<value>\d{4,8})(?![\w-]|[.:/][\d[])/y,
    score: 0.6,
  },
];
