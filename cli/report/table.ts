/** Text tables that fit a terminal. */

/** A column. Text is cut where there is no room; numbers never are. */
export interface Column {
  readonly title: string;
  readonly kind: 'text' | 'number';
  /** Columns with the highest number go first where there is no room at all. @default 0: stays */
  readonly expendable?: number;
}

const GAP = 2;
const INDENT = '  ';
const MIN_TEXT = 8;

const cut = (text: string, width: number): string => (text.length <= width ? text : `${text.slice(0, width - 1)}…`);

const widthOf = (widths: readonly number[]): number =>
  INDENT.length + widths.reduce((sum, width) => sum + width + GAP, -GAP);

/** Widths of the columns; text columns give way, the widest first. */
const fitted = (columns: readonly Column[], rows: readonly (readonly string[])[], width: number): number[] => {
  const widths = columns.map(({ title }, index) =>
    Math.max(title.length, ...rows.map((row) => (row[index] ?? '').length)),
  );
  while (widthOf(widths) > width) {
    const texts = widths.map((own, index) => (columns[index]?.kind === 'text' && own > MIN_TEXT ? own : 0));
    const widest = Math.max(...texts);
    if (widest === 0) break;
    const index = texts.indexOf(widest);
    widths[index] = Math.max(MIN_TEXT, widest - Math.max(1, Math.min(widest - MIN_TEXT, widthOf(widths) - width)));
  }
  return widths;
};

/** Lines of a table, its head first. Columns that hold nothing are left out. */
export const tableLines = (
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number,
): readonly string[] => {
  const used = columns.map((_, index) => index).filter((index) => rows.some((row) => (row[index] ?? '') !== ''));
  const only = <T>(cells: readonly T[]): T[] => used.map((index) => cells[index] as T);
  const shownColumns = only(columns);
  const shownRows = rows.map(only);
  const widths = fitted(shownColumns, shownRows, width);
  if (widthOf(widths) > width) {
    const most = Math.max(...shownColumns.map(({ expendable = 0 }) => expendable));
    if (most > 0) {
      const kept = columns
        .map((column, index) => [column, index] as const)
        .filter(([{ expendable = 0 }]) => expendable !== most);
      return tableLines(
        kept.map(([column]) => column),
        rows.map((row) => kept.map(([, index]) => row[index] ?? '')),
        width,
      );
    }
  }
  const line = (cells: readonly string[]): string =>
    INDENT +
    cells
      .map((cell, index) => {
        const own = widths[index] ?? 0;
        return shownColumns[index]?.kind === 'number' ? cell.padStart(own) : cut(cell, own).padEnd(own);
      })
      .join(' '.repeat(GAP))
      .trimEnd();
  return [line(shownColumns.map(({ title }) => title)), ...shownRows.map(line)];
};
