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

/** Narrowest text columns: as long as others can go in their place, and when none can. */
const COMFORTABLE_TEXT = 18;
const MIN_TEXT = 8;

type Rows = readonly (readonly string[])[];

const cut = (text: string, width: number): string => (text.length <= width ? text : `${text.slice(0, width - 1)}…`);

const widthOf = (widths: readonly number[]): number =>
  INDENT.length + widths.reduce((sum, width) => sum + width + GAP, -GAP);

/** Widths of the columns; text columns give way, the widest first. */
const fitted = (columns: readonly Column[], rows: Rows, width: number, minText: number): number[] => {
  const widths = columns.map(({ title }, index) =>
    Math.max(title.length, ...rows.map((row) => (row[index] ?? '').length)),
  );
  for (let tooMuch = widthOf(widths) - width; tooMuch > 0; tooMuch = widthOf(widths) - width) {
    const texts = widths.map((own, index) => (columns[index]?.kind === 'text' && own > minText ? own : 0));
    const widest = Math.max(...texts);
    if (widest === 0) break;
    widths[texts.indexOf(widest)] = widest - 1;
  }
  return widths;
};

/** The columns at these places, and their cells. */
const only = (columns: readonly Column[], rows: Rows, places: readonly number[]) => ({
  columns: places.map((place) => columns[place] as Column),
  rows: rows.map((row) => places.map((place) => row[place] ?? '')),
});

/** Without columns that hold nothing, and without the most expendable ones as long as there is no room. */
const chosen = (columns: readonly Column[], rows: Rows, width: number): ReturnType<typeof only> => {
  const places = [...columns.keys()];
  const used = only(
    columns,
    rows,
    places.filter((place) => rows.some((row) => (row[place] ?? '') !== '')),
  );
  const most = Math.max(0, ...used.columns.map(({ expendable = 0 }) => expendable));
  if (most === 0 || widthOf(fitted(used.columns, used.rows, width, COMFORTABLE_TEXT)) <= width) return used;
  const kept = [...used.columns.keys()].filter((place) => (used.columns[place]?.expendable ?? 0) !== most);
  const fewer = only(used.columns, used.rows, kept);
  return chosen(fewer.columns, fewer.rows, width);
};

/** Lines of a table, its head first. */
export const tableLines = (allColumns: readonly Column[], allRows: Rows, width: number): readonly string[] => {
  const { columns, rows } = chosen(allColumns, allRows, width);
  const comfortable = fitted(columns, rows, width, COMFORTABLE_TEXT);
  const widths = widthOf(comfortable) <= width ? comfortable : fitted(columns, rows, width, MIN_TEXT);
  const line = (cells: readonly string[]): string =>
    INDENT +
    cells
      .map((cell, index) => {
        const own = widths[index] ?? 0;
        return columns[index]?.kind === 'number' ? cell.padStart(own) : cut(cell, own).padEnd(own);
      })
      .join(' '.repeat(GAP))
      .trimEnd();
  return [line(columns.map(({ title }) => title)), ...rows.map(line)];
};
