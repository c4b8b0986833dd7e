/**
 * Makes the classifier's weights: `npm run train`. Reads `training/data`, and the shared corpora where they are there;
 * validates by leaving each group of sources out; fixes the cut points on that; learns from everything; writes the
 * generated module and the model's page. The same data give the same weights.
 */

import { parseArgs } from 'node:util';
import type { ChannelModel } from '../core/injection/model/model.ts';
import type { Channel } from '../core/injection/types.ts';
import { CHANNELS, type ChannelPlan } from './channels.ts';
import { hasSharedCorpora } from './examples/shared-corpora.ts';
import { itemOf } from './learn/dataset.ts';
import { learn } from './learn/learner.ts';
import { quantised } from './learn/quantise.ts';
import { weightsOf } from './learn/weights.ts';
import { cutsByLanguage } from './validate/cuts.ts';
import { outOfFold } from './validate/out-of-fold.ts';
import { rowsBySource, tableOf } from './validate/report.ts';
import { writeWeights } from './write/weights-module.ts';

const { values } = parseArgs({
  options: { channel: { type: 'string' }, version: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
});

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const trained = ({ channel, examples, options, groups, budgetsOf }: ChannelPlan): ChannelModel => {
  const started = performance.now();
  const items = examples().map((example) => itemOf(example, options.bits));
  const learned = items.filter(({ example }) => example.use !== 'try');
  say(`${channel}: ${items.length} examples, ${learned.length} to learn from`);
  const scored = outOfFold(items, groups, options, say);
  const cuts = cutsByLanguage(scored, budgetsOf);
  say(`${tableOf(rowsBySource(scored, cuts))}\ncut points: ${JSON.stringify(cuts)}`);
  const head = quantised(learn(learned, weightsOf(learned), options));
  say(`${channel}: ${((performance.now() - started) / 1000).toFixed(0)} s`);
  return { head, cuts };
};

if (values.help) say('npm run train [-- --channel user|data] [--version 2026-11-30.1]: see training/README.md');
else {
  if (!hasSharedCorpora()) say('The shared corpora are not there: trained from training/data alone.');
  const plans = CHANNELS.filter(({ channel }) => values.channel === undefined || values.channel === channel);
  const models = new Map<Channel, ChannelModel>(plans.map((plan) => [plan.channel, trained(plan)]));
  const [user, data] = [models.get('user'), models.get('data')];
  // One channel alone is a trial: nothing is written.
  if (user !== undefined && data !== undefined)
    writeWeights({ user, data }, values.version ?? `${new Date().toISOString().slice(0, 10)}.1`);
}
