/** How the head of each channel is learned, validated and cut. */

import type { LanguageGroup } from '../core/injection/model/language.ts';
import type { Channel } from '../core/injection/types.ts';
import { dataExamples } from './examples/data-examples.ts';
import { disguisedExamples } from './examples/disguised-examples.ts';
import type { Example } from './examples/example.ts';
import { sharedUserExamples } from './examples/shared-corpora.ts';
import { ownUserExamples } from './examples/user-examples.ts';
import type { LearnOptions } from './learn/learner.ts';
import type { Budgets } from './validate/cuts.ts';

/** Everything that is decided for a channel. */
export interface ChannelPlan {
  readonly channel: Channel;
  readonly examples: () => readonly Example[];
  readonly options: LearnOptions;
  /** Whether features of a single text are left out. Sentences of documents stand in several examples each: there it tells nothing. */
  readonly commonOnly: boolean;
  /** Groups of sources, each left out once; a name that no source has leaves out a share of the project's own alone. */
  readonly groups: readonly string[];
  readonly budgetsOf: (group: LanguageGroup) => Budgets;
}

const USER_BUDGETS: Budgets = {
  ordinary: { flag: 0.04, block: 0.002 },
  hard: { flag: 0.045, block: 0.012 },
  quoting: { flag: 0.15, block: 0.06 },
  document: { flag: 0.1, block: 0.002 },
};
/** In languages other than English less is found, and less may be taken for an attack. */
const FOREIGN_BUDGETS: Budgets = {
  ordinary: { flag: 0.02, block: 0.002 },
  hard: { flag: 0.03, block: 0.012 },
  document: { flag: 0.1, block: 0.002 },
};
const DATA_BUDGETS: Budgets = { document: { flag: 0.008, block: 0.001 }, hard: { flag: 0.07, block: 0.006 } };

/** The plans of both channels. */
export const CHANNELS: readonly ChannelPlan[] = [
  {
    channel: 'user',
    examples: () => {
      const own = ownUserExamples();
      return [...own, ...disguisedExamples(own), ...sharedUserExamples()];
    },
    options: {
      bits: 18,
      parts: 'windows',
      prior: 40,
      window: 40,
      whole: 0.3,
      epochs: 3,
      rate: 0.3,
      decay: 1e-6,
      seed: 1,
    },
    commonOnly: true,
    groups: ['neuralchemy', 'hinglish', 'jailbreaks', 'deepset', 'tasks', 'awesome', 'docs', 'obfuscated', 'strings'],
    budgetsOf: (group) => (group === 'english' ? USER_BUDGETS : FOREIGN_BUDGETS),
  },
  {
    channel: 'data',
    examples: dataExamples,
    options: {
      bits: 17,
      parts: 'sentences',
      prior: 20,
      window: 40,
      whole: 0,
      epochs: 3,
      rate: 0.3,
      decay: 1e-6,
      seed: 1,
    },
    commonOnly: false,
    groups: ['docs 0', 'docs 1', 'docs 2', 'docs 3', 'bipia'],
    budgetsOf: () => DATA_BUDGETS,
  },
];
