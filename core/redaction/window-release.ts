/** Judged windows, one after the other, as text that may be passed on: what was found is replaced, nothing is taken back. */

import { merged } from './spans.ts';
import type { Finding } from './types.ts';
import type { TextWindow } from './windows.ts';

/** What a window comes to. */
export interface Released {
  readonly text: string;
  /** What was found in it and is no longer open, with offsets in the whole text. */
  readonly findings: readonly Finding[];
}

/** Takes windows in order. */
export type ReleaseWindow = (window: TextWindow, findings: readonly Finding[]) => Released;

const shifted = (finding: Finding, by: number): Finding => ({
  ...finding,
  start: finding.start + by,
  end: finding.end + by,
});

/**
 * Releases the windows of one text. Findings are given with offsets in the text of their window. One that goes beyond what
 * a window releases is replaced as a whole; one that begins there waits for the next window.
 *
 * @param write What stands in place of a value.
 */
export const createWindowRelease = (write: (entity: string, value: string) => string): ReleaseWindow => {
  /** Up to where text was released. */
  let at = 0;
  let later: readonly Finding[] = [];

  return ({ text, start, release }, found) => {
    const open = [...later, ...found.map((finding) => shifted(finding, start))]
      .filter(({ end }) => end > at)
      // What was released is never taken back.
      .map((finding) => (finding.start < at ? { ...finding, start: at } : finding));
    const all = merged(open);
    const now = all.filter((finding) => finding.start < release);
    later = all.filter((finding) => finding.start >= release);
    let out = '';
    for (const { entity, start: from, end: to } of now) {
      out += text.slice(at - start, from - start) + write(entity, text.slice(from - start, to - start));
      at = to;
    }
    if (at < release) {
      out += text.slice(at - start, release - start);
      at = release;
    }
    return { text: out, findings: now };
  };
};
