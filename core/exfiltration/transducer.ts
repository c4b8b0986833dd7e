/**
 * The left-to-right transducer that is the definition of the filter. It reads what it gives: where something is taken
 * out, reading goes on from there over what stands in its place, so that nothing new can come about, and filtering twice
 * changes nothing.
 */

import { applyCut, LOOK_BACK, passOver } from './apply-cut.ts';
import { tailStart } from './bare-url.ts';
import { UNSETTLED } from './destination.ts';
import { visibleOf } from './invisible.ts';
import { forgetBefore, placeBefore, replaceAt } from './offsets.ts';
import { nearOpeners, nearTag } from './openers.ts';
import { readUnit, TRIGGERS } from './read-unit.ts';
import type { Reader } from './reader.ts';
import { createState, type StreamState } from './stream-state.ts';
import { type ExfiltrationFinding, type ExfiltrationStream, TEXT_HOLD } from './types.ts';
import type { ExfiltrationPolicy, Verdict } from './verdict.ts';

/** Units that are read at once. A cut copies as many, so that they are fewer where there are cuts. */
const WINDOW = 8192;
const WINDOW_OF_CUTS = 512;
/** Units before the place of reading above which a cut passes on what it can. */
const MAX_BEHIND = 256;

/** Index of the first unit that going back may still need; all before it can be passed on. */
const holdFrom = (reader: Reader): number => {
  const { text, next, origin, needed } = reader;
  const here = next + origin;
  const far = here - 2 * TEXT_HOLD;
  if (reader.openers !== undefined && reader.openers.low < far) {
    const near = nearOpeners(reader.openers, here);
    reader.doubt ||= reader.openers.images > (near?.images ?? 0);
    reader.openers = near;
  }
  if (reader.tag !== undefined && reader.tag.low < far) reader.tag = nearTag(reader.tag, here);
  if (reader.tag === undefined) reader.reading = 0;
  const low = Math.max(Math.min(reader.openers?.low ?? here, reader.tag?.low ?? here), here - TEXT_HOLD);
  const waiting = next < text.length ? Math.min(next, needed) : tailStart(text, reader.covered - origin);
  return Math.min(low - origin, waiting);
};

const passOn = (state: StreamState, isRead: boolean): string => {
  const { text, kept } = state;
  const hold = state.ended ? state.next : isRead ? text.length : Math.max(kept, holdFrom(state));
  const out = kept === 0 && hold === text.length ? text : text.slice(kept, hold);
  const cut = hold - LOOK_BACK;
  state.kept = hold;
  if (cut <= 0) return out;
  state.text = text.slice(cut);
  state.origin += cut;
  state.next -= cut;
  state.kept = LOOK_BACK;
  const place = hold + state.origin - cut;
  forgetBefore(state.toPushed, placeBefore(state.toVisible, place, false));
  forgetBefore(state.toVisible, place);
  return out;
};

/** Reads on as far as can be told. */
const read = (state: StreamState): void => {
  while (!state.ended) {
    if (state.swallow !== undefined) {
      passOver(state);
      if (state.swallow !== undefined && !state.final) return;
      state.swallow = undefined;
    }
    const { text } = state;
    if ((state.tags | state.reading) === 0) {
      let at = state.next;
      while (at < text.length && TRIGGERS[text.charCodeAt(at)] === 0) at += 1;
      state.next = at;
    }
    if (state.next >= text.length) return;
    const step = readUnit(state);
    if (step === UNSETTLED) return;
    if (step === undefined) continue;
    applyCut(state, step);
    // What a cut copies is kept short.
    if (state.next > MAX_BEHIND && !state.ended) state.out += passOn(state, false);
  }
};

/** Notes what the first stage took out. */
const noteHidden = (state: StreamState, verdict: Verdict): void => {
  const spans = state.stage.removed;
  const { hidden } = state;
  for (let index = 0; index < spans.length; index += 2) {
    const start = spans[index] as number;
    const end = spans[index + 1] as number;
    if (verdict.action === 'block') state.stopAt = Math.min(state.stopAt, start - state.removed);
    replaceAt(state.toPushed, start - state.removed, end - state.removed, 0);
    state.removed += end - start;
    const last = hidden.at(-1);
    if (last?.end === start) hidden[hidden.length - 1] = { ...last, end };
    else hidden.push({ kind: verdict.kind, action: verdict.action, start, end });
  }
};

/** What is visible of a piece, no further than to where the reply ends. */
const visibleIn = (state: StreamState, piece: string, final: boolean): string => {
  const seen = visibleOf(state.stage, piece, final);
  if (state.invisible !== undefined && state.stage.removed.length > 0) noteHidden(state, state.invisible);
  const stops = state.stopAt < state.visible + seen.length;
  const shown = stops ? seen.slice(0, state.stopAt - state.visible) : seen;
  state.visible += seen.length;
  state.final = final || stops || state.stopAt === state.visible;
  return shown;
};

const feed = (state: StreamState, piece: string, final: boolean): string => {
  state.text += visibleIn(state, piece, final);
  state.out = '';
  read(state);
  const out = state.out + passOn(state, state.final);
  state.ended ||= final || state.stopAt <= state.visible;
  return out;
};

const pushTo = (state: StreamState, chunk: string): string => {
  let out = '';
  let size = WINDOW_OF_CUTS;
  for (let at = 0; at < chunk.length && !state.ended; ) {
    const before = state.cuts.length;
    out += feed(state, chunk.slice(at, at + size), false);
    at += size;
    size = state.cuts.length > before ? WINDOW_OF_CUTS : Math.min(WINDOW, size * 2);
  }
  return out;
};

const endOf = (state: StreamState, chunk: string): string => {
  const out = pushTo(state, chunk);
  return state.ended ? out : out + feed(state, '', true);
};

/** What is visible, and nothing else done. */
const pushVisible = (state: StreamState, chunk: string, final: boolean): string => {
  if (state.ended) return '';
  const out = visibleIn(state, chunk, final);
  state.ended = state.final;
  if (!final) forgetBefore(state.toPushed, state.visible);
  return out;
};

const inOrder = ({ cuts, hidden }: StreamState): readonly ExfiltrationFinding[] =>
  hidden.length === 0 ? cuts : [...cuts, ...hidden].sort((a, b) => a.start - b.start || a.end - b.end);

const freshOf = (state: StreamState): readonly ExfiltrationFinding[] => {
  const { cuts, hidden, toldCuts, toldHidden } = state;
  if (cuts.length === toldCuts && hidden.length === toldHidden) return [];
  state.toldCuts = cuts.length;
  state.toldHidden = hidden.length;
  return [...cuts.slice(toldCuts), ...hidden.slice(toldHidden)];
};

const streamOver = (
  state: StreamState,
  push: (state: StreamState, chunk: string) => string,
  end: (state: StreamState, chunk: string) => string,
): ExfiltrationStream => ({
  push: (chunk) => push(state, chunk),
  end: (chunk = '') => end(state, chunk),
  fresh: () => freshOf(state),
  get findings() {
    return inOrder(state);
  },
});

/** A stream under a policy. */
export const createExfiltrationStream = (policy: ExfiltrationPolicy): ExfiltrationStream =>
  streamOver(createState(policy), pushTo, endOf);

const pushPiece = (state: StreamState, chunk: string): string => pushVisible(state, chunk, false);
const endPieces = (state: StreamState, chunk: string): string => pushVisible(state, chunk, true);

/** A stream that takes out what is invisible, and nothing else. */
export const createVisibleStream = (policy: ExfiltrationPolicy): ExfiltrationStream =>
  streamOver(createState(policy), pushPiece, endPieces);
