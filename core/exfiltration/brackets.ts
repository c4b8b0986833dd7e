/** Links, images and definitions of markdown, told at their `]`. */

import { type Destination, destinationAt, isBlank, UNSETTLED } from './destination.ts';
import { isNear, type Opener } from './openers.ts';
import { type Cut, type Reader, type Step, snapshotOf } from './reader.ts';
import { type Target, targetOf } from './target.ts';
import { type Verdict, verdictOf, verdictOn } from './verdict.ts';

export const IMAGE_REMOVED = '[image removed]';
export const LINK_REMOVED = '[link removed]';
/** What stands for all that is stripped: something must, or what is on either side of it becomes one. */
export const REMOVED = '[content removed]';
/** All placeholders have a blank in them: no address goes on behind one. */
export const PLACEHOLDER: RegExp = /^\[(?:image|html|link|content) removed\]/;
const BEGUN_PLACEHOLDER =
  /^\[(?:i?m?a?g?e?|h?t?m?l?|l?i?n?k?|c?o?n?t?e?n?t?|(?:image|html|link|content) (?:r?e?m?o?v?e?d?))$/;

/** Whether a placeholder stands at `at`; undefined when that cannot be told yet. */
export const isPlaceholderAt = (text: string, at: number, final: boolean): boolean | undefined => {
  const ahead = text.slice(at, at + REMOVED.length);
  if (PLACEHOLDER.test(ahead)) return true;
  return !final && at + ahead.length === text.length && BEGUN_PLACEHOLDER.test(ahead) ? undefined : false;
};

const OPEN = 0x28;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const COLON = 0x3a;
/** Longest label: CommonMark 0.31, 4.7. */
const MAX_LABEL = 999;

const ELSEWHERE: Target = { place: 'elsewhere', data: true };
const COMPLETE_HOST = /^[^\\/?#]{0,16}[\\/]{2,8}[^\\/?#]{1,255}[\\/?#]/; // https://example.com/

/** Something else begins within an address, and may be taken out of it later: https://<a href= */
const HOLDS_OTHER = /<[a-z!/?]/i;

/** Whether what is taken out of an address later, or read on behind it, can change where it leads. */
const canChange = ({ raw, cut, angle }: Destination): boolean =>
  cut || (angle ? raw.includes('=') : false) || HOLDS_OTHER.test(raw);

/**
 * Where a destination leads; one that can change, or is too long, leads wherever its rest says. No image's may change, a
 * link's when its host is complete, or none.
 */
const judged = (destination: Destination, reader: Reader, isImage: boolean): Target => {
  const { raw, overflow } = destination;
  const target = targetOf(reader.targets, raw);
  if (overflow !== undefined && (raw === '' || target.place !== 'listed')) return ELSEWHERE;
  const isFixed = !isImage && (target.place === 'own' || (target.place === 'listed' && COMPLETE_HOST.test(raw)));
  if (!isFixed && canChange(destination) && !(overflow !== undefined && COMPLETE_HOST.test(raw))) return ELSEWHERE;
  return overflow === undefined ? target : { ...target, data: true };
};

/** The bracket that closes here, unless it is too far back; its images then stay in doubt. */
const closing = (reader: Reader): Opener | undefined => {
  const { openers, next, origin } = reader;
  if (openers === undefined || isNear(openers.at, next + origin)) return openers;
  if (openers.images > 0) reader.doubt = true;
  reader.openers = undefined;
  return undefined;
};

const close = (reader: Reader, opener: Opener | undefined): void => {
  if (opener === undefined) return;
  if (opener.image && reader.dirty > opener.at) reader.doubt = true;
  reader.openers = opener.under;
};

/** A cut from a bracket to `to`; where the bracket is unknown, only what is behind `]`. */
const cutFrom = (reader: Reader, opener: Opener | undefined, to: number, verdict: Verdict, defanged: string): Cut => {
  const instead = verdict.action === 'defang' ? defanged : REMOVED;
  if (opener === undefined) {
    const { next: from, openers } = reader;
    // Behind `]` alone an address before it could go on.
    const placeholder = verdict.action === 'defang' ? IMAGE_REMOVED : REMOVED;
    return { ...verdict, from, to, instead: `]${placeholder}`, before: snapshotOf(reader), openers };
  }
  const { at, before, under } = opener;
  return { ...verdict, from: at - reader.origin, to, instead, before, openers: under };
};

const readInline = (reader: Reader): Step => {
  const { text, next, origin, final, policy } = reader;
  const destination = destinationAt(text, next + 2, final, true);
  if (destination === UNSETTLED) return UNSETTLED;
  const opener = closing(reader);
  const image = opener === undefined || opener.images > 0 || reader.doubt;
  const verdict = verdictOf(policy, image ? 'image' : 'link', judged(destination, reader, image));
  if (verdict === undefined) {
    reader.covered = Math.max(reader.covered, destination.end + origin);
    close(reader, opener);
    return undefined;
  }
  const words = opener === undefined ? '' : text.slice(opener.words - origin, next);
  // The brackets stay: without them words and what is around them could become one private value.
  const cut = cutFrom(reader, opener, destination.close, verdict, image ? IMAGE_REMOVED : `[${words}]`);
  return { ...cut, swallow: destination.overflow };
};

/** The index of a label's end when one begins at `from`; -1 when none does. */
const labelEnd = (text: string, from: number, final: boolean): number | typeof UNSETTLED => {
  const limit = Math.min(text.length, from + MAX_LABEL + 1);
  for (let at = from; at < limit; at++) {
    const unit = text.charCodeAt(at);
    if (unit === CLOSE_BRACKET) return at;
    if (unit === OPEN_BRACKET) return -1;
  }
  return final || limit < text.length ? -1 : UNSETTLED;
};

/** An image by its label: `![words][label]`, `![label][]`, `![label]`. */
const readReference = (reader: Reader, label: number | undefined): Step => {
  const { text, next, origin, final } = reader;
  const opener = closing(reader);
  if (opener !== undefined && opener.images === 0 && !reader.doubt) {
    close(reader, opener);
    return undefined;
  }
  const end = label === undefined ? -1 : labelEnd(text, label, final);
  if (end === UNSETTLED) return UNSETTLED;
  const words = opener === undefined ? '' : text.slice(opener.words - origin, next);
  const named = label === undefined || end < 0 ? words : text.slice(label, end);
  const names = named.trim() === '' ? [words] : [named, words];
  const verdict = verdictOn(reader.policy, 'image');
  if (verdict !== undefined && names.some((name) => reader.openLabels.has(name))) {
    const cut = cutFrom(reader, opener, end < 0 ? next + 1 : end + 1, verdict, IMAGE_REMOVED);
    // What stands there already would be taken out for ever.
    if (text.slice(cut.from, cut.to) !== cut.instead) return cut;
  }
  for (const name of names) reader.imageLabels.add(name);
  close(reader, opener);
  return undefined;
};

/** `[label]: address`. */
const readDefinition = (reader: Reader): Step => {
  const { text, next, origin, final, policy } = reader;
  const destination = destinationAt(text, next + 2, final, false);
  if (destination === UNSETTLED) return UNSETTLED;
  const opener = closing(reader);
  // A label whose beginning is not known may be any image's.
  const label = opener === undefined ? undefined : text.slice(opener.words - origin, next);
  const image = label === undefined || opener?.image === true || reader.imageLabels.has(label);
  const target = judged(destination, reader, image);
  const verdict = verdictOf(policy, image ? 'image' : 'link', target);
  if (verdict !== undefined)
    return { ...cutFrom(reader, opener, destination.close, verdict, LINK_REMOVED), swallow: destination.overflow };
  if (label !== undefined && (target.place === 'elsewhere' || target.place === 'scheme')) reader.openLabels.add(label);
  if (target.place !== 'own') reader.covered = Math.max(reader.covered, destination.end + origin);
  close(reader, opener);
  return undefined;
};

/** What a `]` closes. */
export const closeBracket = (reader: Reader): Step => {
  const { text, next, final } = reader;
  if (next + 1 >= text.length && !final) return UNSETTLED;
  const unit = text.charCodeAt(next + 1);
  if (unit === OPEN) return readInline(reader);
  if (unit === COLON) return readDefinition(reader);
  if (unit === OPEN_BRACKET) return readReference(reader, next + 2);
  if (!isBlank(unit)) return readReference(reader, undefined);
  if (next + 2 >= text.length && !final) return UNSETTLED;
  return readReference(reader, text.charCodeAt(next + 2) === OPEN_BRACKET ? next + 3 : undefined);
};
