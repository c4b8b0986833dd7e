/** Brackets and tags that have begun, and what has to be known to go back to where they did. */

import { TEXT_HOLD } from './types.ts';

/** What is known at a place of a text besides the brackets that are open there. */
export interface Snapshot {
  /** States of all readings of the tags around. */
  readonly tags: number;
  /** The tag of a known name that is open, and its own reading. */
  readonly tag: OpenTag | undefined;
  readonly reading: number;
  /** Whether what closes here may be an image, though no open bracket says so. */
  readonly doubt: boolean;
  /** Last place with a sign that can hide a bracket from a renderer. */
  readonly dirty: number;
}

/** A tag that has begun. */
export interface OpenTag {
  readonly at: number;
  readonly name: string;
  readonly before: Snapshot;
  readonly openers: Opener | undefined;
  /** First place that going back to this one may need. */
  readonly low: number;
}

/** `[` or `![`. */
export interface Opener {
  readonly at: number;
  /** Where its words begin. */
  readonly words: number;
  readonly image: boolean;
  readonly before: Snapshot;
  readonly under: Opener | undefined;
  readonly low: number;
  /** Images among this one and those under it. */
  readonly images: number;
}

/** A bracket over others. */
export const openerOver = (
  under: Opener | undefined,
  at: number,
  words: number,
  image: boolean,
  before: Snapshot,
): Opener => ({
  at,
  words,
  image,
  before,
  under,
  low: Math.min(at, under?.low ?? at, before.tag?.low ?? at),
  images: (under?.images ?? 0) + (image ? 1 : 0),
});

/** Whether a place is near enough to be gone back to. */
export const isNear = (at: number, from: number): boolean => from - at <= TEXT_HOLD;

/** What is known of brackets and tags already looked through, so that none is looked through twice. */
type Seen = Map<object, object | undefined>;

const near = (top: Opener | undefined, from: number, seen: Seen): Opener | undefined => {
  if (top === undefined || isNear(top.low, from)) return top;
  if (seen.has(top)) return seen.get(top) as Opener | undefined;
  const chain: Opener[] = [];
  for (let each: Opener | undefined = top; each !== undefined && isNear(each.at, from); each = each.under)
    chain.push(each);
  let under: Opener | undefined;
  for (const { at, words, image, before } of chain.reverse()) {
    const tag = nearTagOf(before.tag, from, seen);
    under = openerOver(under, at, words, image, tag === before.tag ? before : { ...before, tag });
  }
  seen.set(top, under);
  return under;
};

const nearTagOf = (tag: OpenTag | undefined, from: number, seen: Seen): OpenTag | undefined => {
  if (tag === undefined || !isNear(tag.at, from)) return undefined;
  if (isNear(tag.low, from)) return tag;
  if (seen.has(tag)) return seen.get(tag) as OpenTag | undefined;
  const openers = near(tag.openers, from, seen);
  const doubt = tag.before.doubt || (tag.openers?.images ?? 0) > (openers?.images ?? 0);
  const kept = tagOver(openers, tag.at, tag.name, { ...tag.before, doubt });
  seen.set(tag, kept);
  return kept;
};

/** A tag after brackets. */
export const tagOver = (openers: Opener | undefined, at: number, name: string, before: Snapshot): OpenTag => ({
  at,
  name,
  before,
  openers,
  low: Math.min(at, openers?.low ?? at),
});

/** The open brackets less those that are too far back. */
export const nearOpeners = (top: Opener | undefined, from: number): Opener | undefined => near(top, from, new Map());

/** The open tag, unless it is too far back, less the brackets that are. */
export const nearTag = (tag: OpenTag | undefined, from: number): OpenTag | undefined => nearTagOf(tag, from, new Map());
