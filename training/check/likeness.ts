/** How much two texts are alike: by the words that they have in common, in whatever order. */

import { fold, textOf } from '../../core/text/fold.ts';
import { tokenise } from '../../core/text/tokens.ts';

/** The words of a text, as likeness sees them. */
export interface Words {
  /** Equal for texts that differ in case, blanks, disguised letters and the sign at their end only. */
  readonly identity: string;
  /** Hash of each word; of one that comes again, another each time. Numbers count as one another. */
  readonly hashes: readonly number[];
}

const AT_THE_END = /[\s.!?…。！？]+$/; // " ?!"

/** Reads the words of a text. */
export const wordsOf = (text: string): Words => {
  const { units } = fold(text);
  const { count, hashes } = tokenise(units);
  const seen = new Map<number, number>();
  const all: number[] = [];
  for (let word = 0; word < count; word++) {
    const hash = hashes[word] as number;
    const before = seen.get(hash) ?? 0;
    seen.set(hash, before + 1);
    all.push(Math.imul(hash ^ before, 0x01000193) ^ before);
  }
  const folded = textOf(units).trim().replaceAll(/\s+/g, ' ');
  return { identity: folded.replace(AT_THE_END, '') || folded, hashes: all };
};

/** Two texts by their indices, and their likeness: words in common by words in either, 0..1. */
export interface Likeness {
  readonly first: number;
  readonly second: number;
  readonly likeness: number;
}

const commonOf = (left: ReadonlySet<number>, right: readonly number[]): number => {
  let common = 0;
  for (const hash of right) if (left.has(hash)) common += 1;
  return common;
};

/**
 * All pairs of texts that are alike by at least `least`. Two such texts share one of their rarest words, so that only those
 * who do are compared (prefix filtering: Bayardo, Ma, Srikant, "Scaling up all pairs similarity search", 2007): near to
 * linear time for texts as people write them.
 */
export const alikePairs = (texts: readonly Pick<Words, 'hashes'>[], least: number): readonly Likeness[] => {
  const frequency = new Map<number, number>();
  for (const { hashes } of texts) for (const hash of hashes) frequency.set(hash, (frequency.get(hash) ?? 0) + 1);
  const rarity = (hash: number): number => frequency.get(hash) ?? 0;
  const byRarity = texts.map(({ hashes }) => hashes.toSorted((a, b) => rarity(a) - rarity(b) || a - b));
  const bySize = byRarity.map((_, index) => index).sort((a, b) => sizeOf(byRarity, a) - sizeOf(byRarity, b));
  const holders = new Map<number, number[]>();
  const pairs: Likeness[] = [];
  for (const second of bySize) {
    const hashes = byRarity[second] ?? [];
    const prefix = hashes.slice(0, hashes.length - Math.ceil(least * hashes.length) + 1);
    const enough = least * hashes.length;
    const candidates = new Set(
      prefix.flatMap((hash) => (holders.get(hash) ?? []).filter((index) => sizeOf(byRarity, index) >= enough)),
    );
    const own = new Set(candidates.size > 0 ? hashes : []);
    for (const first of candidates) {
      const other = byRarity[first] ?? [];
      const common = commonOf(own, other);
      const likeness = common / (hashes.length + other.length - common);
      if (likeness >= least) pairs.push({ first: Math.min(first, second), second: Math.max(first, second), likeness });
    }
    for (const hash of prefix) {
      const list = holders.get(hash);
      if (list === undefined) holders.set(hash, [second]);
      else list.push(second);
    }
  }
  return pairs.sort((a, b) => b.likeness - a.likeness || a.first - b.first || a.second - b.second);
};

const sizeOf = (all: readonly (readonly number[])[], index: number): number => all[index]?.length ?? 0;
