/** The parts of a line that can be a label: what stands between bars, dashes, brackets and full stops. */

/** A part of a line. */
export interface LineSegment {
  readonly text: string;
  /** Within brackets of its own. */
  readonly bracketed: boolean;
}

/** A label is near an end of its line: of a longer line only so much of each end is read, in UTF-16 units. */
const END_LENGTH = 200;

/** `|`, ` - `, `—`, `•`, `//`, a tab, a full stop with a space (not that of `L.A.`); not the hyphen within a word. */
const BETWEEN = /[|•·●■★▪※;\t—]|\s[-–/~]{1,3}\s|\/\/|(?<=\w\w|[^\w\s])[.!。！]{1,3}(?=\s|$)|\s{3,}|[。！]/;

/** `[Internal only]`, `(CONFIDENTIAL)`, `<<…>>`, `【社外秘】`. */
const BRACKETED =
  /[[(<{【〔「『〈《（［]{1,2}([^[\](){}<>【】〔〕「」『』〈〉《》（）［］]{1,80})[\])>}】〕」』〉》）］]{1,2}/g;

/** Ornaments, quotation marks and numbers around a label: `*** …`, `# …`, `-- …`, `1. …`, `"…"`. */
const ORNAMENT = /^[\s*#_=~\-–—>+:"'“”„«»`!/\\|.,°©®™]{1,80}|[\s*#_=~\-–—<+:"'“”„«»`!/\\|.,°©®™]{1,80}$/g;

/** A text without what decorates it. */
export const undecorated = (text: string): string => text.replace(ORNAMENT, '');

/** The segments of a line, in order; those in brackets after the others. Of a long line, only of its ends. */
export const segmentsOfLine = (line: string): readonly LineSegment[] => {
  const segments: LineSegment[] = [];
  const add = (text: string, bracketed: boolean): void => {
    const bare = undecorated(text);
    if (bare !== '') segments.push({ text: bare, bracketed });
  };
  const ends = line.length <= 2 * END_LENGTH ? [line] : [line.slice(0, END_LENGTH), line.slice(-END_LENGTH)];
  for (const end of ends) {
    const outside = end.replaceAll(BRACKETED, '|');
    const parts = outside.split(BETWEEN);
    // What a long line was cut from is no whole segment.
    if (ends.length === 2) parts.splice(end === ends[0] ? -1 : 0, 1);
    for (const part of parts) add(part, false);
    for (const [, inside = ''] of end.matchAll(BRACKETED)) add(inside, true);
  }
  return segments;
};
