/** What the screen made of rows. */

import type { ScreenResult, Verdict } from '../../../core/injection/index.ts';
import { type CountedShare, countedShare } from '../formats.ts';
import { areaUnderCurve, createScoreList } from '../score-list.ts';

/** The same at both cut points: `flag` counts what is blocked too. */
export interface AtCutPoints {
  readonly flag: CountedShare | undefined;
  readonly block: CountedShare | undefined;
}

/** A summary of rows. */
export interface OutcomeSummary {
  readonly attacks: number;
  readonly benign: number;
  /** Share of the attacks that was caught. */
  readonly recall: AtCutPoints;
  /** Share of the benign rows that was caught. */
  readonly falsePositives: AtCutPoints;
  /** Area under the ROC curve, where scores are kept. */
  readonly auc: number | undefined;
}

/** Counts outcomes. */
export interface Outcomes {
  add(isAttack: boolean, result: Pick<ScreenResult, 'verdict' | 'score'>): void;
  summary(): OutcomeSummary;
}

const createSide = () => {
  const counts: Record<Verdict, number> = { allow: 0, flag: 0, block: 0 };
  const total = (): number => counts.allow + counts.flag + counts.block;
  return {
    counts,
    total,
    caught: (): AtCutPoints => ({
      flag: countedShare(counts.flag + counts.block, total()),
      block: countedShare(counts.block, total()),
    }),
  };
};

/** No rows yet. @param keepsScores Whether there is to be an area under the curve: eight bytes a row. */
export const createOutcomes = (keepsScores: boolean): Outcomes => {
  const [attacks, benign] = [createSide(), createSide()];
  const scores = keepsScores ? { attacks: createScoreList(), benign: createScoreList() } : undefined;
  return {
    add(isAttack, { verdict, score }) {
      (isAttack ? attacks : benign).counts[verdict] += 1;
      (isAttack ? scores?.attacks : scores?.benign)?.add(score);
    },
    summary: () => ({
      attacks: attacks.total(),
      benign: benign.total(),
      recall: attacks.caught(),
      falsePositives: benign.caught(),
      auc: scores && areaUnderCurve(scores.attacks.sorted(), scores.benign.sorted()),
    }),
  };
};

/** Outcomes by a word: a language, a disguise, a source. */
export interface GroupedOutcomes {
  of(word: string): Outcomes;
  /** In order of the words. */
  entries(): readonly (readonly [word: string, summary: OutcomeSummary])[];
}

/** Most groups; what comes later shares one. */
const MOST = 100;
const OTHERS = '(others)';

/** No groups yet. */
export const createGroupedOutcomes = (): GroupedOutcomes => {
  const groups = new Map<string, Outcomes>();
  const groupOf = (word: string): Outcomes => {
    const known = groups.get(word);
    if (known !== undefined) return known;
    if (groups.size >= MOST && word !== OTHERS) return groupOf(OTHERS);
    const outcomes = createOutcomes(false);
    groups.set(word, outcomes);
    return outcomes;
  };
  return {
    of: groupOf,
    entries: () =>
      [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([word, outcomes]) => [word, outcomes.summary()] as const),
  };
};
