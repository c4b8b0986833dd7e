/** What a model that did not see its source says of every example, beside what the rules say. */

import { createEvidence } from '../../core/injection/evidence.ts';
import type { Head } from '../../core/injection/model/head.ts';
import { type LanguageGroup, languageGroupOf } from '../../core/injection/model/language.ts';
import { estimate } from '../../core/injection/model/linear.ts';
import { readEach } from '../../core/injection/readings.ts';
import { createRuleSet } from '../../core/injection/rule-set.ts';
import { RULES } from '../../core/injection/rules/index.ts';
import type { Example } from '../examples/example.ts';
import type { Item } from '../learn/dataset.ts';
import { type LearnOptions, learn } from '../learn/learner.ts';
import { quantised } from '../learn/quantise.ts';
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
const NOTHING = -20;

const judged = ({ text, channel }: Example, head: Head): Omit<Scored, 'item'> => {
  const evidence = createEvidence();
  const plain = new Set<string>();
  let language: LanguageGroup | undefined;
  // Of a text that the model says nothing of: below any cut point.
  let logit = NOTHING;
  readEach(text, (view, tokens) => {
    language ??= languageGroupOf(view.units, tokens);
    ruleSet(view, tokens, channel, evidence, plain);
    logit = Math.max(logit, estimate(head, view, tokens).logit);
  });
  return { logit, rules: evidence.score(), language: language ?? 'english' };
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
    const head = quantised(learn(learned, weightsOf(learned), options));
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    progress(`without ${group}: learned from ${learned.length}, ${left.length} left out, ${seconds} s`);
    return left.map((item) => ({ item, ...judged(item.example, head) }));
  });
