/** Payloads that a text carries in an encoding, decoded. Each kind is found and decoded in one linear pass. */

import type { Disguise } from './fold.ts';

/** A decoded payload and the span of the text that it stood in. */
export interface Payload {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly disguise: Disguise;
}

const BASE64_RUN = /[A-Za-z0-9+/_-]{16,}(?:\r?\n[A-Za-z0-9+/_-]{4,}){0,2000}={0,2}/g; // SWdub3JlIGFsbA==
const HEX_RUN = /(?:(?:0x|\\x)?[0-9A-Fa-f]{2}[ :,]?){10,}/g; // 49 67 6e 6f 72 65
const PERCENT_RUN = /(?:%[0-9A-Fa-f]{2}[A-Za-z0-9._~+-]{0,64}){3,}/g; // %49gnore%20all
const ENTITY_RUN = /(?:&(?:#\d{2,7}|#x[0-9A-Fa-f]{2,6}|[a-z]{2,6});[^&]{0,40}){3,}/g; // &#73;gnore
const ESCAPE_RUN = /(?:\\(?:u\{[0-9A-Fa-f]{1,6}\}|u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2})[^\\]{0,40}){3,}/g; // \u0049gnore
const BINARY_RUN = /(?:[01]{8}[ ,]?){8,}/g; // 01101001 01100111
const MORSE_RUN = /[.-]{1,6}(?:(?: {1,3}|\n| ?\/ ?)[.-]{1,6}){9,}/g; // .. --. -. --- .-. .

/** Least share of a decoded payload that must be printable: noise decodes to anything. */
const PRINTABLE_SHARE = 0.9;

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

const utf8 = new TextDecoder('utf-8');

const isReadable = (text: string): boolean => {
  const strange = text.match(/[^\p{L}\p{N}\p{P}\p{S}\p{Z}\s]|\ufffd/gu)?.length ?? 0;
  return text.length > 5 && strange <= text.length * (1 - PRINTABLE_SHARE);
};

const fromBytes = (bytes: Uint8Array): string | undefined => {
  const text = utf8.decode(bytes);
  return isReadable(text) ? text : undefined;
};

const decodeBase64 = (run: string): string | undefined => {
  const plain = run
    .replaceAll(/[\r\n=]/g, '')
    .replaceAll('-', '+')
    .replaceAll('_', '/');
  const whole = plain.slice(0, plain.length - (plain.length % 4 === 1 ? 1 : 0));
  try {
    return fromBytes(Uint8Array.from(atob(whole), (character) => character.charCodeAt(0)));
  } catch {
    return undefined;
  }
};

const decodeHex = (run: string): string | undefined => {
  const digits = run.replaceAll(/0x|\\x|[ :,]/g, '');
  const bytes = new Uint8Array(Math.floor(digits.length / 2));
  for (let index = 0; index < bytes.length; index++)
    bytes[index] = Number.parseInt(digits.slice(index * 2, index * 2 + 2), 16);
  return fromBytes(bytes);
};

const utf8Bytes = new TextEncoder();

const decodePercent = (run: string): string | undefined => {
  const bytes: number[] = [];
  for (let index = 0; index < run.length; index++) {
    const unit = run[index] ?? '';
    if (unit === '%') {
      bytes.push(Number.parseInt(run.slice(index + 1, index + 3), 16));
      index += 2;
    } else bytes.push(...utf8Bytes.encode(unit === '+' ? ' ' : unit));
  }
  return fromBytes(Uint8Array.from(bytes));
};

const pointToText = (point: number): string => (point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : '');

const decodeEntities = (run: string): string =>
  run.replaceAll(/&(?:#(\d{2,7})|#x([0-9A-Fa-f]{2,6})|([a-z]{2,6}));/g, (whole, decimal, hex, name) => {
    if (decimal !== undefined) return pointToText(Number(decimal));
    return hex === undefined ? (NAMED[name] ?? whole) : pointToText(Number.parseInt(hex, 16));
  });

const decodeEscapes = (run: string): string =>
  run.replaceAll(/\\(?:u\{([0-9A-Fa-f]{1,6})\}|u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2}))/g, (_, braced, four, two) =>
    pointToText(Number.parseInt(braced ?? four ?? two, 16)),
  );

/** Groups of eight binary digits as bytes. */
const decodeBinary = (run: string): string | undefined =>
  fromBytes(Uint8Array.from(run.replaceAll(/[^01]/g, '').match(/[01]{8}/g) ?? [], (bits) => Number.parseInt(bits, 2)));

/** International Morse code, ITU-R M.1677: the letters, then the digits. */
const MORSE: ReadonlyMap<string, string> = new Map(
  '.- -... -.-. -.. . ..-. --. .... .. .--- -.- .-.. -- -. --- .--. --.- .-. ... - ..- ...- .-- -..- -.-- --.. ----- .---- ..--- ...-- ....- ..... -.... --... ---.. ----.'
    .split(' ')
    .map((code, index) => [code, 'abcdefghijklmnopqrstuvwxyz0123456789'[index] ?? '']),
);

const decodeMorse = (run: string): string | undefined => {
  const text = run
    .split(/ ?\/ ?| {2,}|\n/)
    .map((word) =>
      word
        .split(' ')
        .map((code) => MORSE.get(code) ?? '')
        .join(''),
    )
    .join(' ');
  return /[a-z]{3}/.test(text) ? text : undefined;
};

const KINDS: readonly {
  disguise: Disguise;
  sign: string | undefined;
  run: RegExp;
  decode: (run: string) => string | undefined;
}[] = [
  { disguise: 'base64', sign: undefined, run: BASE64_RUN, decode: decodeBase64 },
  { disguise: 'hex', sign: undefined, run: HEX_RUN, decode: decodeHex },
  { disguise: 'url-encoding', sign: '%', run: PERCENT_RUN, decode: decodePercent },
  { disguise: 'html-entities', sign: '&', run: ENTITY_RUN, decode: decodeEntities },
  { disguise: 'binary', sign: '01', run: BINARY_RUN, decode: decodeBinary },
  { disguise: 'morse', sign: '.', run: MORSE_RUN, decode: decodeMorse },
  { disguise: 'unicode-escapes', sign: '\\', run: ESCAPE_RUN, decode: decodeEscapes },
];

/** The payloads of a text that decode to something readable. */
export const decodedPayloads = (text: string): readonly Payload[] =>
  KINDS.filter(({ sign }) => sign === undefined || text.includes(sign)).flatMap(({ disguise, run, decode }) =>
    [...text.matchAll(run)].flatMap(({ index, 0: encoded }): Payload[] => {
      const decoded = decode(encoded);
      return decoded === undefined || decoded === encoded
        ? []
        : [{ text: decoded, start: index, end: index + encoded.length, disguise }];
    }),
  );
