/** A text with slots in it: what of a frame is redacted, and how it is written back. */

import { cleanText, type Edit, type Found, isTouched, type Leaf } from './leaf.ts';

/** A part of a document. */
export interface Slot {
  /** Offsets in the document. */
  readonly start: number;
  readonly end: number;
  readonly leaf: Leaf;
  /** The leaf as a document, where it is JSON. */
  readonly inner?: Document | undefined;
  /** How the redacted text is written there. */
  readonly write: (clean: string) => string;
}

/** A text with slots, in order. */
export interface Document {
  readonly text: string;
  readonly slots: readonly Slot[];
}

const isChanged = ({ leaf, inner }: Slot): boolean => isTouched(leaf) || inner?.slots.some(isChanged) === true;

const editsOf = ({ slots }: Document, placeholderOf: (found: Found) => string): readonly Edit[] =>
  slots.filter(isChanged).map(({ start, end, leaf, inner, write }) => ({
    start,
    end,
    write: () => write(cleanText(leaf, placeholderOf, inner && editsOf(inner, placeholderOf))),
  }));

/** A document redacted: as it is, but for the slots in which something was found. */
export const renderDocument = (document: Document, placeholderOf: (found: Found) => string): string => {
  let out = '';
  let at = 0;
  for (const { start, end, write } of editsOf(document, placeholderOf)) {
    out += document.text.slice(at, start) + (write?.() ?? '');
    at = end;
  }
  return out + document.text.slice(at);
};
