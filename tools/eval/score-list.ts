/** Scores, eight bytes each, and how well they tell attacks from the rest. */

/** Scores of one kind of rows. */
export interface ScoreList {
  add(score: number): void;
  /** All of them, in ascending order. */
  sorted(): Float64Array;
}

const FIRST_ROOM = 1024;

/** No scores yet. */
export const createScoreList = (): ScoreList => {
  let scores = new Float64Array(FIRST_ROOM);
  let count = 0;
  return {
    add(score) {
      if (count === scores.length) {
        const larger = new Float64Array(count * 2);
        larger.set(scores);
        scores = larger;
      }
      scores[count] = score;
      count += 1;
    },
    sorted: () => scores.slice(0, count).sort(),
  };
};

/**
 * How often a row of the one kind scores higher than one of the other, over all pairs; ties count half.
 *
 * @param positive Scores in ascending order, as those of `negative`.
 * @returns The area under the ROC curve; `undefined` where one kind has no rows.
 */
export const areaUnderCurve = (positive: Float64Array, negative: Float64Array): number | undefined => {
  if (positive.length === 0 || negative.length === 0) return undefined;
  let below = 0;
  let atMost = 0;
  let wins = 0;
  for (const score of positive) {
    while (below < negative.length && (negative[below] as number) < score) below += 1;
    while (atMost < negative.length && (negative[atMost] as number) <= score) atMost += 1;
    wins += below + (atMost - below) / 2;
  }
  return wins / positive.length / negative.length;
};
