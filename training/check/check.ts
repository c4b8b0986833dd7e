/** Everything that is checked about the project's own examples. */

import { type DataLine, type DataText, linesOf } from './data-line.ts';
import { ownableHosts } from './hosts.ts';
import { type Ambiguous, ambiguousPhrases } from './lexicon-faults.ts';
import { wordsOf } from './likeness.ts';
import { brokenLines, type LineFault, secretLines, strayFiles } from './line-faults.ts';
import { distinctOf, type LinePair, type LinePairs, linePairs } from './pairs.ts';
import { isAdversariallyBenign, isAttackPhrase } from './phrases.ts';

/** What the check found. */
export interface DataReport extends LinePairs {
  readonly lines: readonly DataLine[];
  /** Lines that cannot be learned from as they stand, and files that nothing reads. */
  readonly broken: readonly LineFault[];
  readonly secrets: readonly LineFault[];
  readonly ambiguous: readonly Ambiguous[];
  /** Different hosts that are not reserved for examples. */
  readonly ownableHosts: number;
  /** Phrases without their near-duplicates. */
  readonly distinct: { readonly attacks: number; readonly adversariallyBenign: number };
}

const pairsOf = (lines: readonly DataLine[]): LinePairs =>
  linePairs(
    lines,
    lines.map(({ text }) => wordsOf(text)),
  );

/** Checks texts of `training/data`. @param others Lines from elsewhere, which they must not contradict. */
export const checkData = (texts: readonly DataText[], others: readonly DataLine[] = []): DataReport => {
  const lines = linesOf(texts);
  const { contradictions, ...all } = pairsOf([...lines, ...others]);
  const isOwn = ({ first, second }: LinePair): boolean => !others.includes(first) && !others.includes(second);
  const pairs = {
    contradictions,
    duplicates: all.duplicates.filter(isOwn),
    nearDuplicates: all.nearDuplicates.filter(isOwn),
  };
  return {
    lines,
    ...pairs,
    broken: [...strayFiles(texts), ...brokenLines(lines)],
    secrets: secretLines(lines),
    ambiguous: ambiguousPhrases(texts),
    ownableHosts: new Set(lines.flatMap(({ text }) => ownableHosts(text))).size,
    distinct: {
      attacks: distinctOf(lines.filter(isAttackPhrase), pairs),
      adversariallyBenign: distinctOf(lines.filter(isAdversariallyBenign), pairs),
    },
  };
};

/** Whether nothing was found that must not be. Near-duplicates may be, up to a number that the tests hold. */
export const isSound = ({ broken, secrets, ambiguous, duplicates, contradictions }: DataReport): boolean =>
  [broken, secrets, ambiguous, duplicates, contradictions].every((faults) => faults.length === 0);
