/** How much harm it does when data gets to where it should not: four levels, in order. */

/** The levels, lowest first. */
export const DATA_LEVELS = ['public', 'internal', 'confidential', 'restricted'] as const;

/** One of {@link DATA_LEVELS}. */
export type DataLevel = (typeof DATA_LEVELS)[number];

/** Whether `level` is higher than `other`. */
export const isAbove = (level: DataLevel, other: DataLevel): boolean =>
  DATA_LEVELS.indexOf(level) > DATA_LEVELS.indexOf(other);

/** The highest of several levels; `public` of none. */
export const highestOf = (levels: Iterable<DataLevel>): DataLevel => {
  let highest: DataLevel = 'public';
  for (const level of levels) if (isAbove(level, highest)) highest = level;
  return highest;
};

/** The lowest of several levels; `restricted` of none. */
export const lowestOf = (levels: Iterable<DataLevel>): DataLevel => {
  let lowest: DataLevel = 'restricted';
  for (const level of levels) if (isAbove(lowest, level)) lowest = level;
  return lowest;
};

/** What becomes of data on its way somewhere, the mildest first. */
export const DATA_ACTIONS = ['pass', 'mask', 'refuse'] as const;

/** One of {@link DATA_ACTIONS}. */
export type DataAction = (typeof DATA_ACTIONS)[number];

/** Whether `action` is stricter than `other`. */
export const isStricter = (action: DataAction, other: DataAction): boolean =>
  DATA_ACTIONS.indexOf(action) > DATA_ACTIONS.indexOf(other);
