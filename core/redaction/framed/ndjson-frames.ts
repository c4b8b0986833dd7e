/** NDJSON: a value a line. Sources: ndjson-spec 1.0; RFC 7464 for lines that begin with a record separator. */

import type { Document } from './document.ts';
import { createFrameBuffer, type Splitter } from './frame-buffer.ts';
import { type Intake, jsonDocument } from './json-document.ts';

/** Cuts a text into lines, each with its end. */
export const splitNdjson = (emit: (frame: string) => void): Splitter => {
  const buffer = createFrameBuffer(emit);
  return {
    push(piece) {
      let from = 0;
      for (let end = piece.indexOf('\n'); end >= 0; end = piece.indexOf('\n', from)) {
        buffer.close(piece.slice(from, end + 1));
        from = end + 1;
      }
      buffer.add(piece.slice(from));
    },
    end: () => buffer.close(''),
  };
};

/** A byte order mark, RFC 7464's record separator. */
const HEADS = new Set(['\uFEFF', '\u001E']);

const SPACE = /^[ \t\r\n]*$/; // an empty line
const MAY_BE_JSON = /^[ \t]*[{["\d-]/; // {"response":"…"}

/** A line as a document. One that is no JSON is a piece of text, its end included. */
export const readNdjson = (frame: string, intake: Intake): Document => {
  if (SPACE.test(frame)) return { text: frame, slots: [] };
  let start = 0;
  while (HEADS.has(frame[start] ?? '')) start += 1;
  const json = MAY_BE_JSON.test(frame.slice(start)) ? jsonDocument(frame.slice(start), intake, '', '') : undefined;
  if (json !== undefined)
    return {
      text: frame,
      slots: json.slots.map((slot) => ({ ...slot, start: slot.start + start, end: slot.end + start })),
    };
  const leaf = intake.continued(frame, '', '', '');
  return { text: frame, slots: [{ start: 0, end: frame.length, leaf, write: (clean) => clean }] };
};
