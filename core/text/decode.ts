/** Payloads that a text carries in an encoding, decoded. Each kind is found and decoded in one linear pass. */

import { bytesOfBase32, bytesOfBase64, bytesOfHex, textOfBytes } from './bytes.ts';
import type { Disguise } from './fold.ts';
import { textOfMorse } from './morse.ts';
import type { Survey } from './tokens.ts';

/** A decoded payload and the span of the text that it stood in. */
export interface Payload {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly disguise: Disguise;
}

const BASE64_RUN = /[A-Za-z0-9+/_-]{16,}(?:\r?\n[A-Za-z0-9+/_-]{4,}){0,2000}={0,2}/g; // SWdub3JlIGFsbA==
const BASE32_RUN = /[A-Z2-7]{16,}(?:\r?\n[A-Z2-7]{4,}){0,2000}={0,6}/g; // JFTW433SMUQGC3DM
const HEX_RUN = /(?:(?:0x|\\x)?[0-9A-Fa-f]{2}[ :,]?){10,}/g; // 49 67 6e 6f 72 65
const PERCENT_RUN = /(?:[%=][0-9A-Fa-f]{2}[A-Za-z0-9._~+-]{0,64}){3,}/g; // %49gnore%20all, =49gnore=20all
const ENTITY_RUN = /(?:&(?:#\d{2,7}|#x[0-9A-Fa-f]{2,6}|[a-z]{2,6});[^&]{0,40}){3,}/g; // &#73;gnore
const ESCAPE_RUN = /(?:\\(?:u\{[0-9A-Fa-f]{1,6}\}|u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|[0-3][0-7]{2})[^\\]{0,40}){3,}/g; // \u0049gnore
const BINARY_RUN = /(?:[01]{8}[ ,]?){8,}/g; // 01101001 01100111
const DECIMAL_RUN =
  /(?<!\d)(?:(?:3[2-9]|[4-9]\d|1[01]\d|12[0-6])[ ,;-]{1,2}){8,}(?:3[2-9]|[4-9]\d|1[01]\d|12[0-6])?(?!\d)/g; // 73 103 110
const MORSE_RUN = /[.-]{1,6}(?:(?: {1,3}|\n| ?\/ ?)[.-]{1,6}){9,}/g; // .. --. -. --- .-. .

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

const utf8Bytes = new TextEncoder();

/** Escaped bytes (`%41`, `=41`) and what stands between them. */
const bytesOfPercents = (run: string): Uint8Array => {
  const bytes = new Uint8Array(utf8Bytes.encode(run).length);
  let length = 0;
  for (let index = 0; index < run.length; index++) {
    const unit = run.charCodeAt(index);
    if (unit === 0x25 || unit === 0x3d) {
      bytes[length++] = Number.parseInt(run.slice(index + 1, index + 3), 16);
      index += 2;
    } else bytes[length++] = unit === 0x2b ? 0x20 : unit;
  }
  return bytes.subarray(0, length);
};

const pointToText = (point: number): string => (point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : '');

const decodeEntities = (run: string): string =>
  run.replaceAll(/&(?:#(\d{2,7})|#x([0-9A-Fa-f]{2,6})|([a-z]{2,6}));/g, (whole, decimal, hex, name) => {
    if (decimal !== undefined) return pointToText(Number(decimal));
    return hex === undefined ? (NAMED[name] ?? whole) : pointToText(Number.parseInt(hex, 16));
  });

const decodeEscapes = (run: string): string =>
  run.replaceAll(
    /\\(?:u\{([0-9A-Fa-f]{1,6})\}|u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|([0-3][0-7]{2}))/g,
    (_, braced, four, two, octal) =>
      pointToText(octal === undefined ? Number.parseInt(braced ?? four ?? two, 16) : Number.parseInt(octal, 8)),
  );

/** Groups of eight binary digits as bytes. */
const bytesOfBinary = (run: string): Uint8Array =>
  Uint8Array.from(run.replaceAll(/[^01]/g, '').match(/[01]{8}/g) ?? [], (bits) => Number.parseInt(bits, 2));

const bytesOfDecimals = (run: string): Uint8Array => Uint8Array.from(run.match(/\d{2,3}/g) ?? [], Number);

/** Units of hexadecimal digits before which `0x` and `\x` say nothing. */
const withoutMarks = (run: string): string => run.replaceAll(/0x|\\x/g, ' ');

interface Encoding {
  readonly disguise: Disguise;
  /** Whether a text may hold some of it: cheap, and true for whatever holds some. */
  readonly isLikely: (survey: Survey) => boolean;
  readonly run: RegExp;
  readonly decode: (run: string) => string | undefined;
}

const ENCODINGS: readonly Encoding[] = [
  {
    disguise: 'base64',
    isLikely: ({ longWords }) => longWords > 0,
    run: BASE64_RUN,
    decode: (run) => textOfBytes(bytesOfBase64(run)),
  },
  {
    disguise: 'base32',
    isLikely: ({ longWords }) => longWords > 0,
    run: BASE32_RUN,
    decode: (run) => textOfBytes(bytesOfBase32(run)),
  },
  {
    disguise: 'hex',
    isLikely: ({ digits }) => digits >= 8,
    run: HEX_RUN,
    decode: (run) => textOfBytes(bytesOfHex(withoutMarks(run))),
  },
  {
    disguise: 'url-encoding',
    isLikely: ({ percents, equals }) => percents >= 3 || equals >= 3,
    run: PERCENT_RUN,
    decode: (run) => textOfBytes(bytesOfPercents(run)),
  },
  {
    disguise: 'html-entities',
    isLikely: ({ ampersands }) => ampersands >= 3,
    run: ENTITY_RUN,
    decode: decodeEntities,
  },
  {
    disguise: 'binary',
    isLikely: ({ digits }) => digits >= 64,
    run: BINARY_RUN,
    decode: (run) => textOfBytes(bytesOfBinary(run)),
  },
  {
    disguise: 'decimal',
    isLikely: ({ digits }) => digits >= 16,
    run: DECIMAL_RUN,
    decode: (run) => textOfBytes(bytesOfDecimals(run)),
  },
  {
    disguise: 'morse',
    isLikely: ({ dotsAndDashes }) => dotsAndDashes >= 10,
    run: MORSE_RUN,
    decode: textOfMorse,
  },
  {
    disguise: 'unicode-escapes',
    isLikely: ({ backslashes }) => backslashes >= 3,
    run: ESCAPE_RUN,
    decode: decodeEscapes,
  },
];

/** The payloads of a text that decode to something readable. */
export const decodedPayloads = (text: string, survey: Survey): readonly Payload[] => {
  const payloads: Payload[] = [];
  for (const { disguise, isLikely, run, decode } of ENCODINGS) {
    if (!isLikely(survey)) continue;
    for (const { index, 0: encoded } of text.matchAll(run)) {
      const decoded = decode(encoded);
      if (decoded !== undefined && decoded !== encoded)
        payloads.push({ text: decoded, start: index, end: index + encoded.length, disguise });
    }
  }
  return payloads;
};
