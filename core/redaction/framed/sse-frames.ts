/** Where server-sent events end. Source: WHATWG HTML, section 9.2.5, "Parsing an event stream". */

import { createFrameBuffer, type Splitter } from './frame-buffer.ts';

const LF = 0x0a;
const CR = 0x0d;
const BYTE_ORDER_MARK = 0xfeff;

/**
 * Cuts a text into events, each with the empty line that ends it. Lines end with LF, CR or both. An event that ends with CR
 * is complete there; an LF that follows is a frame of its own, in which nothing is.
 */
export const splitSse = (emit: (frame: string) => void): Splitter => {
  const buffer = createFrameBuffer(emit);
  let begun = false;
  /** Nothing stands on the current line yet. */
  let blank = true;
  let afterCr = false;
  return {
    push(piece) {
      let from = 0;
      for (let at = 0; at < piece.length; at++) {
        const unit = piece.charCodeAt(at);
        if (unit === LF && afterCr) {
          afterCr = false;
          if (at > from || !buffer.empty) continue;
          buffer.close(piece.slice(from, at + 1));
          from = at + 1;
        } else if (unit === LF || unit === CR) {
          afterCr = unit === CR;
          if (blank) {
            buffer.close(piece.slice(from, at + 1));
            from = at + 1;
          }
          blank = true;
        } else {
          afterCr = false;
          blank &&= !begun && unit === BYTE_ORDER_MARK;
        }
        begun = true;
      }
      buffer.add(piece.slice(from));
    },
    end: () => buffer.close(''),
  };
};
