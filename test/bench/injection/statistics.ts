/** What is made of several measurements. */

/** The value that a share of all values does not exceed. @param share 0..1. */
export const percentile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
};

/** The middle one; of an even number of values, the lower of both in the middle. */
export const median = (values: readonly number[]): number => percentile(values, 0.5);
