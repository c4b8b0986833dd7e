/** Distributions over a seeded source of numbers. */

import type { Random } from '../../../training/random.ts';

const HALF_TURNS = 2;

/** A normal deviate. Source: Box and Muller, "A Note on the Generation of Random Normal Deviates", 1958. */
export const normal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(HALF_TURNS * Math.PI * random());

/** A factor around one whose logarithm is normal, with `spread` as its deviation: quantities of people and texts. */
export const lognormal = (random: Random, spread: number): number => Math.exp(spread * normal(random));

/** Beyond this a Poisson count is as good as normal. */
const LARGE_MEAN = 200;

/** A count of independent events. Source: Knuth, "The Art of Computer Programming", volume 2, 3.4.1. */
export const poisson = (random: Random, mean: number): number => {
  if (mean > LARGE_MEAN) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(random)));
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random(); product > limit; product *= random()) count += 1;
  return count;
};
