/** Words that say that a number is a phone's. */

/** Parts of the names of fields that hold a number; `phone` is also in `cellphone` and `telephone`. */
export const PHONE_NAMES: readonly string[] = [
  ...['phone', 'telefon', 'telepono', 'mobile', 'movil', 'cell', 'celular', 'handy', 'whatsapp', 'sms', 'msisdn'],
  ...['landline', 'hotline'],
  ...[
    '!id',
    '!ids',
    '!index',
    '!count',
    '!size',
    '!width',
    '!height',
    '!type',
    '!model',
    '!name',
    '!verified',
    '!price',
  ],
];

/** Words somewhere before a number. */
export const PHONE_CONTEXT: readonly string[] = [
  ...PHONE_NAMES.filter((name) => !name.startsWith('!')),
  ...['tel', 'telephone', 'fax', 'call', 'dial', 'reach', 'contact', 'téléphone', 'teléfono', 'móvil', 'puhelin'],
  ...['rufnummer', 'anrufen', 'appeler', 'llama', 'ligue', 'chiama', 'numero', 'número', 'телефон', '电话', '電話'],
  ...['手机', '전화', '휴대폰', 'טלפון', 'هاتف', 'फोन', 'फ़ोन', 'โทร'],
];

/** Expressions for words that a number stands right after. */
export const BEFORE_NUMBERS: readonly string[] = [
  String.raw`(?:tele)?(?:phone|fon|fono|fax)(?: (?:no|nr|number|num|nummer)\b)?`, // telephone no.
  String.raw`(?:tel|mobile|mobil|cell|fax|handy|whatsapp|ph|mob)(?: (?:no|nr|number|num)\b)?`,
  '(?:call|dial|phone|sms|whatsapp)(?: (?:me|us|him|her|them|back|now|at|on|via|or text)){0,3}', // call me at
  '(?:reach|contact|ring|text)(?: (?:me|us|him|her|them|back|now|at|on|via)){1,3}',
  'answering (?:at|on)',
  '(?:anrufen|erreichbar|appeler|appelez|llame|llamar|ligue|chiama|chiamare)(?: (?:unter|au|al|para|il))?',
];

/** What a list of contacts writes after a number. */
export const AFTER_NUMBERS =
  'office|fax|home|work|mobile|cell|main|direct|landline|mob|tel|phone|voice|work fax|home fax|pager';
