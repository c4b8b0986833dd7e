/** From findings to one score: pieces of evidence near each other add up, those far apart do not. */

import type { InjectionFinding } from './types.ts';

/**
 * Length of a window in UTF-16 units. Evidence adds up within two neighbouring windows: the hints of a persona prompt
 * stand within some pages, and those of unrelated pages of a long document are no one attack.
 */
const WINDOW = 4000;

/** Most findings that a result names: more change no verdict. */
const MAX_NAMED = 50;

/** What two independent pieces of evidence say together (noisy or). */
export const both = (a: number, b: number): number => 1 - (1 - a) * (1 - b);

/** A finding that may only speak of an attack. */
export interface WeighedFinding extends InjectionFinding {
  /** Whether the words are quoted, or spoken of: those of a text are together no surer than the surest of them. */
  readonly isMention?: boolean;
}

/** Collects findings of one text. Keeps the surest of each rule in each window, so memory is bounded by the text. */
export interface Evidence {
  add(finding: WeighedFinding): void;
  /** Whether a finding of a rule there, at that score, would say more than what is known. */
  wants(rule: string, start: number, score: number): boolean;
  /** 0..1, the highest over the windows. */
  score(): number;
  /** The surest finding of each rule and window, at most 50, in order of place. */
  findings(): readonly InjectionFinding[];
}

type Best = Map<string, WeighedFinding>;

/** The window of an offset. A finding wider than one (a long payload) counts where it starts. */
export const windowOf = (start: number): number => Math.floor(start / WINDOW);

const scoreOf = (here: Best, next: Best | undefined): number => {
  let [score, mentioned] = [0, 0];
  const count = (finding: WeighedFinding): void => {
    if (finding.isMention === true) mentioned = Math.max(mentioned, finding.score);
    else score = both(score, finding.score);
  };
  for (const [rule, finding] of here) {
    const other = next?.get(rule);
    count(other !== undefined && other.score > finding.score ? other : finding);
  }
  for (const [rule, finding] of next ?? []) if (!here.has(rule)) count(finding);
  return both(score, mentioned);
};

/** An empty collection. */
export const createEvidence = (): Evidence => {
  const windows = new Map<number, Best>();
  return {
    add(finding) {
      const window = windowOf(finding.start);
      const best = windows.get(window) ?? new Map<string, WeighedFinding>();
      windows.set(window, best);
      if (finding.score > (best.get(finding.rule)?.score ?? 0)) best.set(finding.rule, finding);
    },
    wants: (rule, start, score) => score > (windows.get(windowOf(start))?.get(rule)?.score ?? 0),
    score() {
      let highest = 0;
      for (const [window, best] of windows) highest = Math.max(highest, scoreOf(best, windows.get(window + 1)));
      return highest;
    },
    findings() {
      return [...windows.values()]
        .flatMap((best) => [...best.values()])
        .sort((a, b) => b.score - a.score)
        .slice(0, MAX_NAMED)
        .sort((a, b) => a.start - b.start || a.end - b.end)
        .map(({ rule, start, end, score }) => ({ rule, start, end, score }));
    },
  };
};
