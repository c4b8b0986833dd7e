/** Everything that is checked about the project's own examples. */

import { type DataLine, type DataText, linesOf } from './data-line.ts';
import { ownableHosts } from './hosts.ts';
import { phrasesNamedTwice, type TwiceNamed } from './lexicon-faults.ts';
import { wordsOf } from './likeness.ts';
import { brokenLines, type LineFault, secretLines, strayFiles } from './line-faults.ts';
import { distinctOf, type LinePairs, linePairs } from './pairs.ts';
import { isAdversariallyBenign, isAttackPhrase } from './phrases.ts';

/** What the check found. */
export interface DataReport extends LinePairs {
  readonly lines: readonly DataLine[];
  /** Lines that cannot be learned from as they stand, and files that nothing reads. */
  readonly broken: readonly LineFault[];
  readonly secrets: readonly LineFault[];
  readonly namedTwice: readonly TwiceNamed[];
  /** Different hosts that are not reserved for examples. */
  readonly ownableHosts: number;
  /** Phrases without their near-duplicates. */
  readonly distinct: { readonly attacks: number; readonly adversariallyBenign: number };
}

/** Checks texts of `training/data`. */
export const checkData = (texts: readonly DataText[]): DataReport => {
  const lines = linesOf(texts);
  const pairs = linePairs(
    lines,
    lines.map(({ text }) => wordsOf(text)),
  );
  return {
    lines,
    ...pairs,
    broken: [...strayFiles(texts), ...brokenLines(lines)],
    secrets: secretLines(lines),
    namedTwice: phrasesNamedTwice(texts),
    ownableHosts: new Set(lines.flatMap(({ text }) => ownableHosts(text))).size,
    distinct: {
      attacks: distinctOf(lines.filter(isAttackPhrase), pairs),
      adversariallyBenign: distinctOf(lines.filter(isAdversariallyBenign), pairs),
    },
  };
};

/** Whether nothing was found that must not be: near-duplicates and the lexicon's double names may be. */
export const isSound = ({ broken, secrets, duplicates, contradictions }: DataReport): boolean =>
  [broken, secrets, duplicates, contradictions].every((faults) => faults.length === 0);
