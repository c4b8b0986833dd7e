/** Fenced code (CommonMark 0.31, 4.5): where it opens and closes. */

/** A fence that is open. */
export interface Fence {
  readonly sign: number;
  readonly length: number;
  /** Columns that its closing line may be indented by. */
  readonly indent: number;
}

/** The line within a fence that is being read. */
export interface FenceReading extends Fence {
  columns: number;
  signs: number;
  /** It closes nothing. */
  isOther: boolean;
  isAfter: boolean;
}

const NEWLINE = 0x0a;
const RETURN = 0x0d;
const SPACE = 0x20;
const TAB = 0x09;
const QUOTE_MARK = 0x3e;

/** Behind the opening signs. */
export const readFence = ({ sign, length, indent }: Fence): FenceReading => ({
  sign,
  length,
  indent,
  columns: 0,
  signs: 0,
  isOther: true, // the rest of the opening line
  isAfter: false,
});

/**
 * Whether the fence is closed by the line that ends before this unit: blanks and marks of quotations, at least as many
 * signs, blanks.
 */
export const closesFence = (reading: FenceReading, unit: number): boolean => {
  if (unit === NEWLINE) {
    const closes = !reading.isOther && reading.signs >= reading.length;
    reading.columns = 0;
    reading.signs = 0;
    reading.isOther = false;
    reading.isAfter = false;
    return closes;
  }
  if (reading.isOther) return false;
  if (unit === reading.sign && !reading.isAfter) reading.signs += 1;
  else if (unit === SPACE || unit === TAB || unit === RETURN) {
    reading.isAfter = reading.signs > 0;
    if (reading.signs === 0) reading.columns += unit === TAB ? 4 : 1;
    if (reading.signs === 0 && reading.columns > reading.indent) reading.isOther = true;
  } else if (unit === QUOTE_MARK && reading.signs === 0) reading.columns = 0;
  else reading.isOther = true;
  return false;
};

/** The index from `at` on at which a fence closes, or the text's end. */
export const fenceEnd = (reading: FenceReading, text: string, from: number): number => {
  for (let at = from; at < text.length; at++) {
    if (reading.isOther) {
      const newline = text.indexOf('\n', at);
      if (newline < 0) return text.length;
      at = newline;
    }
    if (closesFence(reading, text.charCodeAt(at))) return at;
  }
  return text.length;
};
