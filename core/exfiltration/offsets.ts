/** From places in what a stage gives to places in what it was given. */

/** The changes that a text has gone through, in its order. */
export interface Offsets {
  /** First place behind each change. */
  at: number[];
  /** Units that each took out, less those it put in. */
  delta: number[];
  /** Changes before this one are forgotten. */
  first: number;
  /** Sum of what is forgotten. */
  base: number;
}

/** Forgotten changes that are kept before the lists are cut. */
const SLACK = 64;

/** No changes yet. */
export const createOffsets = (): Offsets => ({ at: [], delta: [], first: 0, base: 0 });

/** Index of the first change that does not count for a place. */
const indexFor = ({ at, first }: Offsets, place: number, asEnd: boolean): number => {
  let index = at.length;
  if (asEnd) while (index > first && (at[index - 1] as number) >= place) index -= 1;
  else while (index > first && (at[index - 1] as number) > place) index -= 1;
  return index;
};

const sumBetween = ({ delta }: Offsets, from: number, to: number): number => {
  let sum = 0;
  for (let index = from; index < to; index++) sum += delta[index] as number;
  return sum;
};

/** What stands at `from` with `length` units stood for all up to `to`. */
export const replaceAt = (offsets: Offsets, from: number, to: number, length: number): void => {
  const { at, delta, first } = offsets;
  const low = indexFor(offsets, from, false);
  // What is passed over piece by piece is one change.
  if (length === 0 && low > first && low === at.length && at[low - 1] === from) {
    delta[low - 1] = (delta[low - 1] as number) + to - from;
    return;
  }
  const high = indexFor(offsets, to, false);
  const taken = to - from - length;
  const sum = sumBetween(offsets, low, high) + taken;
  if (low === high && low === at.length) {
    at.push(from + length);
    delta.push(sum);
    return;
  }
  const laterAt = at.slice(high).map((place) => place - taken);
  const laterDelta = delta.slice(high);
  at.length = low;
  delta.length = low;
  at.push(from + length, ...laterAt);
  delta.push(sum, ...laterDelta);
};

/** The place before the changes for a place behind them; as an end, before what was taken out there. */
export const placeBefore = (offsets: Offsets, place: number, asEnd: boolean): number =>
  place + offsets.base + sumBetween(offsets, offsets.first, indexFor(offsets, place, asEnd));

/** Forgets what happened before a place. */
export const forgetBefore = (offsets: Offsets, place: number): void => {
  const { at, delta } = offsets;
  while (offsets.first < at.length && (at[offsets.first] as number) <= place) {
    offsets.base += delta[offsets.first] as number;
    offsets.first += 1;
  }
  if (offsets.first < SLACK) return;
  offsets.at = at.slice(offsets.first);
  offsets.delta = delta.slice(offsets.first);
  offsets.first = 0;
};
