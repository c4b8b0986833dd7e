/** A text without its labels: a word in each row of a list says nothing to a reader who knows what the rows are called. */

import type { Reading } from './leak-check.ts';

/** Most units of a label. */
const MOST = 32;

/** The end of a text that is a label, or begins one: `Word 12"`, `- line_3`, `s0 ` */
const LABEL = /[A-Za-z][A-Za-z_-]{0,20}(?:[ #]?\d{1,5})?["'`*\])]{0,3} ?$/;

/** What stands behind a label: `word1: …`, `s0 = …`, `"value":…` */
const BEHIND = /[:=]/g;

/** Where the label begins that ends at `end`; `end` where none does. */
const labelAt = (text: string, from: number, end: number): number => {
  const before = text.slice(Math.max(from, end - MOST), end);
  const start = before.search(LABEL);
  return start < 0 ? end : end - before.length + start;
};

/** Units behind a label that are read for its sake: what stands by itself for longer is read as it is. */
const NEAR = 80;

/** What reads a text less its labels. */
export interface UnlabelledReadings {
  /** All of it. */
  readonly all: readonly Reading[];
  /** What stands near labels. */
  readonly near: Reading;
}

/** Hands a text to readings, less its labels. What may become one waits. */
export const unlabelledReading = ({ all, near }: UnlabelledReadings): Reading => {
  let held = '';
  let heldAt = 0;
  /** Up to where a label is near. */
  let nearTo = 0;

  const pass = (piece: string, at: number): void => {
    if (piece === '') return;
    for (const reading of all) reading.read(piece, at);
    if (at < nearTo) near.read(piece.slice(0, nearTo - at), at);
  };

  return {
    read(piece, at) {
      const text = held + piece;
      const begin = at - held.length;
      let from = 0;
      BEHIND.lastIndex = held.length;
      for (let found = BEHIND.exec(text); found !== null; found = BEHIND.exec(text)) {
        const label = labelAt(text, from, found.index);
        pass(text.slice(from, label), begin + from);
        from = found.index;
        if (label < from) nearTo = begin + from + NEAR;
      }
      const label = labelAt(text, from, text.length);
      pass(text.slice(from, label), begin + from);
      held = text.slice(label);
      heldAt = begin + label;
    },
    end() {
      pass(held, heldAt);
      held = '';
      for (const { end } of [...all, near]) end?.();
    },
  };
};
