/** Pieces of work beside each other, in turns, in one process. No time passes or fails. */

const ROUNDS = 15;

/** A piece of work, and how often it runs in one round. */
export interface Candidate {
  readonly name: string;
  readonly runs: number;
  readonly work: () => unknown;
}

/** What is printed while it is measured is made, and goes nowhere: writing is not what is measured. */
const silenced = async <T>(measured: () => Promise<T>): Promise<T> => {
  const { write } = process.stdout;
  process.stdout.write = () => true;
  try {
    return await measured();
  } finally {
    process.stdout.write = write;
  }
};

/**
 * Microseconds of one run of each: the best of several rounds, which other load disturbs least. They take turns, so that
 * no load falls on one alone.
 */
const measure = (candidates: readonly Candidate[]): Promise<readonly number[]> =>
  silenced(async () => {
    const best = candidates.map(() => Number.POSITIVE_INFINITY);
    for (let round = 0; round < ROUNDS; round++)
      for (const [index, { runs, work }] of candidates.entries()) {
        const startedAt = performance.now();
        for (let run = 0; run < runs; run++) await work();
        best[index] = Math.min(best[index] ?? 0, ((performance.now() - startedAt) * 1000) / runs);
      }
    return best;
  });

const print = (name: string, microseconds: number, baseline: number, more = ''): void =>
  console.log(
    `${name.padEnd(56)} ${microseconds.toFixed(1).padStart(9)} µs  ${(microseconds / baseline).toFixed(1).padStart(6)} × baseline${more}`,
  );

/** Measures candidates, and prints them beside the first. */
export const compare = async (
  title: string,
  candidates: readonly Candidate[],
  rate?: (us: number) => string,
): Promise<void> => {
  const times = await measure(candidates);
  const [baseline = 1] = times;
  console.log(`\n${title}`);
  for (const [index, { name }] of candidates.entries())
    print(name, times[index] ?? 0, baseline, rate?.(times[index] ?? 0));
};
