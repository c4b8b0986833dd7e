/** Callers, by the digests that stand for them: counted exactly up to a bound, and no further. */

/** A number of distinct callers. */
export interface CallerCount {
  readonly callers: number;
  /** Whether there may be more: the bound was reached. */
  readonly atLeast: boolean;
}

/** The distinct callers of one row. */
export interface CallerSet {
  add(caller: number | undefined): void;
  count(): CallerCount;
}

/** The callers of a report. */
export interface CallerRegistry {
  /** A number for a digest; `undefined` beyond the bound. */
  numberOf(digest: string): number | undefined;
  digestOf(caller: number): string;
  createSet(): CallerSet;
}

/** Most callers that are told apart, and most memberships in rows. */
const MAX_CALLERS = 100_000;
const MAX_MEMBERSHIPS = 1_000_000;

/** An empty registry. */
export const createCallerRegistry = (): CallerRegistry => {
  const numbers = new Map<string, number>();
  const digests: string[] = [];
  let memberships = 0;
  return {
    numberOf(digest) {
      const known = numbers.get(digest);
      if (known !== undefined || digests.length >= MAX_CALLERS) return known;
      numbers.set(digest, digests.length);
      return digests.push(digest) - 1;
    },
    digestOf: (caller) => digests[caller] ?? '',
    createSet() {
      const members = new Set<number>();
      let lost = false;
      return {
        add(caller) {
          if (caller === undefined || members.has(caller)) return;
          if (memberships < MAX_MEMBERSHIPS) {
            memberships += 1;
            members.add(caller);
          } else lost = true;
        },
        count: () => ({ callers: members.size, atLeast: lost || digests.length >= MAX_CALLERS }),
      };
    },
  };
};
