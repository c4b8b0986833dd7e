/** Latencies by the size of a text: bounded memory, at a precision of two per cent. */

/** Latencies of texts of about one size. */
export interface LatencyRow {
  /** Largest size, in bytes of UTF-8; `undefined` for all that are larger than the last. */
  readonly upTo: number | undefined;
  readonly rows: number;
  /** Microseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Mean microseconds for a KB, over all texts of the row. */
  readonly perKb: number;
}

/** Counts latencies. */
export interface LatencyCounts {
  /** @param bytes Size of the text in UTF-8. @param ms Milliseconds. */
  add(bytes: number, ms: number): void;
  /** Sizes of which there were texts. */
  rows(): readonly LatencyRow[];
}

/** Largest sizes, in bytes. */
const SIZES = [256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576] as const;

/** Each step is two per cent longer than the one before, from a tenth of a microsecond to some minutes. */
const FACTOR = Math.log(1.02);
const SHORTEST = 0.1;
const LAST = 1100;

const stepOf = (microseconds: number): number =>
  Math.min(LAST, Math.max(0, Math.round(Math.log(microseconds / SHORTEST) / FACTOR)));

const createSize = () => {
  const counts = new Uint32Array(LAST + 1);
  let rows = 0;
  let bytes = 0;
  let total = 0;
  const quantile = (share: number): number => {
    let seen = 0;
    for (let step = 0; step <= LAST; step++) {
      seen += counts[step] ?? 0;
      if (seen >= rows * share) return SHORTEST * Math.exp(step * FACTOR);
    }
    return 0;
  };
  return {
    add(size: number, microseconds: number): void {
      const step = stepOf(microseconds);
      counts[step] = (counts[step] ?? 0) + 1;
      rows += 1;
      bytes += size;
      total += microseconds;
    },
    row: (upTo: number | undefined): LatencyRow => ({
      upTo,
      rows,
      p50: quantile(0.5),
      p99: quantile(0.99),
      perKb: bytes === 0 ? 0 : (total * 1024) / bytes,
    }),
  };
};

/** No latencies yet. */
export const createLatencyCounts = (): LatencyCounts => {
  const bySize = [...SIZES, undefined].map((upTo) => ({ upTo, counts: createSize() }));
  return {
    add(bytes, ms) {
      bySize.find(({ upTo = Number.POSITIVE_INFINITY }) => bytes <= upTo)?.counts.add(bytes, ms * 1000);
    },
    rows: () => bySize.map(({ upTo, counts }) => counts.row(upTo)).filter(({ rows }) => rows > 0),
  };
};
