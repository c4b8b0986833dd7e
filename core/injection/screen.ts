/** The screen: every reading of a text against every rule of its channel, and one score from all that was found. */

import { checkOptions, object } from '../options.ts';
import { sourceSpan } from '../text/fold.ts';
import { createEvidence } from './evidence.ts';
import { builtInModels } from './model/built-in.ts';
import { assess, BLOCK_SCORE, FLAG_SCORE, type Models } from './model/model.ts';
import { readEach } from './readings.ts';
import { createRuleSet } from './rule-set.ts';
import { RULES } from './rules/index.ts';
import type { Channel, CutPoints, InjectionFinding, ScreenResult, Verdict } from './types.ts';

/** Cut points by channel. */
export const CUT_POINTS: Readonly<Record<Channel, CutPoints>> = {
  user: { flag: FLAG_SCORE, block: BLOCK_SCORE },
  data: { flag: FLAG_SCORE, block: BLOCK_SCORE },
};

/** Options of {@link createInjectionScreen}. */
export interface InjectionScreenOptions {
  /** Cut points in place of the built-in ones. @default CUT_POINTS */
  readonly cutPoints?: Partial<Record<Channel, CutPoints>>;
  /** Models in place of the built-in ones. @default the model of `core/injection/model` */
  readonly models?: Models;
}

/** What the model is called among the findings. */
export const MODEL = 'model';
/** What a text is called that hides more than is read of one. */
export const UNREAD = 'disguise-unread';
/** Least score of the model that is a finding: below, it says nothing. */
const MIN_MODEL_SCORE = 0.25;

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
  checkOptions('createInjectionScreen', options, { cutPoints: object, models: object });
  checkOptions('createInjectionScreen: cutPoints', options.cutPoints ?? {}, { user: object, data: object });
  const cutPoints = { ...CUT_POINTS, ...options.cutPoints };
  for (const points of Object.values(cutPoints)) checkCutPoints(points);
  const ruleSet = createRuleSet(RULES);
  const models = options.models ?? builtInModels();
  return (text, { channel = 'user' } = {}) => {
    const evidence = createEvidence();
    const plain = new Set<string>();
    const model = models[channel];
    let strongest = { score: 0, start: 0, end: 0 };
    const isReadWhole = readEach(text, (view, tokens) => {
      ruleSet(view, tokens, channel, evidence, plain);
      const { score, start, end } = assess(model, view, tokens);
      if (score > strongest.score) strongest = { score, ...sourceSpan(view, start, end) };
    });
    if (!isReadWhole) evidence.add({ rule: UNREAD, start: 0, end: text.length, score: FLAG_SCORE });
    const finding: InjectionFinding = { rule: MODEL, ...strongest };
    if (finding.score >= MIN_MODEL_SCORE) evidence.add(finding);
    const score = Math.max(evidence.score(), finding.score);
    return { verdict: verdictOf(score, cutPoints[channel]), score, findings: evidence.findings() };
  };
};
