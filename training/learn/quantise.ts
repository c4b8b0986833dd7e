/** From what was learned to what is shipped: weights as bytes. */

import type { Head } from '../../core/injection/model/head.ts';
import type { Learned } from './learner.ts';

const LARGEST = 127;
/** Share of weights that may be cut off at the largest number: a few of them must not make all others coarse. */
const CUT_OFF = 0.0002;

/** A head of what was learned. */
export const quantised = ({ weights, bias, options }: Learned): Head => {
  const sizes = weights.map(Math.abs).sort();
  const largest = sizes[Math.floor(sizes.length * (1 - CUT_OFF))] || 1;
  const scale = largest / LARGEST;
  const bytes = Int8Array.from(weights, (weight) => Math.max(-LARGEST, Math.min(LARGEST, Math.round(weight / scale))));
  const { parts, prior, window, whole } = options;
  return { weights: bytes, scale, bias, parts, prior, window, whole };
};
