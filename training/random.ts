/** Randomness that is the same each time. */

/** Numbers from 0 up to 1, from a seed (mulberry32). */
export type Random = () => number;

/** @returns A generator of its own for each seed. */
export const seeded = (seed: number): Random => {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
};

/** Any of several. */
export const pick = <T>(random: Random, from: readonly T[]): T => {
  if (from.length === 0) throw new RangeError('nothing to pick from');
  return from[Math.floor(random() * from.length)] as T;
};

/** In any order. */
export const shuffled = <T>(random: Random, items: readonly T[]): T[] => {
  const out = [...items];
  for (let last = out.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [out[last], out[other]] = [out[other] as T, out[last] as T];
  }
  return out;
};
