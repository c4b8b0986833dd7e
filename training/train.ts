/**
 * Makes the classifier's weights: `npm run train`. Compiles the lexicon; reads `training/data`, and the shared corpora
 * where they are there; validates by leaving each group of sources out; fixes the cut points on that; learns from
 * everything; writes the generated modules and the model's page. The same data give the same weights.
 */

import { parseArgs } from 'node:util';
import { hasSharedCorpora } from './examples/shared-corpora.ts';
import { writeLexicon } from './write/lexicon-module.ts';

const { values } = parseArgs({
  options: { channel: { type: 'string' }, version: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
});

const say = (line: string): void => void process.stdout.write(`${line}\n`);

if (values.help) say('npm run train [-- --channel user|data] [--version 2026-11-30.1]: see training/README.md');
else {
  if (!hasSharedCorpora()) say('The shared corpora are not there: trained from training/data alone.');
  writeLexicon();
  // What reads texts reads the lexicon when it is loaded: not before it is written.
  const { CHANNELS } = await import('./channels.ts');
  const { trainModel } = await import('./train-models.ts');
  const plans = CHANNELS.filter(({ channel }) => values.channel === undefined || values.channel === channel);
  const trained = plans.map((plan) => trainModel(plan, say));
  const [user, data] = (['user', 'data'] as const).map((channel) =>
    trained.find(({ plan }) => plan.channel === channel),
  );
  // One channel alone is a trial: nothing is written.
  if (user !== undefined && data !== undefined) {
    const version = values.version ?? `${new Date().toISOString().slice(0, 10)}.1`;
    const { writeWeights } = await import('./write/weights-module.ts');
    const { writeModelCard } = await import('./write/model-card.ts');
    writeWeights({ user: user.model, data: data.model }, version);
    writeModelCard(trained, version);
  }
}
