/**
 * Where in a tag a unit stands, as an HTML tokenizer sees it (WHATWG HTML, 13.2.5). Renderers do not agree on which `<`
 * begins a tag, so the states of all readings are followed at once, as bits of one number; 0 is "in no tag".
 */

/** States, as bits. */
export const TAG_NAME = 1;
const BEFORE_NAME = 2;
const NAME = 4;
const AFTER_NAME = 8;
export const BEFORE_VALUE = 16;
export const DOUBLE_QUOTED = 32;
export const SINGLE_QUOTED = 64;
export const UNQUOTED = 128;

const STATES = [TAG_NAME, BEFORE_NAME, NAME, AFTER_NAME, BEFORE_VALUE, DOUBLE_QUOTED, SINGLE_QUOTED, UNQUOTED] as const;

/** Classes of units. */
const OTHER = 0;
const BLANK = 1;
const SLASH = 2;
const CLOSE = 3;
const EQUALS = 4;
const DOUBLE = 5;
const SINGLE = 6;
const CLASSES = 7;

const classes = new Uint8Array(128);
for (const [signs, kind] of [
  ['\t\n\f\r ', BLANK],
  ['/', SLASH],
  ['>', CLOSE],
  ['=', EQUALS],
  ['"', DOUBLE],
  ["'", SINGLE],
] as const)
  for (const sign of signs) classes[sign.charCodeAt(0)] = kind;

/** The state after a unit of a class; 0 when the tag has ended. */
const after = (state: number, kind: number): number => {
  if (state === DOUBLE_QUOTED) return kind === DOUBLE ? BEFORE_NAME : state;
  if (state === SINGLE_QUOTED) return kind === SINGLE ? BEFORE_NAME : state;
  if (kind === CLOSE) return 0;
  if (state === UNQUOTED) return kind === BLANK ? BEFORE_NAME : state;
  if (state === TAG_NAME) return kind === BLANK || kind === SLASH ? BEFORE_NAME : state;
  if (state === BEFORE_VALUE)
    return kind === BLANK ? state : kind === DOUBLE ? DOUBLE_QUOTED : kind === SINGLE ? SINGLE_QUOTED : UNQUOTED;
  if (kind === SLASH) return BEFORE_NAME;
  if (state === BEFORE_NAME) return kind === BLANK ? state : NAME;
  if (kind === EQUALS) return BEFORE_VALUE;
  if (kind === BLANK) return AFTER_NAME;
  return NAME;
};

const table = new Uint8Array(256 * CLASSES);
for (let states = 0; states < 256; states++)
  for (let kind = 0; kind < CLASSES; kind++) {
    let next = 0;
    for (const state of STATES) if ((states & state) !== 0) next |= after(state, kind);
    table[states * CLASSES + kind] = next;
  }

/** The states of all readings after one more unit. */
export const readTag = (states: number, unit: number): number =>
  table[states * CLASSES + (unit < 128 ? (classes[unit] ?? OTHER) : OTHER)] ?? 0;

/** Whether a unit is white space within a tag. */
export const isTagBlank = (unit: number): boolean => unit < 128 && classes[unit] === BLANK;
