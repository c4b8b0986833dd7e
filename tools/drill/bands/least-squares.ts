/** Linear least squares by the normal equations, with a little weight against features that say the same. */

const RIDGE = 1e-6;

/** Solves a system by Gaussian elimination with pivots; it is changed. */
const solved = (matrix: number[][], right: number[]): readonly number[] => {
  const size = right.length;
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let row = column + 1; row < size; row++)
      if (Math.abs(matrix[row]?.[column] ?? 0) > Math.abs(matrix[pivot]?.[column] ?? 0)) pivot = row;
    [matrix[column], matrix[pivot]] = [matrix[pivot] as number[], matrix[column] as number[]];
    [right[column], right[pivot]] = [right[pivot] as number, right[column] as number];
    const lead = matrix[column] as number[];
    for (let row = column + 1; row < size; row++) {
      const below = matrix[row] as number[];
      const factor = (below[column] ?? 0) / (lead[column] ?? 1);
      for (let at = column; at < size; at++) below[at] = (below[at] ?? 0) - factor * (lead[at] ?? 0);
      right[row] = (right[row] ?? 0) - factor * (right[column] ?? 0);
    }
  }
  const answer = new Array<number>(size).fill(0);
  for (let row = size - 1; row >= 0; row--) {
    const line = matrix[row] as number[];
    let rest = right[row] ?? 0;
    for (let at = row + 1; at < size; at++) rest -= (line[at] ?? 0) * (answer[at] ?? 0);
    answer[row] = rest / (line[row] ?? 1);
  }
  return answer;
};

/** Weights of features whose sum comes nearest to the targets. */
export const leastSquares = (rows: readonly (readonly number[])[], targets: readonly number[]): readonly number[] => {
  const size = rows[0]?.length ?? 0;
  const matrix = Array.from({ length: size }, (_, index) =>
    Array.from({ length: size }, (__, other) => (index === other ? RIDGE * rows.length : 0)),
  );
  const right = new Array<number>(size).fill(0);
  for (const [index, row] of rows.entries())
    for (let a = 0; a < size; a++) {
      const feature = row[a] ?? 0;
      right[a] = (right[a] ?? 0) + feature * (targets[index] ?? 0);
      const line = matrix[a] as number[];
      for (let b = 0; b < size; b++) line[b] = (line[b] ?? 0) + feature * (row[b] ?? 0);
    }
  return solved(matrix, right);
};
