/** Fenced code (CommonMark 0.31, 4.5): where it opens and closes. */

/** A fence that is open. */
export interface Fence {
  readonly sign: number;
  readonly length: number;
  /** Columns that its closing line may be indented by. */
  readonly indent: number;
}

/** Follows the lines within a fence, a unit at a time. */
export interface FenceReading {
  /** Whether the fence is closed by the line that ends before this unit. */
  read(unit: number): boolean;
}

const NEWLINE = 0x0a;
const RETURN = 0x0d;
const SPACE = 0x20;
const TAB = 0x09;
const QUOTE_MARK = 0x3e;

/** Watches for the closing line: blanks and marks of quotations, at least as many signs, blanks. */
export const readFence = ({ sign, length, indent }: Fence): FenceReading => {
  let columns = 0;
  let signs = 0;
  let isOther = true; // the rest of the opening line
  let isAfter = false;
  return {
    read(unit) {
      if (unit === NEWLINE) {
        const closes = !isOther && signs >= length;
        columns = 0;
        signs = 0;
        isOther = false;
        isAfter = false;
        return closes;
      }
      if (isOther) return false;
      if (unit === sign && !isAfter) signs += 1;
      else if (unit === SPACE || unit === TAB || unit === RETURN) {
        isAfter = signs > 0;
        if (signs === 0) columns += unit === TAB ? 4 : 1;
        if (signs === 0 && columns > indent) isOther = true;
      } else if (unit === QUOTE_MARK && signs === 0) columns = 0;
      else isOther = true;
      return false;
    },
  };
};
