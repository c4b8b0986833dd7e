/** What the parts of the filter share: the text that is being read, and what is known at the place of reading. */

import type { UNSETTLED } from './destination.ts';
import type { LabelSet } from './labels.ts';
import { type Opener, type OpenTag, openerOver, type Snapshot } from './openers.ts';
import type { JudgedTargets } from './target.ts';
import type { ExfiltrationPolicy, Verdict } from './verdict.ts';

/** A place of reading. Indices are into `text`; places are indices plus `origin`, and stay when `text` is cut. */
export interface Reader {
  readonly policy: ExfiltrationPolicy;
  readonly targets: JudgedTargets;
  /** Labels that images name; of the placeholders, too, which must not become images. */
  readonly imageLabels: LabelSet;
  /** Labels of definitions that stayed though they lead elsewhere. */
  readonly openLabels: LabelSet;
  text: string;
  origin: number;
  next: number;
  final: boolean;
  /** First index that is needed when more text is waited for. */
  needed: number;
  /** Addresses before this place are judged. */
  covered: number;
  openers: Opener | undefined;
  tags: number;
  tag: OpenTag | undefined;
  reading: number;
  doubt: boolean;
  dirty: number;
}

/** Where the rest of something without an end is passed over: up to a blank or bracket, `>`, a quote, a tag's end. */
export type Swallow = 'blank' | 'angle' | 'double' | 'single' | 'value' | 'url' | { reading: number };

/** What is taken out of a text, what stands there instead, and what is known there. */
export interface Cut extends Verdict {
  readonly from: number;
  readonly to: number;
  readonly instead: string;
  readonly before: Snapshot;
  readonly openers: Opener | undefined;
  readonly swallow?: Swallow | undefined;
}

/** What reading one sign comes to: nothing, a cut, or more text is needed. */
export type Step = Cut | undefined | typeof UNSETTLED;

/** What is known at the place of reading. */
export const snapshotOf = ({ tags, tag, reading, doubt, dirty }: Reader): Snapshot => ({
  tags,
  tag,
  reading,
  doubt,
  dirty,
});

/** `[`, after `!` that of an image. */
export const openBracket = (reader: Reader): void => {
  const { next, origin, text } = reader;
  const image = text.charCodeAt(next - 1) === 0x21;
  // Within a tag the sign before may have changed what is known: the bracket alone can be gone back to.
  const at = next + origin - (image && reader.tags === 0 && reader.reading === 0 ? 1 : 0);
  reader.openers = openerOver(reader.openers, at, next + origin + 1, image, snapshotOf(reader));
};
