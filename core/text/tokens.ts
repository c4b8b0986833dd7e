/** The words of a folded text, as hashes: what rules and model read. */

import { CLASS, classes, classOf } from './characters.ts';

/** The words of a view, side by side in arrays: letters and digits up to whatever is neither, or one ideograph. */
export interface Tokens {
  readonly count: number;
  /** First unit of each, and the one behind its last. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** 32-bit hash of the units; digits count as one another. */
  readonly hashes: Int32Array;
  /** The strongest sign that stands before it, one of `CLASS`; `none` between ideographs. */
  readonly breaks: Uint8Array;
  /** 1 where the word is a single ideograph. */
  readonly ideographs: Uint8Array;
}

const HASH_START = 0x811c9dc5 | 0;
const HASH_PRIME = 0x01000193;
const ANY_DIGIT = 0x30;

/** Mixes a hash to its end, so that any of its bits can be used alone. */
export const mixed = (hash: number): number => {
  const once = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return once ^ (once >>> 13);
};

/** The hash that a word of letters has among {@link Tokens}. */
export const hashOfWord = (units: Uint16Array): number => {
  let hash = HASH_START;
  for (const unit of units) hash = Math.imul(hash ^ (classOf(unit) === CLASS.digit ? ANY_DIGIT : unit), HASH_PRIME);
  return mixed(hash);
};

const arrays = (size: number) => ({
  starts: new Int32Array(size),
  ends: new Int32Array(size),
  hashes: new Int32Array(size),
  breaks: new Uint8Array(size),
  ideographs: new Uint8Array(size),
});

/** Most words that the arrays kept between calls can hold. */
const KEPT = 1 << 14;
const kept = arrays(KEPT);

/**
 * Splits a folded text into words, in one pass.
 *
 * @returns Arrays that the next call may write over: read them before it.
 */
export const tokenise = (units: Uint16Array): Tokens => {
  const { length } = units;
  const to = length <= KEPT ? kept : arrays(length);
  const { starts, ends, hashes, breaks, ideographs } = to;
  let count = 0;
  let pending: number = CLASS.line;
  let index = 0;
  while (index < length) {
    let unit = units[index] as number;
    let kind = (classes[unit] as number) || classOf(unit);
    if (kind < CLASS.letter) {
      if (kind > pending) pending = kind;
      index += 1;
      continue;
    }
    starts[count] = index;
    let hash = HASH_START;
    if (kind === CLASS.ideograph) {
      hash = Math.imul(hash ^ unit, HASH_PRIME);
      index += 1;
      ideographs[count] = 1;
    } else {
      do {
        hash = Math.imul(hash ^ (kind === CLASS.digit ? ANY_DIGIT : unit), HASH_PRIME);
        index += 1;
        if (index >= length) break;
        unit = units[index] as number;
        kind = (classes[unit] as number) || classOf(unit);
      } while (kind === CLASS.letter || kind === CLASS.digit);
      ideographs[count] = 0;
    }
    ends[count] = index;
    hashes[count] = mixed(hash);
    breaks[count] = pending;
    pending = CLASS.none;
    count += 1;
  }
  return { count, starts, ends, hashes, breaks, ideographs };
};
