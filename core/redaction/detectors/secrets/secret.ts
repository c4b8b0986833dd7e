/** How a credential is described: by its own prefix, or by its shape beside the vendor's name. */

import { atLeast, withDigit } from '../../checks/entropy.ts';
import type { Detector, Tail } from '../../types.ts';

/** What a token needs beside its pattern. */
export interface TokenOptions {
  /** Least entropy in bits a character: placeholders such as `ghp_xxxx…` stay below it. @default 2 */
  readonly bits?: number;
  /** What follows the pattern and belongs to the token. @default nothing */
  readonly tail?: Tail;
  /** @default 1 */
  readonly score?: number;
}

/** A token that its prefix or frame proves, wherever it stands. */
export const token = (rule: string, pattern: RegExp, { bits = 2, tail, score = 1 }: TokenOptions = {}): Detector => ({
  entity: 'SECRET',
  rule,
  pattern,
  score,
  ...(bits > 0 && { measure: atLeast(bits) }),
  ...(tail !== undefined && { tail }),
});

/** A value of a common shape that counts only where it is assigned to the vendor's name. */
export const named = (rule: string, keywords: readonly string[], pattern: RegExp, bits = 3): Detector => ({
  entity: 'SECRET',
  rule,
  pattern,
  assignedTo: keywords,
  score: 0.9,
  measure: withDigit(bits),
});

const shapes = new Map<string, RegExp>();

/** One pattern for each alphabet and length, shared by the vendors whose keys look alike. */
const shape = (source: string): RegExp => {
  const known = shapes.get(source) ?? new RegExp(`${source}(?![\\w-])`, 'iy');
  shapes.set(source, known);
  return known;
};

const count = (least: number, most: number): string => (least === most ? `{${least}}` : `{${least},${most}}`);

/** Hexadecimal digits of either case. */
export const hex = (least: number, most: number = least): RegExp => shape(`[a-f0-9]${count(least, most)}`);

/** Letters and digits. */
export const alnum = (least: number, most: number = least): RegExp => shape(`[a-z0-9]${count(least, most)}`);

/** Letters, digits, `-` and `_`: base64url. */
export const base64url = (least: number, most: number = least): RegExp => shape(`[a-z0-9_-]${count(least, most)}`);

/** Base64url that may be padded. */
export const padded = (least: number, most: number = least): RegExp => shape(`[a-z0-9=_-]${count(least, most)}`);

/** Decimal digits. */
export const digits = (least: number, most: number = least): RegExp => shape(`[0-9]${count(least, most)}`);

/** A UUID (RFC 9562): 123e4567-e89b-12d3-a456-426614174000. */
export const UUID: RegExp = /[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}(?![\w-])/iy;
