/** A text within a frame, with what is to be taken out of it. */

import { isPrivateNumber } from '../redact-json.ts';
import type { Redactor } from '../redactor.ts';
import type { Finding } from '../types.ts';
import { createEscapeReader, mayEscape } from './escapes.ts';

/** A finding, with the value that its placeholder stands for. */
export interface Found extends Finding {
  /** `''` where it stays. */
  readonly value: string;
  /** It is found and no more: mode `report`. */
  readonly stays: boolean;
}

/** What goes out of a leaf, offsets within its text. */
export interface Cut {
  readonly start: number;
  readonly end: number;
  /** What the placeholder at `start` stands for. @default no placeholder: the value began in a frame before */
  readonly put?: Found | undefined;
  /** Nothing goes out: it is found and no more. */
  readonly stays: boolean;
}

/** A text that is redacted on its own, and as a part of its channels. */
export interface Leaf {
  readonly text: string;
  /** What is found in the text alone. */
  own: readonly Found[];
  /** What its channels take out: parts of values that go on in other frames, mostly. */
  readonly cuts: Cut[];
  /** Channels that have not decided about all of the text. */
  waiting: number;
}

/** Reads a text in pieces, and tells what it finds with the values. */
export interface Finder {
  push(piece: string): void;
  end(piece?: string): void;
  /** Findings since the last call. The last one may be open: {@link Finder.endOf} says how far it has come. */
  take(): readonly Found[];
  /** Where the finding ends that was taken as number `index`, as far as is known. */
  endOf(index: number): number;
  readonly decided: number;
  /** Whether the last finding goes on with what comes. */
  readonly open: boolean;
}

/** A finder that writes nothing: whether a finding counts is known later. */
export const createFinder = (redactor: Redactor, lead = ''): Finder => {
  const values = new Map<number, string>();
  const stream = redactor.stream((_, value) => {
    values.set(stream.findings.length - 1, value);
    return '';
  }, lead);
  let taken = 0;
  return {
    push(piece) {
      stream.push(piece);
    },
    end(piece) {
      stream.end(piece);
    },
    take() {
      const first = taken;
      taken = stream.findings.length;
      if (first === taken) return [];
      const found = stream.findings.slice(first).map(
        (finding, index): Found => ({
          ...finding,
          value: values.get(first + index) ?? '',
          stays: redactor.reports(finding.entity),
        }),
      );
      values.clear();
      return found;
    },
    endOf(index) {
      const last = index === stream.findings.length - 1;
      return last && stream.swallowing ? stream.decided : (stream.findings[index]?.end ?? 0);
    },
    get decided() {
      return stream.decided;
    },
    get open() {
      return stream.swallowing;
    },
  };
};

const findAsItIs = (redactor: Redactor, text: string, lead: string): readonly Found[] => {
  const finder = createFinder(redactor, lead);
  finder.end(text);
  return finder.take();
};

/**
 * What is found in a text, as it is and with its escapes read. Where both find something, it is one finding. `lead` is
 * what the text is about.
 */
export const findIn = (redactor: Redactor, text: string, lead = ''): readonly Found[] => {
  const found = findAsItIs(redactor, text, lead);
  if (!mayEscape(text)) return found;
  const escapes = createEscapeReader();
  const read = escapes.push(text) + escapes.end();
  if (read === text) return found;
  const asRead = findAsItIs(redactor, read, lead).map(
    (each): Found => ({ ...each, start: escapes.startOf(each.start), end: escapes.endOf(each.end) }),
  );
  const all: Found[] = [];
  const told = new Set(asRead);
  for (const each of [...asRead, ...found].sort((one, other) => one.start - other.start)) {
    const last = all.at(-1);
    if (last === undefined || each.start >= last.end) {
      all.push(each);
      continue;
    }
    const whole = { ...(told.has(each) ? each : last), start: last.start, end: Math.max(last.end, each.end) };
    all.splice(-1, 1, whole);
  }
  return all;
};

/** Makes leaves, redacted on their own so far. `lead` is what a text is about. */
export interface LeafMaker {
  text(text: string, lead?: string): Leaf;
  /** JSON: what is in it is found there. */
  structured(text: string): Leaf;
  /** A number is private as in `redactJson`. */
  number(digits: string, lead?: string): Leaf;
}

/** Short texts in which nothing is found are remembered, as names and tokens come again and again. */
const MAX_KNOWN = 1024;
const MAX_KNOWN_LENGTH = 64;

const leafOf = (text: string, own: readonly Found[]): Leaf => ({ text, own, cuts: [], waiting: 0 });

/** A maker of leaves for one stream. */
export const createLeafMaker = (redactor: Redactor): LeafMaker => {
  const clean = new Set<string>();

  const find = (text: string, lead: string): readonly Found[] => {
    const key = lead + text;
    if (clean.has(key)) return [];
    const found = findIn(redactor, text, lead);
    if (found.length === 0 && key.length <= MAX_KNOWN_LENGTH) {
      if (clean.size >= MAX_KNOWN) clean.clear();
      clean.add(key);
    }
    return found;
  };

  return {
    text: (text, lead = '') => leafOf(text, find(text, lead)),
    structured: (text) => leafOf(text, []),
    number(digits, lead = '') {
      const own = find(digits, lead).filter((each) => isPrivateNumber(digits, each));
      return leafOf(digits, own);
    },
  };
};

/** Whether anything goes out of a leaf. */
export const isTouched = ({ own, cuts }: Leaf): boolean => [...own, ...cuts].some(({ stays }) => !stays);

/** What is found in a text and stays, once for each place. */
export const reportedIn = ({ own, cuts }: Leaf): readonly Found[] => {
  const found: Found[] = [];
  let end = 0;
  const places = [...own.map((put) => ({ ...put, put })), ...cuts].filter(({ stays }) => stays);
  for (const place of places.toSorted((one, other) => one.start - other.start)) {
    if (place.start >= end && place.put !== undefined) found.push(place.put);
    end = Math.max(end, place.end);
  }
  return found;
};

/** A part of a text, and what is written in its place. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  /** @default nothing */
  readonly write?: (() => string) | undefined;
}

const writing = (put: Found | undefined, placeholderOf: (found: Found) => string): Edit['write'] =>
  put && (() => placeholderOf(put));

/** What goes out of a text. */
export const editsOfLeaf = ({ own, cuts }: Leaf, placeholderOf: (found: Found) => string): readonly Edit[] => [
  ...own
    .filter(({ stays }) => !stays)
    .map((found) => ({ start: found.start, end: found.end, write: writing(found, placeholderOf) })),
  ...cuts
    .filter(({ stays }) => !stays)
    .map(({ start, end, put }) => ({ start, end, write: writing(put, placeholderOf) })),
];

/** The text with its edits. Where they overlap, all that any of them covers goes out, and what the first writes stands there. */
export const editText = (text: string, edits: readonly Edit[]): string => {
  let out = '';
  let at = 0;
  let written = false;
  // Sorting is stable: what was found in the text alone stands before what a channel found at the same place.
  for (const { start, end, write } of edits.toSorted((one, other) => one.start - other.start)) {
    if (start >= at) {
      out += text.slice(at, start);
      written = false;
    }
    if (write !== undefined && !written) {
      out += write();
      written = true;
    }
    at = Math.max(at, end);
  }
  return out + text.slice(at);
};
