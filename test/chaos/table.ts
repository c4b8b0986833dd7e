/** Outcomes by fault, as a table of text. */

/** How often each outcome came, by fault. */
type Outcomes = ReadonlyMap<string, ReadonlyMap<string, number>>;

const sum = (row: ReadonlyMap<string, number>): number => [...row.values()].reduce((all, count) => all + count, 0);

/** A line a fault: what it led to, most often first. */
export const tableOf = (outcomes: Outcomes): string => {
  const width = Math.max(...[...outcomes.keys()].map(({ length }) => length));
  return [...outcomes]
    .toSorted(([one], [other]) => one.localeCompare(other))
    .map(([met, row]) => {
      const told = [...row]
        .toSorted(([, one], [, other]) => other - one)
        .map(([outcome, count]) => `${outcome} ${count}`);
      return `${met.padEnd(width)}  ${String(sum(row)).padStart(5)}  ${told.join(', ')}`;
    })
    .join('\n');
};
