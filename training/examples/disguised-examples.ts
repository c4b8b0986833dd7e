/** Phrases of the project's own in disguise, harmless ones as often as attacks: a disguise is no verdict. */

import { pick, seeded } from '../random.ts';
import { DISGUISES, LEARNED } from './disguises.ts';
import type { Example } from './example.ts';

/** Share of the phrases that are learned from in disguise too. */
const SHARE = 0.2;
/** Longer texts are hidden in other ways. */
const MAX_UNITS = 300;

/** Copies of some of the examples, each in one of the disguises that are learned from. */
export const disguisedExamples = (examples: readonly Example[], seed = 17): readonly Example[] => {
  const random = seeded(seed);
  return examples
    .filter(({ text }) => random() < SHARE && text.length <= MAX_UNITS)
    .map((example) => {
      const name = pick(random, LEARNED);
      const hidden = DISGUISES[name]?.(example.text, random) ?? example.text;
      return { ...example, text: hidden, source: `disguised/${name}`, kind: example.isAttack ? 'attack' : 'hard' };
    });
};
