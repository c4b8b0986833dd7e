/** Control sequences of terminals (ECMA-48, xterm), taken out before anything else is read. */

const TEXT = 0;
/** After ESC. */
const BEGUN = 1;
/** In a control sequence, up to its final byte. */
const CONTROL = 2;
/** In a string (OSC, DCS, SOS, PM, APC), up to BEL, ST, another escape or the line's end. */
const STRING = 3;
/** After ESC and an intermediate byte. */
const INTERMEDIATE = 4;

const ESC = 0x1b;
const BEL = 0x07;
const CSI = 0x9b;
const ST = 0x9c;
const STRINGS: ReadonlySet<number> = new Set([0x90, 0x98, 0x9d, 0x9e, 0x9f]);
/** Longest control sequence and string: what follows is text again, without its beginning. */
const MAX_SEQUENCE = 64;
const MAX_STRING = 4096;

/** Whether a unit controls a terminal: C0 but for tab and line ends, DEL, C1. */
export const isControl = (unit: number): boolean =>
  (unit < 0x20 && unit !== 0x09 && unit !== 0x0a && unit !== 0x0d) || (unit >= 0x7f && unit <= 0x9f);

/** Whether anything in a text has to be looked at. */
const indexOfControl = (text: string, from: number): number => {
  let at = from;
  while (at < text.length) {
    const unit = text.charCodeAt(at);
    if (unit < 0x20 ? isControl(unit) : unit >= 0x7f && unit <= 0x9f) break;
    at += 1;
  }
  return at;
};

/** Passes on a text in pieces, less its control sequences. Holds nothing back. */
export interface EscapeStage {
  push(chunk: string): string;
}

/** A stage; `removed(start, end, begins)` is told of each unit, in units of what was pushed. `shown` stands for each that begins. */
export const createEscapeStage = (
  shown: string,
  removed: (start: number, end: number, begins: boolean) => void,
): EscapeStage => {
  let state = TEXT;
  let length = 0;
  let offset = 0;

  /** Whether a unit belongs to the sequence under way. */
  const belongs = (unit: number): boolean => {
    length += 1;
    if (state === BEGUN) {
      state = TEXT;
      if (unit === 0x5b) state = CONTROL;
      else if (unit === 0x5d || unit === 0x50 || unit === 0x58 || unit === 0x5e || unit === 0x5f) state = STRING;
      else if (unit >= 0x20 && unit <= 0x2f) state = INTERMEDIATE;
      else return unit >= 0x30 && unit <= 0x7e;
      return true;
    }
    if (state === STRING) {
      const ends = unit === ESC || unit === 0x0a || unit === 0x0d || length > MAX_STRING;
      if (ends || unit === BEL || unit === ST) state = TEXT;
      return !ends;
    }
    const goesOn = unit >= 0x20 && unit <= (state === CONTROL ? 0x3f : 0x2f) && length <= MAX_SEQUENCE;
    if (goesOn) return true;
    const first = state === CONTROL ? 0x40 : 0x30;
    state = TEXT;
    return unit >= first && unit <= 0x7e;
  };

  return {
    push(chunk) {
      let out = '';
      let at = 0;
      while (at < chunk.length) {
        if (state === TEXT) {
          const next = indexOfControl(chunk, at);
          if (at === 0 && next === chunk.length) {
            offset += next;
            return chunk;
          }
          out += chunk.slice(at, next);
          at = next;
          if (at >= chunk.length) break;
          const unit = chunk.charCodeAt(at);
          length = 0;
          if (unit === ESC) state = BEGUN;
          else if (unit === CSI) state = CONTROL;
          else if (STRINGS.has(unit)) state = STRING;
          out += shown;
          removed(offset + at, offset + at + 1, true);
          at += 1;
          continue;
        }
        if (!belongs(chunk.charCodeAt(at))) continue;
        removed(offset + at, offset + at + 1, false);
        at += 1;
      }
      offset += chunk.length;
      return out;
    },
  };
};
