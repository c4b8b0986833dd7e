/** What becomes of a call and of a text. */

import type { DeepVerdict } from '../../../core/injection/deep-tier.ts';
import type { UnknownCause } from '../guardrails/cause.ts';

/** A verdict, and why there is none. */
export interface Finding {
  readonly verdict: DeepVerdict;
  /** With `unknown` only. */
  readonly cause?: UnknownCause;
}

/** What an answer of the service says. */
export interface Answer extends Finding {
  /** As the service counted them; absent where its answer does not say so. */
  readonly textUnits?: number;
}

/** One finding of many: an attack in one piece is an attack, and clean is what is clean throughout. */
export const worstOf = (findings: readonly Finding[]): Finding =>
  findings.find(({ verdict }) => verdict === 'attack') ??
  findings.find(({ verdict, cause }) => verdict === 'unknown' && cause !== 'aborted') ??
  findings.find(({ verdict }) => verdict === 'unknown') ?? { verdict: 'clean' };
