/** Scores of a row, in hundredths: bounded memory, however many come. */

/** The highest score and the one in the middle, 0..1. */
export interface ScoreSummary {
  readonly highest: number;
  readonly median: number;
}

/** Scores that are counted. */
export interface Scores {
  add(score: number): void;
  /** `undefined` before the first. */
  summary(): ScoreSummary | undefined;
}

/** No scores yet. */
export const createScores = (): Scores => {
  const counts = new Uint32Array(101);
  let total = 0;
  let highest = 0;
  const median = (): number => {
    let seen = 0;
    for (const [hundredths, count] of counts.entries()) {
      seen += count;
      if (seen * 2 >= total) return hundredths / 100;
    }
    return highest;
  };
  return {
    add(score) {
      const hundredths = Math.round(score * 100);
      counts[hundredths] = (counts[hundredths] ?? 0) + 1;
      total += 1;
      highest = Math.max(highest, hundredths / 100);
    },
    summary: () => (total === 0 ? undefined : { highest, median: median() }),
  };
};
