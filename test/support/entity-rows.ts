/** What the table of entities in `docs/redaction.md` must say, read off the detectors. */

import { BUILT_IN } from '../../core/redaction/detectors/built-in.ts';
import { CONTEXT_BOOST, type Detector, MIN_IN_CONTEXT } from '../../core/redaction/types.ts';

/** A row but for its words on how a value is proved. */
export interface EntityRow {
  readonly entity: string;
  /** Where values of the default set count: everywhere, beside words or names that announce them, or nowhere. */
  readonly byDefault: 'anywhere' | 'announced' | '–';
  /** Lowest and highest score without context, and in it. */
  readonly score: string;
  readonly inContext: string;
}

const rangeOf = (scores: readonly number[]): string => {
  const [low, high] = [Math.min(...scores), Math.max(...scores)].map((score) => String(Number(score.toFixed(2))));
  return low === high ? `${low}` : `${low}–${high}`;
};

const withContext = ({ score, context }: Detector): number =>
  context === undefined ? score : Math.max(Math.min(1, score + CONTEXT_BOOST), MIN_IN_CONTEXT);

const reachOf = (detectors: readonly Detector[]): EntityRow['byDefault'] => {
  const chosen = detectors.filter(({ byDefault = true }) => byDefault);
  if (chosen.length === 0) return '–';
  const isFree = ({ score, assignedTo }: Detector): boolean => assignedTo === undefined && score >= MIN_IN_CONTEXT;
  return chosen.some(isFree) ? 'anywhere' : 'announced';
};

/** The rows, in the order of the alphabet. */
export const entityRows = (): readonly EntityRow[] =>
  [...new Set(BUILT_IN.map(({ entity }) => entity))].sort().map((entity) => {
    const detectors = BUILT_IN.filter((detector) => detector.entity === entity);
    return {
      entity,
      byDefault: reachOf(detectors),
      score: rangeOf(detectors.map(({ score }) => score)),
      inContext: rangeOf(detectors.map(withContext)),
    };
  });

/** Secrets: how many kinds there are. */
export const secretRules = (): number =>
  new Set(BUILT_IN.filter(({ entity }) => entity === 'SECRET').map(({ rule }) => rule)).size;
