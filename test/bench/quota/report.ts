/** Tables of numbers, as the benches print them. */

/** A row: its name, then its cells. */
export type Row = readonly (string | number)[];

/** At most two digits behind the point. */
const written = (cell: string | number): string =>
  typeof cell === 'string' ? cell : String(Math.round(cell * 100) / 100);

/** Prints a titled table: the first column flush left, the others flush right. */
export const printTable = (title: string, head: Row, rows: readonly Row[]): void => {
  const cells = [head, ...rows].map((row) => row.map(written));
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  console.log(`\n${title}`);
  for (const row of cells)
    console.log(
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join('   '),
    );
};

/** Prints a figure that is no matter of speed beside what it has to be. */
export const printGoal = (what: string, found: number, goal: number): void =>
  console.log(`${what}: ${written(found)}, to be reached ${goal}${found === goal ? '' : '  <-- MISSED'}`);

/** The middle one of some numbers. */
export const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
