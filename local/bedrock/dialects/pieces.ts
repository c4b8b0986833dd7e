/** The pieces that a streamed text comes in: small, of changing length, so that words and numbers are split anywhere. */

import { tokensOf } from '../model/tokens.ts';

/** A piece of a text. */
export interface Piece {
  readonly text: string;
  /** Output tokens that it adds; all pieces together have those of the whole. */
  readonly tokens: number;
}

/** Lengths in UTF-16 units, in turn. */
const LENGTHS = [1, 5, 2, 7, 3, 11, 4] as const;
/** Later pieces are as long as real ones: a long answer has not too many. */
const SMALL_PIECES = 140;
const LATER_LENGTH = 24;

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;

/** Splits `text`, never within a surrogate pair. */
export function* piecesOf(text: string): Generator<Piece> {
  let start = 0;
  for (let index = 0; start < text.length; index += 1) {
    const length = index < SMALL_PIECES ? (LENGTHS[index % LENGTHS.length] ?? 1) : LATER_LENGTH;
    const end = start + length + (isHighSurrogate(text.charCodeAt(start + length - 1)) ? 1 : 0);
    const piece = text.slice(start, end);
    yield { text: piece, tokens: tokensOf(text.slice(0, end)) - tokensOf(text.slice(0, start)) };
    start = end;
  }
}
