/** A text with slots in it: what of a frame is redacted, and how it is written back. */

import { cleanText, type Found, isTouched, type Leaf } from './leaf.ts';

/** A part of a document. */
export interface Slot {
  /** Offsets in the document. */
  readonly start: number;
  readonly end: number;
  /** A text, or JSON within a string. */
  readonly content: Leaf | Document;
  /** How the redacted text is written there. */
  readonly write: (clean: string) => string;
}

/** A text with slots, in order. */
export interface Document {
  readonly text: string;
  readonly slots: readonly Slot[];
}

const isChanged = (content: Leaf | Document): boolean =>
  'slots' in content ? content.slots.some((slot) => isChanged(slot.content)) : isTouched(content);

/** A document redacted: as it is, but for the slots in which something was found. */
export const renderDocument = (document: Document, placeholderOf: (found: Found) => string): string => {
  let out = '';
  let at = 0;
  for (const { start, end, content, write } of document.slots) {
    if (!isChanged(content)) continue;
    const clean = 'slots' in content ? renderDocument(content, placeholderOf) : cleanText(content, placeholderOf);
    out += document.text.slice(at, start) + write(clean);
    at = end;
  }
  return out + document.text.slice(at);
};
