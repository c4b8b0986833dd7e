/** Texts in pieces that one call takes. */

import { betweenCharacters } from '../../../core/text/sentence-border.ts';

/**
 * Characters of a text unit, by which guardrails are limited and billed.
 * Source: https://aws.amazon.com/bedrock/pricing/, "Guardrails".
 */
export const TEXT_UNIT = 1000;

/**
 * Text units of one call. The quota of ApplyGuardrail differs by Region, policy and tier, and 25 is its lowest default:
 * more are answered with 429. No limit of InvokeGuardrailChecks is documented; it gets pieces of the same size.
 * Source: https://docs.aws.amazon.com/general/latest/gr/bedrock.html, "On-demand ApplyGuardrail … text units".
 */
export const UNITS_PER_CALL = 25;

/** UTF-16 units of a piece: never fewer than the characters that the service counts. */
const PIECE = UNITS_PER_CALL * TEXT_UNIT;

/** UTF-16 units that neighbouring pieces share: an attack of up to this length stands in one of them as a whole. */
export const OVERLAP = 1000;

/** Text units of a text, as they are billed. */
export const textUnitsOf = (text: string): number => Math.ceil(text.length / TEXT_UNIT);

/** Where a piece ends, after `from` and not after `to`. */
export type CutText = (text: string, from: number, to: number) => number;

/**
 * The pieces of a text, in order. Each is well-formed: what is no character becomes U+FFFD, as it does in the bytes that a
 * model reads. Blank pieces are left out, since the service takes none and nothing stands in them.
 *
 * @param cut Chooses where a piece ends within its last tenth.
 */
export const chunksOf = (text: string, cut: CutText = (_, __, to) => to): readonly string[] => {
  const whole = text.toWellFormed();
  const pieces: string[] = [];
  let start = 0;
  while (start < whole.length) {
    const most = Math.min(start + PIECE, whole.length);
    const end = betweenCharacters(whole, most === whole.length ? most : cut(whole, most - PIECE / 10, most));
    pieces.push(whole.slice(start, end));
    start = end === whole.length ? end : betweenCharacters(whole, end - OVERLAP);
  }
  return pieces.filter((piece) => piece.trim() !== '');
};
