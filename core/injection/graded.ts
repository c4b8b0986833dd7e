/** Evidence by what it may lead to: rules that may block, rules that may only flag, and rules that are only watched. */

import { createEvidence, type Evidence } from './evidence.ts';
import type { SettledSettings } from './settings.ts';
import type { Channel, CutPoints, InjectionFinding, Mode, RuleMode, ScreenResult, Verdict } from './types.ts';

/** Verdicts by how bad they are. */
export const SEVERITY: Readonly<Record<Verdict, number>> = { allow: 0, flag: 1, block: 2 };

/** The evidence of one text under settings. What is `off` is not taken. */
export interface GradedEvidence extends Evidence {
  /**
   * What all of it leads to.
   *
   * @param faint What counts where nothing says more, and adds nothing to anything else.
   */
  result(channel: Channel, faint: InjectionFinding): ScreenResult;
}

const verdictOf = (score: number, { flag, block }: CutPoints): Verdict => {
  if (score >= block) return 'block';
  return score >= flag ? 'flag' : 'allow';
};

/** The worst verdict of a channel in a mode. */
const CAP: Readonly<Record<Mode, Verdict>> = { block: 'block', flag: 'flag', monitor: 'allow' };

const milder = (a: Verdict, b: Verdict): Verdict => (SEVERITY[a] <= SEVERITY[b] ? a : b);

/**
 * An empty collection.
 *
 * @param blocksAlone What a rule says alone, 0..1, whatever is found beside it; 0 for what is no rule.
 */
export const createGradedEvidence = (
  { modes, ruleModes, cutPoints }: SettledSettings,
  blocksAlone: (rule: string) => number,
): GradedEvidence => {
  const modeOf = (rule: string): RuleMode => ruleModes.get(rule) ?? 'block';
  const all = createEvidence();
  const flagging = ruleModes.size === 0 ? all : createEvidence();
  const blocking = ruleModes.size === 0 ? all : createEvidence();

  const add = (finding: InjectionFinding): void => {
    const mode = modeOf(finding.rule);
    if (mode === 'off') return;
    all.add(finding);
    if (all === flagging || mode === 'monitor') return;
    flagging.add(finding);
    if (mode === 'block') blocking.add(finding);
  };

  const result = (channel: Channel, faint: InjectionFinding): ScreenResult => {
    const cut = cutPoints[channel];
    const scoreOf = (evidence: Evidence, counting: readonly RuleMode[]): number =>
      Math.max(evidence.score(), counting.includes(modeOf(faint.rule)) ? faint.score : 0);
    const [score, findings] = [scoreOf(flagging, ['block', 'flag']), all.findings()];
    const own = scoreOf(blocking, ['block']) >= cut.block ? 'block' : milder(verdictOf(score, cut), 'flag');
    const verdict = milder(own, CAP[modes[channel]]);
    const full = verdictOf(scoreOf(all, ['block', 'flag', 'monitor']), cut);
    const certain =
      verdict === 'block' &&
      findings.some(
        (finding) =>
          finding.score >= cut.block && blocksAlone(finding.rule) >= cut.block && modeOf(finding.rule) === 'block',
      );
    return {
      verdict,
      score,
      findings,
      ...(certain && { certain }),
      ...(full !== 'allow' && SEVERITY[full] > SEVERITY[verdict] && { heldBack: { verdict: full, by: 'mode' } }),
    };
  };

  return {
    add,
    wants: (rule, start, score) => modeOf(rule) !== 'off' && all.wants(rule, start, score),
    score: () => flagging.score(),
    findings: () => all.findings(),
    result,
  };
};
