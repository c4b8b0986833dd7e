/** What a model that did not see its source says of every example, beside what the rules say. */

import { createEvidence } from '../../core/injection/evidence.ts';
import { type LanguageGroup, languageGroupOf } from '../../core/injection/model/language.ts';
import { readEach } from '../../core/injection/readings.ts';
import { createRuleSet } from '../../core/injection/rule-set.ts';
import { RULES } from '../../core/injection/rules/index.ts';
import type { Example } from '../examples/example.ts';
import type { Item } from '../learn/dataset.ts';
import { type LearnOptions, learn, logitOf } from '../learn/learner.ts';
import { weightsOf } from '../learn/weights.ts';
import { foldsOf } from './folds.ts';

/** An example, judged. */
export interface Scored {
  readonly item: Item;
  /** Log-odds of a model that did not see the example's source. */
  readonly logit: number;
  /** 0..1: what the rules say alone. */
  readonly rules: number;
  readonly language: LanguageGroup;
}

const ruleSet = createRuleSet(RULES);

const judgedByRules = ({ text, channel }: Example): Pick<Scored, 'rules' | 'language'> => {
  const evidence = createEvidence();
  const plain = new Set<string>();
  let language: LanguageGroup | undefined;
  readEach(text, (view, tokens) => {
    language ??= languageGroupOf(view.units, tokens);
    ruleSet(view, tokens, channel, evidence, plain);
  });
  return { rules: evidence.score(), language: language ?? 'english' };
};

/**
 * Learns once for each group of sources, without it, and judges it.
 *
 * @param progress Told after each fold.
 */
export const outOfFold = (
  items: readonly Item[],
  groups: readonly string[],
  options: LearnOptions,
  progress: (line: string) => void = () => {},
): readonly Scored[] =>
  foldsOf(items, groups).flatMap(({ group, learned, left }) => {
    const started = performance.now();
    const model = learn(learned, weightsOf(learned), options);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    progress(`without ${group}: learned from ${learned.length}, ${left.length} left out, ${seconds} s`);
    return left.map((item) => ({ item, logit: logitOf(model, item), ...judgedByRules(item.example) }));
  });
