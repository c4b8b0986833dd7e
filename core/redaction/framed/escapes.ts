/** Text read with JSON's escapes as what they stand for: pieces of JSON are parsed once they are put together. */

/** Reads a text in pieces, and knows where in it stands what was read. */
export interface EscapeReader {
  /** What one more piece adds. An escape that has begun is read once its rest is there. */
  push(piece: string): string;
  /** The rest. */
  end(): string;
  /** Where in the text a unit begins of what was read. */
  startOf(at: number): number;
  /** Where in the text the units before `at` end. */
  endOf(at: number): number;
  /** Units before `at` are no longer asked for. */
  forget(at: number): void;
}

/** In JSON within a string, and again within one, backslashes double: at most 8. */
const ESCAPE = /\\{1,8}(?:u([\da-fA-F]{4})|\/)/g; // ada\u0040example.com
const BEGUN = /\\{1,8}(?:u[\da-fA-F]{0,3})?$/; // ada\u00
const LONGEST = 12;

/** Whether a text may have escapes in it. */
export const mayEscape = (text: string): boolean => text.includes('\\');

/** A reader. Control characters stay escapes: they end no value that goes on in the text as it is. */
export const createEscapeReader = (): EscapeReader => {
  /** Of every escape read: where it stands in what was read, and where it begins and ends in the text. */
  let escapes: { readonly at: number; readonly start: number; readonly end: number }[] = [];
  let pending = '';
  /** Units of the text, and of what was read. */
  let total = 0;
  let read = 0;

  /** How many escapes stand before `at`. */
  const countBefore = (at: number): number => {
    let [low, high] = [0, escapes.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((escapes[middle]?.at ?? at) < at) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  const endOf = (at: number): number => {
    const last = escapes[countBefore(at) - 1];
    return last === undefined ? at : last.end + at - 1 - last.at;
  };

  return {
    push(piece) {
      const text = pending + piece;
      const base = total - pending.length;
      total += piece.length;
      if (!mayEscape(text)) {
        read += text.length;
        return text;
      }
      pending = BEGUN.exec(text.slice(-LONGEST))?.[0] ?? '';
      const length = text.length - pending.length;
      let out = '';
      let copied = 0;
      for (const { 0: written, 1: code, index } of text.matchAll(ESCAPE)) {
        const unit = code === undefined ? '/' : String.fromCharCode(Number.parseInt(code, 16));
        if (unit < ' ') continue;
        out += text.slice(copied, index);
        copied = index + written.length;
        escapes.push({ at: read + out.length, start: base + index, end: base + copied });
        out += unit;
      }
      out += text.slice(copied, length);
      read += out.length;
      return out;
    },
    end() {
      const rest = pending;
      pending = '';
      read += rest.length;
      return rest;
    },
    startOf(at) {
      const next = escapes[countBefore(at)];
      return next?.at === at ? next.start : endOf(at);
    },
    endOf,
    forget(at) {
      // The last one before it says how far the text is ahead.
      const count = countBefore(at) - 1;
      if (count > 0) escapes = escapes.slice(count);
    },
  };
};
