/** Whether a text that comes in pieces is JSON so far, and within a string of it: what is put there is written as JSON is. */

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const BEGINNING = /^[\s\uFEFF]*([^\s\uFEFF]|$)/; // ` {`

/** A place in a text. */
export interface JsonPlace {
  /** Goes on by a piece. */
  pass(piece: string): void;
  readonly inString: boolean;
}

/** The beginning of a text. One that does not begin as an object or array does is none. */
export const createJsonPlace = (): JsonPlace => {
  let isJson: boolean | undefined;
  let inString = false;
  let escaped = false;
  return {
    pass(piece) {
      if (isJson === undefined) {
        const first = BEGINNING.exec(piece)?.[1] ?? '';
        if (first !== '') isJson = first === '{' || first === '[';
      }
      if (isJson !== true || (!inString && !piece.includes('"'))) return;
      for (let at = 0; at < piece.length; at++) {
        const unit = piece.charCodeAt(at);
        if (escaped) escaped = false;
        else if (unit === QUOTE) inString = !inString;
        else if (unit === BACKSLASH) escaped = inString;
      }
    },
    get inString() {
      return inString;
    },
  };
};

/** A text as it stands within a string of JSON. */
export const asJson = (text: string): string => JSON.stringify(text).slice(1, -1);
