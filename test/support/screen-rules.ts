/** Rules over words that nobody uses: what they find depends on no rule and no model of the kit. */

import { createHash } from 'node:crypto';
import { any, type InjectionScreenOptions, type Rule, words } from '../../core/injection/index.ts';

/** A rule for a phrase. */
export const ruleFor = (id: string, phrases: string, score: number, more: Partial<Rule> = {}): Rule => ({
  id,
  description: 'for tests',
  channels: ['user', 'data'],
  score,
  pattern: words(any(phrases)),
  caught: [],
  spared: [],
  ...more,
});

/** What blocks, what is flagged, and hints that only do together. */
export const BLOCKED = 'zorp the quux at dawn';
export const FLAGGED = 'flurble a wug';
export const HINTS = ['snarkle gently', 'brindle twice', 'mumble thrice'] as const;

/** A screen that finds these, and nothing else but what the kit's rules find. */
export const NONSENSE: InjectionScreenOptions = {
  rules: [
    ruleFor('test-block', BLOCKED, 0.9),
    ruleFor('test-flag', FLAGGED, 0.6),
    ...HINTS.map((phrase, index) => ruleFor(`test-hint-${index}`, phrase, 0.45)),
  ],
  ruleModes: { model: 'off' },
};

/** SHA-256 in hex, by another way than the kit's own. */
export const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
