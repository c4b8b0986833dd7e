/** From places in what a stage gives to places in what it was given. */

interface Change {
  /** First place behind the change. */
  readonly at: number;
  readonly delta: number;
}

/** The changes that a text has gone through, in its order. */
export interface Offsets {
  /** What stands at `from` with `length` units stood for all up to `to`. */
  replace(from: number, to: number, length: number): void;
  /** The place before the change for a place behind it; as an end, before what was taken out there. */
  before(place: number, asEnd?: boolean): number;
  /** Forgets what happened before a place. */
  forget(place: number): void;
}

/** No changes yet. */
export const createOffsets = (): Offsets => {
  let changes: Change[] = [];
  /** Sum of what is forgotten. */
  let base = 0;
  let first = 0;

  /** Index of the first change that does not count for a place. */
  const indexFor = (place: number, asEnd: boolean): number => {
    let index = changes.length;
    while (index > first && (asEnd ? (changes[index - 1]?.at ?? 0) >= place : (changes[index - 1]?.at ?? 0) > place))
      index -= 1;
    return index;
  };
  const sumBetween = (from: number, to: number): number => {
    let sum = 0;
    for (let index = from; index < to; index++) sum += changes[index]?.delta ?? 0;
    return sum;
  };
  return {
    replace(from, to, length) {
      const low = indexFor(from, false);
      const last = changes[low - 1];
      // What is passed over piece by piece is one change.
      if (length === 0 && low > first && low === changes.length && last?.at === from) {
        changes[low - 1] = { at: from, delta: last.delta + to - from };
        return;
      }
      const high = indexFor(to, false);
      const delta = sumBetween(low, high) + (to - from) - length;
      const shift = length - (to - from);
      const later = changes.slice(high).map(({ at, delta: each }) => ({ at: at + shift, delta: each }));
      changes.length = low;
      changes.push({ at: from + length, delta }, ...later);
    },
    before: (place, asEnd = false) => place + base + sumBetween(first, indexFor(place, asEnd)),
    forget(place) {
      while (first < changes.length && (changes[first]?.at ?? 0) <= place) base += changes[first++]?.delta ?? 0;
      if (first < 64) return;
      changes = changes.slice(first);
      first = 0;
    },
  };
};
