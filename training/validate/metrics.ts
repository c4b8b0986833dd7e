/** Numbers that say how good scores are. */

/** Share of pairs in which the attack scores higher than the benign text; ties count half (area under the ROC curve). */
export const auc = (attacks: readonly number[], benign: readonly number[]): number => {
  const all = [
    ...attacks.map((score) => ({ score, isAttack: true })),
    ...benign.map((score) => ({ score, isAttack: false })),
  ];
  all.sort((a, b) => a.score - b.score);
  let ranks = 0;
  for (let start = 0; start < all.length; ) {
    let end = start;
    while (end < all.length && all[end]?.score === all[start]?.score) end += 1;
    for (let at = start; at < end; at++) if (all[at]?.isAttack) ranks += (start + 1 + end) / 2;
    start = end;
  }
  return (ranks - (attacks.length * (attacks.length + 1)) / 2) / (attacks.length * benign.length);
};

/** Share of scores at or above a point. */
export const shareFrom = (scores: readonly number[], point: number): number =>
  scores.length === 0 ? Number.NaN : scores.filter((score) => score >= point).length / scores.length;

/** The lowest point that at most `share` of the scores reach. */
export const pointFor = (scores: readonly number[], share: number): number => {
  const sorted = [...scores].sort((a, b) => b - a);
  const allowed = Math.floor(share * sorted.length);
  const first = sorted[allowed];
  // Just above the highest score that must stay below.
  return first === undefined ? Number.NEGATIVE_INFINITY : first + 1e-9;
};
