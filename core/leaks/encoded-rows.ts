/** Secrets in codes that stand in rows of digits: base64 and base32, wrapped or not. */

import type { DecodedRun } from './decoded-run.ts';
import { digitAt, digitsOf, NONE, type SecretReading, type SecretReadingKind } from './secret-reading.ts';

/** Digits of the first row: shorter ones are words. Shorter than the code of any secret, too. */
const FIRST_ROW = 20;
/** Digits of every row but the last. */
const NEXT_ROW = 16;
/** Units between two rows. */
const MOST_BETWEEN = 16;

const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const BASE64 = digitsOf(`${UPPER}${UPPER.toLowerCase()}0123456789+/`, '-_');
const BASE32 = digitsOf(`${UPPER}234567`);

/** What may stand between rows: line ends, indentation, marks of quotations, the signs that join strings in source code. */
const BETWEEN = new Uint8Array(0x80);
for (const sign of ' \t\r\n"\'`\\,>|') BETWEEN[sign.charCodeAt(0)] = 1;

/** Decodes the digits of one block of rows. */
interface RowDecoder {
  digit(value: number, at: number): void;
  /** The block ends. */
  close(): void;
  /** Where the code of what comes next begins. */
  readonly from: number;
}

const PADDING = 0x3d;

/** Reads blocks of rows; all of them but the last are made of whole groups of `group` digits. */
const rowReading = (values: Uint8Array, group: number, decoder: RowDecoder): SecretReading => {
  /** Digits of a row that is not known to be one, and where it begins. */
  const start = new Uint8Array(FIRST_ROW);
  let rowAt = 0;
  /** Digits of the row, and how many make it one. */
  let row = 0;
  let least = FIRST_ROW;
  let between = 0;

  const inBlock = (): boolean => least !== FIRST_ROW || row >= FIRST_ROW;

  const endBlock = (): void => {
    if (inBlock()) decoder.close();
    row = 0;
    least = FIRST_ROW;
    between = 0;
  };

  const decodeStart = (): void => {
    for (let index = 0; index < least && index < row; index++) decoder.digit(start[index] as number, rowAt + index);
  };

  /** A row has ended. */
  const endRow = (unit: number): void => {
    const isWhole = row % group === 0;
    if (least === NEXT_ROW && row < least) {
      // The last row, or a word.
      if (isWhole || unit === PADDING) decodeStart();
      endBlock();
    } else if (!inBlock() || !isWhole) endBlock();
    else {
      least = NEXT_ROW;
      row = 0;
    }
  };

  const other = (unit: number): void => {
    if (row > 0) endRow(unit);
    if (!inBlock()) return;
    between += 1;
    if (between > MOST_BETWEEN || unit >= 0x80 || BETWEEN[unit] === 0) endBlock();
  };

  const digit = (value: number, at: number): void => {
    between = 0;
    if (row === 0) rowAt = at;
    if (row < least) start[row] = value;
    row += 1;
    if (row === least) decodeStart();
    else if (row > least) decoder.digit(value, at);
  };

  return {
    read(piece, at) {
      for (let index = 0; index < piece.length; index++) {
        const unit = piece.charCodeAt(index);
        const value = digitAt(values, unit);
        if (value === NONE) other(unit);
        else digit(value, at + index);
      }
    },
    end: () => {
      if (row > 0) endRow(PADDING);
    },
    get from() {
      if (inBlock()) return decoder.from;
      return row > 0 ? rowAt : Number.POSITIVE_INFINITY;
    },
  };
};

/** Base64 (RFC 4648), both alphabets. It may begin at any digit of a row. */
export const base64Secrets: SecretReadingKind = (run) => {
  const groups: readonly DecodedRun[] = [run(), run(), run(), run()];
  let count = 0;
  let before = 0;
  let beforeAt = 0;
  return rowReading(BASE64, 4, {
    digit(value, at) {
      const pair = (before << 6) | value;
      // Each digit but the first of a group completes a byte.
      if (count > 0) (groups[(count - 1) & 3] as DecodedRun).take((pair >> 4) & 0xff, beforeAt, at + 1);
      if (count > 1) (groups[(count - 2) & 3] as DecodedRun).take((pair >> 2) & 0xff, beforeAt, at + 1);
      if (count > 2) (groups[(count - 3) & 3] as DecodedRun).take(pair & 0xff, beforeAt, at + 1);
      count += 1;
      before = value;
      beforeAt = at;
    },
    close() {
      for (const group of groups) group.close();
      count = 0;
    },
    get from() {
      return beforeAt;
    },
  });
};

/** Base32 (RFC 4648). It begins with the row. */
export const base32Secrets: SecretReadingKind = (run) => {
  const decoded = run();
  let bits = 0;
  let held = 0;
  let begin = 0;
  let next = 0;
  return rowReading(BASE32, 8, {
    digit(value, at) {
      if (bits === 0) begin = at;
      held = ((held << 5) | value) & 0xfff;
      bits += 5;
      next = at;
      if (bits < 8) return;
      bits -= 8;
      decoded.take((held >> bits) & 0xff, begin, at + 1);
      begin = at;
    },
    close() {
      decoded.close();
      bits = 0;
    },
    get from() {
      return bits > 0 ? begin : next;
    },
  });
};
