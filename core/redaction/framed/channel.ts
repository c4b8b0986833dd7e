/** One text that goes on from frame to frame. */

import type { Redactor } from '../redactor.ts';
import { createEscapeReader, type EscapeReader } from './escapes.ts';
import { createFinder, type Finder, type Found, findIn, type Leaf } from './leaf.ts';

/** The leaves of one text, read as one. */
export interface Channel {
  feed(leaf: Leaf): void;
  /** Decides about all leaves with the text that there is. A value that goes on after all still goes out from there. */
  letGo(): void;
  /** Decides about everything with the text that there is, and begins anew. */
  close(): void;
  /** Whether a leaf waits for more text. */
  readonly pending: boolean;
}

/** A leaf's place in its channel. */
interface Segment {
  readonly leaf: Leaf;
  readonly from: number;
  readonly to: number;
}

/** A finding's place in a channel, in units of its text as it came. */
interface Span {
  readonly found: Found;
  end: number;
  /** Its placeholder stands in a frame. */
  placed: boolean;
}

/**
 * Whether a value of the channel and one of a leaf alone are the same, seen whole and in part: `ada@example.co` in a
 * frame before `m`. Where the channel's covers more than one, it is two values that only touch, and the leaves' count.
 */
const isPartOf = ({ found, end }: Span, { from }: Segment, own: Found): boolean =>
  from + own.start >= found.start && from + own.end <= end;

/** An empty channel. */
export const createChannel = (redactor: Redactor): Channel => {
  /** Reads what `escapes` makes of the text: its offsets are in that. */
  let finder: Finder = createFinder(redactor);
  let escapes: EscapeReader = createEscapeReader();
  let segments: Segment[] = [];
  let spans: Span[] = [];
  /** The last span, while it goes on with what comes. */
  let open: Span | undefined;
  /** Findings taken so far. */
  let taken = 0;
  let total = 0;

  /** Takes what is found in a leaf alone back, where it is part of a value that goes over the end of the leaf. */
  const claim = (span: Span): void => {
    if (segments.some(({ from, to }) => from <= span.found.start && span.end <= to)) return;
    const overlapped = segments.flatMap((segment) =>
      segment.leaf.own
        .filter(({ start, end }) => segment.from + start < span.end && segment.from + end > span.found.start)
        .map((own) => ({ segment, own })),
    );
    const [only] = overlapped;
    if (only === undefined || overlapped.length > 1 || !isPartOf(span, only.segment, only.own)) return;
    only.segment.leaf.own = only.segment.leaf.own.filter((own) => own !== only.own);
  };

  const cut = (span: Span, { leaf, from, to }: Segment): void => {
    const start = Math.max(span.found.start, from) - from;
    const end = Math.min(span.end, to) - from;
    leaf.cuts.push({ start, end, put: span.placed ? undefined : span.found, stays: span.found.stays });
    span.placed = true;
  };

  /** Says of the leaves up to `limit` what goes out of them. */
  const settle = (limit: number): void => {
    let settled = 0;
    for (const segment of segments) {
      if (segment.to > limit) break;
      settled += 1;
      for (const span of spans) {
        if (span.found.start >= segment.to) break;
        if (span.end > segment.from) cut(span, segment);
      }
      spans = spans.filter((span) => span === open || span.end > segment.to);
      segment.leaf.waiting -= 1;
    }
    if (settled > 0) segments = segments.slice(settled);
  };

  const read = (): void => {
    let last = open;
    if (last !== undefined) last.end = escapes.endOf(finder.endOf(taken - 1));
    for (const found of finder.take()) {
      const [start, end] = [escapes.startOf(found.start), escapes.endOf(found.end)];
      const span: Span = {
        found: { ...found, start, end },
        end: escapes.endOf(finder.endOf(taken)),
        placed: false,
      };
      taken += 1;
      claim(span);
      spans.push(span);
      last = span;
    }
    open = finder.open ? last : undefined;
    settle(escapes.startOf(finder.decided));
    escapes.forget(finder.decided);
  };

  /** What is found in the text that waits if it is all that there is. */
  const readAsLast = (): void => {
    const base = segments[0]?.from ?? total;
    for (const found of findIn(redactor, segments.map(({ leaf }) => leaf.text).join(''))) {
      const shifted = { ...found, start: base + found.start, end: base + found.end };
      const span: Span = { found: shifted, end: shifted.end, placed: false };
      claim(span);
      spans.push(span);
    }
    spans.sort((one, other) => one.found.start - other.found.start);
  };

  return {
    feed(leaf) {
      leaf.waiting += 1;
      segments.push({ leaf, from: total, to: total + leaf.text.length });
      total += leaf.text.length;
      finder.push(escapes.push(leaf.text));
      read();
    },
    letGo() {
      if (segments.length === 0) return;
      readAsLast();
      settle(total);
    },
    close() {
      finder.end(escapes.end());
      read();
      finder = createFinder(redactor);
      escapes = createEscapeReader();
      spans = [];
      open = undefined;
      taken = 0;
      total = 0;
    },
    get pending() {
      return segments.length > 0;
    },
  };
};
