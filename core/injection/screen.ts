/** The screen: every reading of a text against every rule of its channel, and one score from all that was found. */

import { checkOptions, object } from '../options.ts';
import { fold } from '../text/fold.ts';
import { tokenise } from '../text/tokens.ts';
import { otherViews } from '../text/views.ts';
import { createEvidence } from './evidence.ts';
import { createRuleSet } from './rule-set.ts';
import { RULES } from './rules/index.ts';
import type { Channel, CutPoints, ScreenResult, Verdict } from './types.ts';
import { VOCABULARY } from './vocabulary.ts';

/** Version of rules and weights: findings of two versions are not to be compared. */
export const detectionVersion = '2026-11-24.2';

/** Cut points by channel. */
export const CUT_POINTS: Readonly<Record<Channel, CutPoints>> = {
  user: { flag: 0.5, block: 0.8 },
  data: { flag: 0.5, block: 0.8 },
};

/** Options of {@link createInjectionScreen}. */
export interface InjectionScreenOptions {
  /** Cut points in place of the built-in ones. @default CUT_POINTS */
  readonly cutPoints?: Partial<Record<Channel, CutPoints>>;
}

/** A screen without the conversation form. */
export type ScreenText = (text: string, options?: { channel?: Channel }) => ScreenResult;

const verdictOf = (score: number, { flag, block }: CutPoints): Verdict => {
  if (score >= block) return 'block';
  return score >= flag ? 'flag' : 'allow';
};

const checkCutPoints = (points: CutPoints): void => {
  const { flag, block } = points;
  if (!(flag > 0 && flag <= block && block <= 1)) throw new TypeError('cutPoints: 0 < flag <= block <= 1');
};

/** @throws TypeError for an unknown or invalid option. */
export const createScreenText = (options: InjectionScreenOptions): ScreenText => {
  checkOptions('createInjectionScreen', options, { cutPoints: object });
  checkOptions('createInjectionScreen: cutPoints', options.cutPoints ?? {}, { user: object, data: object });
  const cutPoints = { ...CUT_POINTS, ...options.cutPoints };
  for (const points of Object.values(cutPoints)) checkCutPoints(points);
  const ruleSet = createRuleSet(RULES);
  return (text, { channel = 'user' } = {}) => {
    const evidence = createEvidence();
    const plain = new Set<string>();
    const view = fold(text);
    const tokens = tokenise(view.units);
    ruleSet(view, tokens, channel, evidence, plain);
    for (const other of otherViews(text, view, tokens, VOCABULARY))
      ruleSet(other, tokenise(other.units), channel, evidence, plain);
    const score = evidence.score();
    return { verdict: verdictOf(score, cutPoints[channel]), score, findings: evidence.findings() };
  };
};
