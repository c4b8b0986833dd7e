/** One way to read encoded secrets out of a text that comes in pieces. */

import type { DecodedRun } from './decoded-run.ts';

/** Decodes a text, and hands what it decodes to runs of its own. */
export interface SecretReading {
  /** Reads the next piece, which begins at `at` in the text. */
  read(piece: string, at: number): void;
  /** The text ends here. */
  end?(): void;
  /** Where that begins of which nothing was handed on yet; else Infinity. */
  readonly from: number;
}

/** Makes a reading over runs of its own. */
export type SecretReadingKind = (run: () => DecodedRun) => SecretReading;

/** No digit of a code. */
export const NONE = 255;

/** Values by unit of the digits of a code, {@link NONE} for other units of ASCII. `same` digits stand for others. */
export const digitsOf = (digits: string, same = ''): Uint8Array => {
  const values = new Uint8Array(0x80).fill(NONE);
  for (const [value, digit] of [...digits].entries()) values[digit.charCodeAt(0)] = value;
  for (const [value, digit] of [...same].entries()) values[digit.charCodeAt(0)] = digits.length - same.length + value;
  return values;
};

/** The value of a unit by a table of {@link digitsOf}. */
export const digitAt = (values: Uint8Array, unit: number): number => (unit < 0x80 ? (values[unit] as number) : NONE);
