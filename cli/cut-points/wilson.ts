/** How far a share that was counted may be from the true one. */

/** A share, and between which shares the true one lies 95 times of 100. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Normal quantile of 97.5 %. */
const Z = 1.959964;

/**
 * The Wilson interval of `part` of `whole`, at 95 %. Unlike the textbook's it stays within 0 and 1, and says something
 * where `part` is 0.
 *
 * Source: E. B. Wilson, Probable Inference, the Law of Succession, and Statistical Inference, 1927.
 */
export const wilson = (part: number, whole: number): Interval => {
  if (whole === 0) return { low: 0, high: 1 };
  const share = part / whole;
  const spread = Z * Math.sqrt((share * (1 - share)) / whole + (Z * Z) / (4 * whole * whole));
  const middle = share + (Z * Z) / (2 * whole);
  const scale = 1 + (Z * Z) / whole;
  return {
    low: part === 0 ? 0 : Math.max(0, (middle - spread) / scale),
    high: part === whole ? 1 : Math.min(1, (middle + spread) / scale),
  };
};
