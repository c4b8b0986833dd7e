/** The screen: every reading of a text against every rule of its channel, and one score from all that was found. */

import { checkOptions, object } from '../options.ts';
import { sourceSpan, type View } from '../text/fold.ts';
import { viewsOf } from '../text/views.ts';
import { isMention } from './mention.ts';
import { RULES } from './rules/index.ts';
import type { Channel, CutPoints, InjectionFinding, Rule, ScreenResult, Verdict } from './types.ts';

/** Version of rules and weights: findings of two versions are not to be compared. */
export const detectionVersion = '2026-11-24.1';

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

/** Most findings of one text: more change no verdict. */
const MAX_FINDINGS = 50;

const both = (a: number, b: number): number => 1 - (1 - a) * (1 - b);

/** Findings of one rule in one view. */
const findingsIn = (rule: Rule, view: View): readonly InjectionFinding[] => {
  if (!rule.needs.some((sign) => view.text.includes(sign))) return [];
  const findings: InjectionFinding[] = [];
  for (const { index, 0: match } of view.text.matchAll(rule.pattern)) {
    const share = isMention(view.text, index, index + match.length) ? MENTION_SHARE : 1;
    const hidden = view.disguise === undefined ? rule.score : both(rule.score, DISGUISE_EVIDENCE);
    findings.push({ rule: rule.id, ...sourceSpan(view, index, index + match.length), score: hidden * share });
    if (findings.length >= MAX_FINDINGS) break;
  }
  return findings;
};

/** The surest finding of each rule: the same words seen through two views are one piece of evidence. */
const strongest = (findings: readonly InjectionFinding[]): readonly InjectionFinding[] => {
  const best = new Map<string, InjectionFinding>();
  for (const finding of findings)
    if (finding.score > (best.get(finding.rule)?.score ?? 0)) best.set(finding.rule, finding);
  return [...best.values()];
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
    const views = viewsOf(text);
    const found = strongest(views.flatMap((view) => rules[channel].flatMap((rule) => findingsIn(rule, view))));
    const score = found.reduce((sum, finding) => both(sum, finding.score), 0);
    const findings = found.slice(0, MAX_FINDINGS).sort((a, b) => a.start - b.start || a.end - b.end);
    return { verdict: verdictOf(score, cutPoints[channel]), score, findings };
  };
};
