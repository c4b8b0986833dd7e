/** A text with slots in it: what of a frame is redacted, and how it is written back. */

import { type Edit, editsOfLeaf, editText, type Found, isTouched, type Leaf, reportedIn } from './leaf.ts';

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

/**
 * What a channel takes out of JSON: of a string, all of it, so that JSON remains. What is neither within a string nor goes
 * over the ends of the JSON is no value, but its punctuation.
 */
const editsWithin = (edits: readonly Edit[], { text, slots }: Document): readonly Edit[] => {
  let index = 0;
  return edits
    .toSorted((one, other) => one.start - other.start)
    .flatMap((edit): Edit[] => {
      if (edit.start === 0 || edit.end === text.length) return [edit];
      while ((slots[index]?.end ?? text.length) <= edit.start) index += 1;
      const slot = slots[index];
      if (slot === undefined || edit.start < slot.start || edit.end > slot.end) return [];
      return [{ start: slot.start, end: slot.end, write: () => slot.write(edit.write?.() ?? '') }];
    });
};

const editsOf = ({ slots }: Document, placeholderOf: (found: Found) => string): readonly Edit[] =>
  slots.filter(isChanged).map(({ start, end, leaf, inner, write }) => {
    const edits = editsOfLeaf(leaf, placeholderOf);
    const all = inner === undefined ? edits : [...editsOf(inner, placeholderOf), ...editsWithin(edits, inner)];
    return { start, end, write: () => write(editText(leaf.text, all)) };
  });

/** A document redacted: as it is, but for the slots in which something was found. */
export const renderDocument = (document: Document, placeholderOf: (found: Found) => string): string =>
  editText(document.text, editsOf(document, placeholderOf));

/** What is found in a document and stays. JSON is read as a text, too: what is found in its texts is not counted again. */
export const reportedInDocument = ({ slots }: Document): readonly Found[] =>
  slots.flatMap(({ leaf, inner }) => {
    const within = inner === undefined ? [] : reportedInDocument(inner);
    return within.length > 0 ? within : reportedIn(leaf);
  });
