/** The smallest amplitude at which an attack is found: halving, on steps that are the root of two apart. */

import type { Planted } from './plant.ts';

/** The last step below the stated amplitude: an eleventh of it. */
export const LAST_STEP = 7;

/** Amplitude of a step. */
export const amplitudeOf = (stated: number, step: number): number => stated * 2 ** (-step / 2);

/** What a search came to. */
export interface Smallest {
  readonly way: string;
  /** The smallest amplitude that is found; `undefined` where the stated one is not. */
  readonly amplitude: number | undefined;
}

/**
 * Searches for every way of looking at once, and asks for no amplitude twice. What is found at an amplitude is taken to
 * be found at any larger one.
 *
 * @param plantAt Plants the attack at a step's amplitude.
 */
export const smallestFound = async (
  stated: number,
  plantAt: (amplitude: number) => Promise<Planted>,
): Promise<readonly Smallest[]> => {
  const planted = new Map<number, Promise<Planted>>();
  const at = (step: number): Promise<Planted> => {
    const known = planted.get(step) ?? plantAt(amplitudeOf(stated, step));
    planted.set(step, known);
    return known;
  };
  const isFound = async (way: string, step: number): Promise<boolean> =>
    (await at(step)).verdicts.find((verdict) => verdict.way === way)?.foundAfter !== undefined;

  const smallest: Smallest[] = [];
  for (const { way } of (await at(0)).verdicts) {
    if (!(await isFound(way, 0))) {
      smallest.push({ way, amplitude: undefined });
      continue;
    }
    let [found, missed] = [0, LAST_STEP + 1];
    while (missed - found > 1) {
      const middle = Math.floor((found + missed) / 2);
      if (await isFound(way, middle)) found = middle;
      else missed = middle;
    }
    smallest.push({ way, amplitude: amplitudeOf(stated, found) });
  }
  return smallest;
};
