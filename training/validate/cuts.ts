/** Cut points: the lowest log-odds at which rules and model together stay within a budget of false positives. */

import { both } from '../../core/injection/evidence.ts';
import { LANGUAGE_GROUPS, type LanguageGroup } from '../../core/injection/model/language.ts';
import { BLOCK_SCORE, FLAG_SCORE, type LogitCuts, scoreOf } from '../../core/injection/model/model.ts';
import type { Kind } from '../examples/example.ts';
import type { Scored } from './out-of-fold.ts';

/** Share of harmless texts of each kind that may be flagged, and blocked. */
export interface Budget {
  readonly flag: number;
  readonly block: number;
}

/** Budgets by kind of text. A kind that is absent has none. */
export type Budgets = Partial<Record<Kind, Budget>>;

/** Fewer texts of a kind than this say nothing of a share of one in a hundred. */
const ENOUGH = 150;
/** No source may stand for a kind alone: so many of its texts count. */
const MOST_OF_A_SOURCE = 500;
/** Least distance of the cut points, in log-odds. */
const APART = 1;

/** Score of rules and model together. */
export const combined = ({ logit, rules }: Scored, cuts: LogitCuts): number => both(rules, scoreOf(logit, cuts));

/** Harmless texts of a kind, no source among them more than {@link MOST_OF_A_SOURCE} times. */
export const harmlessOf = (scored: readonly Scored[], kind: Kind): readonly Scored[] =>
  [
    ...Map.groupBy(
      scored.filter(({ item }) => !item.example.isAttack && item.example.kind === kind),
      ({ item }) => item.example.source,
    ).values(),
  ].flatMap((texts) => texts.slice(0, MOST_OF_A_SOURCE));

const STEPS = 400;

/** The lowest of evenly spaced points from `low` to `high` that is good; good ones are those above some point. */
const lowest = (low: number, high: number, isGood: (point: number) => boolean): number => {
  let [from, to] = [0, STEPS];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (isGood(low + ((high - low) * middle) / STEPS)) to = middle;
    else from = middle + 1;
  }
  return low + ((high - low) * from) / STEPS;
};

const LOW = -6;
const HIGH = 12;

/** Cut points of one group of texts. */
const cutsOf = (texts: Readonly<Record<string, readonly Scored[]>>, budgets: Budgets): LogitCuts => {
  const isWithin = (cuts: LogitCuts, point: number, which: keyof Budget): boolean =>
    Object.entries(budgets).every(([kind, budget]) => {
      const all = texts[kind] ?? [];
      // What the rules take for an attack alone, no cut point of the model can spare.
      const byModel = all.filter((each) => each.rules < point && combined(each, cuts) >= point);
      return byModel.length <= budget[which] * all.length;
    });
  let block = 4;
  let flag = 0;
  // Each moves the other a little: the scale from 0 to 1 runs through both.
  for (let round = 0; round < 4; round++) {
    flag = lowest(LOW, HIGH, (point) =>
      isWithin({ flag: point, block: Math.max(block, point + APART) }, FLAG_SCORE, 'flag'),
    );
    block = lowest(flag + APART, HIGH + APART, (point) => isWithin({ flag, block: point }, BLOCK_SCORE, 'block'));
  }
  return { flag, block };
};

/** Kinds of which a group has enough texts; all texts of all groups where it has enough of none. */
const textsOf = (
  scored: readonly Scored[],
  group: LanguageGroup,
  kinds: readonly Kind[],
): Readonly<Record<string, readonly Scored[]>> => {
  const within = (texts: readonly Scored[]): (readonly [Kind, readonly Scored[]])[] =>
    kinds.map((kind) => [kind, harmlessOf(texts, kind)] as const).filter(([, each]) => each.length >= ENOUGH);
  const own = within(scored.filter(({ language }) => language === group));
  return Object.fromEntries(own.length > 0 ? own : within(scored));
};

/** Cut points of each group of languages. */
export const cutsByLanguage = (
  scored: readonly Scored[],
  budgetsOf: (group: LanguageGroup) => Budgets,
): Readonly<Record<LanguageGroup, LogitCuts>> =>
  Object.fromEntries(
    LANGUAGE_GROUPS.map((group) => {
      const budgets = budgetsOf(group);
      return [group, cutsOf(textsOf(scored, group, Object.keys(budgets) as Kind[]), budgets)];
    }),
  ) as Record<LanguageGroup, LogitCuts>;
