/** A text within a frame, with what is to be taken out of it. */

import { isPrivateNumber } from '../redact-json.ts';
import type { Redactor } from '../redactor.ts';
import type { Finding } from '../types.ts';
import { createEscapeReader, mayEscape } from './escapes.ts';

/** A finding, with the value that its placeholder stands for. */
export interface Found extends Finding {
  readonly value: string;
}

/** What goes out of a leaf, offsets within its text. */
export interface Cut {
  readonly start: number;
  readonly end: number;
  /** What the placeholder at `start` stands for. @default no placeholder: the value began in a frame before */
  readonly put?: Found | undefined;
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
  /** What was found and stays. */
  readonly reported: readonly Finding[];
  /** Where the finding ends that was taken as number `index`, as far as is known. */
  endOf(index: number): number;
  readonly decided: number;
  /** Whether the last finding goes on with what comes. */
  readonly open: boolean;
}

/** A finder that writes nothing: whether a finding counts is known later. What is only reported is not among its findings. */
export const createFinder = (redactor: Redactor, lead = ''): Finder => {
  const fresh: { readonly index: number; readonly value: string }[] = [];
  const stream = redactor.stream((_, value) => {
    fresh.push({ index: stream.findings.length - 1, value });
    return '';
  }, lead);
  /** Which findings of the stream were taken. */
  const taken: number[] = [];
  return {
    push(piece) {
      stream.push(piece);
    },
    end(piece) {
      stream.end(piece);
    },
    take() {
      if (fresh.length === 0) return [];
      const found = fresh.flatMap(({ index, value }): Found[] => {
        const finding = stream.findings[index];
        taken.push(index);
        return finding === undefined ? [] : [{ ...finding, value }];
      });
      fresh.length = 0;
      return found;
    },
    endOf(number) {
      const index = taken[number] ?? 0;
      const last = index === stream.findings.length - 1;
      return last && stream.swallowing ? stream.decided : (stream.findings[index]?.end ?? 0);
    },
    get reported() {
      return stream.findings.filter(({ entity }) => redactor.reports(entity));
    },
    get decided() {
      return stream.decided;
    },
    get open() {
      return stream.swallowing;
    },
  };
};

/** Where a text stands. */
export interface TextSetting {
  /** What the text is about. @default nothing */
  readonly lead?: string;
  /** Takes what is found and stays. */
  readonly report?: (finding: Finding) => void;
}

const findAsItIs = (redactor: Redactor, text: string, { lead = '', report }: TextSetting): readonly Found[] => {
  const finder = createFinder(redactor, lead);
  finder.end(text);
  if (report !== undefined) for (const finding of finder.reported) report(finding);
  return finder.take();
};

/** What is found in a text, as it is and with its escapes read. Where both find something, it is one finding. */
export const findIn = (redactor: Redactor, text: string, setting: TextSetting = {}): readonly Found[] => {
  const found = findAsItIs(redactor, text, setting);
  if (!mayEscape(text)) return found;
  const escapes = createEscapeReader();
  const read = escapes.push(text) + escapes.end();
  if (read === text) return found;
  const asRead = findAsItIs(redactor, read, setting.lead === undefined ? {} : { lead: setting.lead }).map(
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

/** A maker of leaves for one stream. `report` takes what is found and stays. */
export const createLeafMaker = (redactor: Redactor, report: (finding: Finding) => void): LeafMaker => {
  const clean = new Set<string>();

  const find = (text: string, lead: string): readonly Found[] => {
    const key = lead + text;
    if (clean.has(key)) return [];
    let isReported = false;
    const found = findIn(redactor, text, {
      lead,
      report: (finding) => {
        isReported = true;
        report(finding);
      },
    });
    if (found.length === 0 && !isReported && key.length <= MAX_KNOWN_LENGTH) {
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
export const isTouched = ({ own, cuts }: Leaf): boolean => own.length > 0 || cuts.length > 0;

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
  ...own.map((found) => ({ start: found.start, end: found.end, write: writing(found, placeholderOf) })),
  ...cuts.map(({ start, end, put }) => ({ start, end, write: writing(put, placeholderOf) })),
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
