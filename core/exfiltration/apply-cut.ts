/** Taking something out of the text that is read, and going on from there. */

import { REMOVED } from './brackets.ts';
import { isBlank } from './destination.ts';
import { placeBefore, replaceAt } from './offsets.ts';
import { nearOpeners, nearTag } from './openers.ts';
import type { Cut, Swallow } from './reader.ts';
import type { StreamState } from './stream-state.ts';
import { readTag } from './tag-reading.ts';

/** Units that are kept of what is passed on, for looks back. */
export const LOOK_BACK = 128;

/** What keeps the parts of an address from joining. */
const APART = /^(?:["'\]]|\[(?:image|html|link|content) removed\]$)/;
/** An address under way. */
const IN_ADDRESS = /\][(:]\s{0,64}<?[^\s)]{0,120}$/;

/** Whether a unit ends what is swallowed. */
const endsSwallow = (swallow: Exclude<Swallow, { reading: number }>, unit: number): boolean => {
  if (swallow === 'double') return unit === 0x22;
  if (swallow === 'single') return unit === 0x27;
  if (swallow === 'angle') return unit === 0x3e || unit === 0x0a;
  if (swallow === 'url') return isBlank(unit) || unit === 0x3c || unit === 0x3e;
  return isBlank(unit) || unit === 0x3e || (swallow === 'blank' && unit === 0x29);
};

const pushedPlace = ({ toPushed, toVisible }: StreamState, place: number, asEnd: boolean): number =>
  placeBefore(toPushed, placeBefore(toVisible, place, asEnd), asEnd);

const replaceText = (state: StreamState, from: number, to: number, instead: string): void => {
  const { text, origin, toVisible } = state;
  replaceAt(toVisible, from + origin, to + origin, instead.length);
  state.text = text.slice(0, from) + instead + text.slice(to);
};

const insteadOf = ({ text, origin, covered }: StreamState, from: number, wanted: string): string => {
  if (APART.test(wanted)) return wanted;
  const isInAddress = from + origin < covered || IN_ADDRESS.test(text.slice(Math.max(0, from - LOOK_BACK), from));
  return isInAddress ? REMOVED : wanted;
};

/** Takes out what was found; reading goes on where it began, over what stands in its place. */
export const applyCut = (state: StreamState, cut: Cut): void => {
  const { kind, action, before, openers } = cut;
  const { origin, kept, cuts } = state;
  const reach = state.next + origin;
  const from = Math.max(cut.from, kept);
  const instead = insteadOf(state, from, cut.instead);
  const start = pushedPlace(state, from + origin, false);
  const end = pushedPlace(state, cut.to + origin, true);
  cuts.push({ kind, action, start, end });
  replaceText(state, from, cut.to, instead);
  state.swallow = cut.swallow;
  state.swallowAt = from + instead.length + origin;
  state.swallowed = cuts.length - 1;
  state.next = from;
  state.covered = Math.min(state.covered, from + origin);
  state.openers = nearOpeners(openers, reach);
  state.tags = before.tags;
  state.tag = nearTag(before.tag, reach);
  state.reading = state.tag === undefined ? 0 : before.reading;
  state.dirty = before.dirty;
  state.doubt = before.doubt || (openers?.images ?? 0) > (state.openers?.images ?? 0);
  if (action === 'block') state.ended = true;
};

/** Passes over the rest of something long. Its finding grows. */
export const passOver = (state: StreamState): void => {
  const { text, origin, cuts, swallowed } = state;
  const from = state.swallowAt - origin;
  let swallow = state.swallow;
  let at = from;
  while (at < text.length && swallow !== undefined) {
    const unit = text.charCodeAt(at);
    if (typeof swallow === 'string') {
      if (endsSwallow(swallow, unit)) swallow = undefined;
      else at += 1;
    } else {
      const reading = readTag(swallow.reading, unit);
      swallow = reading === 0 ? undefined : { reading };
      at += 1;
    }
  }
  state.swallow = swallow;
  const finding = cuts[swallowed];
  if (at === from || finding === undefined) return;
  const end = pushedPlace(state, at + origin, true);
  replaceText(state, from, at, '');
  cuts[swallowed] = { ...finding, end: Math.max(finding.end, end) };
};
