/** Validates, cuts and learns the head of each channel. */

import type { ChannelModel } from '../core/injection/model/model.ts';
import type { ChannelPlan } from './channels.ts';
import { commonFeatures, type Item, itemOf } from './learn/dataset.ts';
import { learn } from './learn/learner.ts';
import { quantised } from './learn/quantise.ts';
import { weightsOf } from './learn/weights.ts';
import { cutsByLanguage } from './validate/cuts.ts';
import { outOfFold } from './validate/out-of-fold.ts';
import { rowsBySource, type SourceRow, tableOf } from './validate/report.ts';
import { type Summary, summaryOf } from './validate/summary.ts';

/** A channel's model, and what its validation saw. */
export interface Trained {
  readonly plan: ChannelPlan;
  readonly model: ChannelModel;
  readonly learned: number;
  readonly rows: readonly SourceRow[];
  readonly summary: Summary;
}

/** @param say Told what goes on. */
export const trainModel = (plan: ChannelPlan, say: (line: string) => void): Trained => {
  const { channel, examples, options, commonOnly, groups, budgetsOf } = plan;
  const started = performance.now();
  const all = examples();
  const isCommon = commonOnly ? commonFeatures(all) : () => true;
  const items: readonly Item[] = all.map((example) => itemOf(example, options.bits, isCommon));
  const learned = items.filter(({ example }) => example.use !== 'try');
  say(`${channel}: ${items.length} examples, ${learned.length} to learn from`);
  const scored = outOfFold(items, groups, options, say);
  const cuts = cutsByLanguage(scored, budgetsOf);
  const rows = rowsBySource(scored, cuts);
  say(`${tableOf(rows)}\ncut points: ${JSON.stringify(cuts)}`);
  const head = quantised(learn(learned, weightsOf(learned), options));
  say(`${channel}: ${((performance.now() - started) / 1000).toFixed(0)} s`);
  return { plan, model: { head, cuts }, learned: learned.length, rows, summary: summaryOf(scored, cuts) };
};
