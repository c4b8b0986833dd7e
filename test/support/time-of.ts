/** Milliseconds of one run, the best of three: other load disturbs that least. */
export const timeOf = (work: () => void): number =>
  Math.min(
    ...[1, 2, 3].map(() => {
      const startedAt = performance.now();
      work();
      return performance.now() - startedAt;
    }),
  );
