/** The screen: every reading of a text against every rule of its channel, and one score from all that was found. */

import { checkOptions, object } from '../options.ts';
import { sourceSpan, type View } from '../text/fold.ts';
import { viewsOf } from '../text/views.ts';
import { both, createEvidence, type Evidence } from './evidence.ts';
import { isMention } from './mention.ts';
import { RULES } from './rules/index.ts';
import type { Channel, CutPoints, Rule, ScreenResult, Verdict } from './types.ts';

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

/** What a disguise adds to the score of an attack that was hidden in it: evidence, never a verdict of its own. */
const DISGUISE_EVIDENCE = 0.4;

/** What is left of the score of an attack that is only spoken of. */
const MENTION_SHARE = 0.4;

/** Adds the findings of one rule in one view. What a plain reading has shown already is not hidden in a later one. */
const collect = (rule: Rule, view: View, evidence: Evidence, plain: Set<string>): void => {
  if (!rule.needs.some((sign) => view.text.includes(sign))) return;
  for (const { index, 0: match } of view.text.matchAll(rule.pattern)) {
    const end = index + match.length;
    const span = sourceSpan(view, index, end);
    const key = `${rule.id} ${span.start}`;
    if (view.disguise === undefined) plain.add(key);
    else if (plain.has(key)) continue;
    const score = view.disguise === undefined ? rule.score : both(rule.score, DISGUISE_EVIDENCE);
    evidence.add({ rule: rule.id, ...span, score: isMention(view.text, index, end) ? score * MENTION_SHARE : score });
  }
};

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
  const rules = {
    user: RULES.filter(({ channels }) => channels.includes('user')),
    data: RULES.filter(({ channels }) => channels.includes('data')),
  };
  return (text, { channel = 'user' } = {}) => {
    const evidence = createEvidence();
    const plain = new Set<string>();
    for (const view of viewsOf(text)) for (const rule of rules[channel]) collect(rule, view, evidence, plain);
    const score = evidence.score();
    return { verdict: verdictOf(score, cutPoints[channel]), score, findings: evidence.findings() };
  };
};
