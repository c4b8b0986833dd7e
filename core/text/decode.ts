/** Payloads that a text carries in an encoding, decoded. Each kind is found and decoded in one linear pass. */

import { bytesOfBase32, bytesOfBase64, bytesOfBinary, bytesOfDecimals, bytesOfHex, bytesOfPercents } from './bytes.ts';
import { backslashRuns, type EscapedRun, entityRuns } from './escapes.ts';
import type { Disguise } from './fold.ts';
import { textOfMorse } from './morse.ts';
import { textOfBytes } from './readable.ts';
import type { Room } from './room.ts';
import type { Survey } from './tokens.ts';

/** A decoded payload and the span of the text that it stood in. */
export interface Payload extends EscapedRun {
  readonly disguise: Disguise;
}

const BASE64_RUN = /[A-Za-z0-9+/_-]{16,}(?:\r?\n[A-Za-z0-9+/_-]{4,}){0,2000}={0,2}/g; // SWdub3JlIGFsbA==
const BASE32_RUN = /[A-Z2-7]{16,}(?:\r?\n[A-Z2-7]{4,}){0,2000}={0,6}/g; // JFTW433SMUQGC3DM
const HEX_RUN = /(?:(?:0x|\\x)?[0-9A-Fa-f]{2}[\s,;:-]{0,3}){10,}[0-9A-Fa-f]?/g; // 49 67 6e 6f 72 65
const PERCENT_RUN = /(?:[%=][0-9A-Fa-f]{2}[A-Za-z0-9._~+-]{0,64}){3,}/g; // %49gnore%20all, =49gnore=20all
const BINARY_RUN = /(?:[01]{8}[\s,;:-]{0,3}){8,}[01]{0,7}/g; // 01101001 01100111
const DECIMAL_RUN =
  /(?<!\d)(?:(?:3[2-9]|[4-9]\d|1[01]\d|12[0-6])[\s,;:-]{1,3}){8,}(?:3[2-9]|[4-9]\d|1[01]\d|12[0-6])?(?!\d)/g; // 73 103 110
const MORSE_RUN = /[.-]{1,6}(?:(?: {1,3}|\n| ?\/ ?)[.-]{1,6}){9,}/g; // .. --. -. --- .-. .

/** Bits by which a text may begin later than the first sign of a run. */
const IN_BASE64 = [6, 4, 2];
const IN_BASE32 = [5, 2, 7, 4, 1, 6, 3];
const IN_HEX = [4];
const IN_BINARY = [1, 2, 3, 4, 5, 6, 7];

/** What base64 of any text has somewhere, and runs of hexadecimal and binary digits have not. */
const BEYOND_HEX = /[^0-9A-Fa-f\s=]/;

const HEX_MARK = /0x|\\x/g;
/** `0x` and `\x` before hexadecimal digits say nothing. */
const withoutMarks = (run: string): string => (/x/.test(run) ? run.replace(HEX_MARK, ' ') : run);

interface Encoding {
  readonly disguise: Disguise;
  /** Whether a text may hold some of it: cheap, and true for whatever holds some. */
  readonly isLikely: (survey: Survey) => boolean;
  /** Its runs in a text, decoded. */
  readonly runs: (text: string, room: Room) => Iterable<EscapedRun>;
}

/** The runs that a pattern finds, decoded; not those that decode to nothing. */
const found = (pattern: RegExp, decode: (run: string, room: Room) => string | undefined) =>
  function* (text: string, room: Room): Iterable<EscapedRun> {
    for (const { index, 0: run } of text.matchAll(pattern)) {
      const decoded = decode(run, room);
      if (decoded !== undefined) yield { text: decoded, start: index, end: index + run.length };
    }
  };

const ENCODINGS: readonly Encoding[] = [
  {
    disguise: 'base64',
    isLikely: ({ longWords }) => longWords > 0,
    runs: found(BASE64_RUN, (run, room) =>
      BEYOND_HEX.test(run) ? textOfBytes(bytesOfBase64(run), IN_BASE64, room) : undefined,
    ),
  },
  {
    disguise: 'base32',
    isLikely: ({ longWords }) => longWords > 0,
    runs: found(BASE32_RUN, (run, room) => textOfBytes(bytesOfBase32(run), IN_BASE32, room)),
  },
  {
    // Most of the hexadecimal digits of text are decimal ones.
    disguise: 'hex',
    isLikely: ({ digits }) => digits >= 10,
    runs: found(HEX_RUN, (run, room) => textOfBytes(bytesOfHex(withoutMarks(run)), IN_HEX, room)),
  },
  {
    disguise: 'url-encoding',
    isLikely: ({ percents, equals }) => percents >= 3 || equals >= 3,
    runs: found(PERCENT_RUN, (run, room) => textOfBytes(bytesOfPercents(run), [], room)),
  },
  { disguise: 'html-entities', isLikely: ({ ampersands }) => ampersands >= 3, runs: entityRuns },
  {
    disguise: 'binary',
    isLikely: ({ digits }) => digits >= 64,
    runs: found(BINARY_RUN, (run, room) => textOfBytes(bytesOfBinary(run), IN_BINARY, room)),
  },
  {
    disguise: 'decimal',
    isLikely: ({ digits }) => digits >= 16,
    runs: found(DECIMAL_RUN, (run, room) => textOfBytes(bytesOfDecimals(run), [], room)),
  },
  { disguise: 'morse', isLikely: ({ dotsAndDashes }) => dotsAndDashes >= 10, runs: found(MORSE_RUN, textOfMorse) },
  { disguise: 'unicode-escapes', isLikely: ({ backslashes }) => backslashes >= 3, runs: backslashRuns },
];

/** The payloads of a text that decode to something readable. */
export const decodedPayloads = (text: string, survey: Survey, room: Room): readonly Payload[] =>
  ENCODINGS.filter(({ isLikely }) => isLikely(survey)).flatMap(({ disguise, runs }) =>
    Array.from(runs(text, room), (run) => ({ ...run, disguise })).filter(
      ({ text: decoded, start, end }) => decoded.length !== end - start || decoded !== text.slice(start, end),
    ),
  );
