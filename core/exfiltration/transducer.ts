/**
 * The left-to-right transducer that is the definition of the filter. It reads what it gives: where something is taken
 * out, reading goes on from there over what stands in its place, so that nothing new can come about, and filtering twice
 * changes nothing.
 */

import { tailStart } from './bare-url.ts';
import { isBlank, UNSETTLED } from './destination.ts';
import { createInvisibleStage } from './invisible.ts';
import { createOffsets } from './offsets.ts';
import { nearOpeners, nearTag } from './openers.ts';
import { createReader, readUnit, TRIGGERS } from './read-unit.ts';
import type { Cut, Reader, Swallow } from './reader.ts';
import { readTag } from './tag-reading.ts';
import { type ExfiltrationFinding, type ExfiltrationStream, TEXT_HOLD } from './types.ts';
import { type ExfiltrationPolicy, verdictOn } from './verdict.ts';

/** Units that are read at once. A cut copies as many, so that they are fewer where there are cuts. */
const WINDOW = 8192;
const WINDOW_OF_CUTS = 512;
/** Units that are kept of what is passed on, for looks back. */
const LOOK_BACK = 128;

/** Whether a unit ends what is swallowed. */
const endsSwallow = (swallow: Exclude<Swallow, { reading: number }>, unit: number): boolean => {
  if (swallow === 'double') return unit === 0x22;
  if (swallow === 'single') return unit === 0x27;
  if (swallow === 'angle') return unit === 0x3e || unit === 0x0a;
  if (swallow === 'url') return isBlank(unit) || unit === 0x3c || unit === 0x3e;
  return isBlank(unit) || unit === 0x3e || (swallow === 'blank' && unit === 0x29);
};

/** An address under way: what is taken out of it must leave something that keeps its parts from joining. */
const IN_ADDRESS = /\][(:]\s{0,64}<?[^\s)]{0,120}$/;
const REMOVED = '[removed]';

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

/** A stream under a policy. */
export const createExfiltrationStream = (policy: ExfiltrationPolicy): ExfiltrationStream => {
  const reader = createReader(policy);
  const cuts: ExfiltrationFinding[] = [];
  const hidden: ExfiltrationFinding[] = [];
  /** From what is read to what is visible of what was pushed, and on to what was pushed. */
  const toVisible = createOffsets();
  const toPushed = createOffsets();
  const invisible = verdictOn(policy, 'invisible');
  /** Units taken out by the first stage, and units that it passed on. */
  let removed = 0;
  let visible = 0;
  /** Place at which something invisible ends the reply. */
  let stopAt = Number.POSITIVE_INFINITY;
  /** First unit not passed on. */
  let kept = 0;
  /** What is being passed over, from which place, and the index of its finding. */
  let swallow: Swallow | undefined;
  let swallowAt = 0;
  let swallowed = 0;
  let ended = false;

  const stage = createInvisibleStage(invisible !== undefined, (start, end) => {
    if (invisible === undefined || ended) return;
    if (invisible.action === 'block') stopAt = Math.min(stopAt, start - removed);
    toPushed.replace(start - removed, end - removed, 0);
    removed += end - start;
    const last = hidden.at(-1);
    if (last?.end === start) hidden[hidden.length - 1] = { ...last, end };
    else hidden.push({ ...invisible, start, end });
  });

  const take = (from: number, to: number, instead: string): { start: number; end: number } => {
    const [low, high] = [from + reader.origin, to + reader.origin];
    const start = toPushed.before(toVisible.before(low));
    const end = toPushed.before(toVisible.before(high, true), true);
    toVisible.replace(low, high, instead.length);
    reader.text = reader.text.slice(0, from) + instead + reader.text.slice(to);
    return { start, end };
  };

  const apply = ({ kind, action, from: wanted, to, instead: text, before, openers, swallow: rest }: Cut): void => {
    const reach = reader.next + reader.origin;
    const from = Math.max(wanted, kept);
    const joins = !/^[["'\]]/.test(text) && IN_ADDRESS.test(reader.text.slice(Math.max(0, from - LOOK_BACK), from));
    const instead = joins ? REMOVED : text;
    cuts.push({ kind, action, ...take(from, to, instead) });
    swallow = rest;
    swallowAt = from + instead.length + reader.origin;
    swallowed = cuts.length - 1;
    reader.next = from;
    reader.covered = Math.min(reader.covered, from + reader.origin);
    reader.openers = nearOpeners(openers, reach);
    reader.tags = before.tags;
    reader.tag = nearTag(before.tag, reach);
    reader.reading = reader.tag === undefined ? 0 : before.reading;
    reader.dirty = before.dirty;
    reader.doubt = before.doubt || (openers?.images ?? 0) > (reader.openers?.images ?? 0);
    ended ||= action === 'block';
  };

  /** Passes over the rest of something long. Its finding grows. */
  const passOver = (): void => {
    const from = swallowAt - reader.origin;
    const { text } = reader;
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
    const finding = cuts[swallowed];
    if (at === from || finding === undefined) return;
    const { end } = take(from, at, '');
    cuts[swallowed] = { ...finding, end: Math.max(finding.end, end) };
  };

  /** Reads on as far as can be told. */
  const read = (): void => {
    while (!ended) {
      if (swallow !== undefined) passOver();
      if (swallow !== undefined && !reader.final) return;
      swallow = undefined;
      const { text } = reader;
      if ((reader.tags | reader.reading) === 0)
        while (reader.next < text.length && TRIGGERS[text.charCodeAt(reader.next)] === 0) reader.next += 1;
      if (reader.next >= text.length) return;
      const step = readUnit(reader);
      if (step === UNSETTLED) return;
      if (step !== undefined) apply(step);
    }
  };

  const passOn = (): string => {
    const { text } = reader;
    const hold = ended ? reader.next : reader.final ? text.length : Math.max(kept, holdFrom(reader));
    const out = kept === 0 && hold === text.length ? text : text.slice(kept, hold);
    kept = hold;
    const cut = kept - LOOK_BACK;
    if (cut <= 0) return out;
    reader.text = text.slice(cut);
    reader.origin += cut;
    reader.next -= cut;
    kept -= cut;
    const place = kept + reader.origin;
    toPushed.forget(toVisible.before(place));
    toVisible.forget(place);
    return out;
  };

  const feed = (piece: string, final: boolean): string => {
    const seen = stage.push(piece, final);
    const stops = stopAt < visible + seen.length;
    reader.text += stops ? seen.slice(0, stopAt - visible) : seen;
    visible += seen.length;
    reader.final = final || stops || stopAt === visible;
    read();
    const out = passOn();
    ended ||= final || stopAt <= visible;
    return out;
  };

  const push = (chunk: string): string => {
    let out = '';
    let size = WINDOW_OF_CUTS;
    for (let at = 0; at < chunk.length && !ended; ) {
      const before = cuts.length;
      out += feed(chunk.slice(at, at + size), false);
      at += size;
      size = cuts.length > before ? WINDOW_OF_CUTS : Math.min(WINDOW, size * 2);
    }
    return out;
  };
  return {
    push,
    end: (chunk = '') => {
      const out = push(chunk);
      return ended ? out : out + feed('', true);
    },
    get findings() {
      if (hidden.length === 0) return cuts;
      return [...cuts, ...hidden].sort((a, b) => a.start - b.start || a.end - b.end);
    },
  };
};
