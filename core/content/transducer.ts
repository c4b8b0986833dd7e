/**
 * The left-to-right transducer that is the definition of the policy. What is taken out is replaced at its start and
 * passed over to its end, so that of code nothing is held back but what tells that it is code.
 */

import { createOffsets, forgetBefore, placeBefore, replaceAt } from '../exfiltration/offsets.ts';
import { createEscapeStage } from './escapes.ts';
import { fenceEnd } from './fence.ts';
import { readLineStart } from './read-line.ts';
import { readColon, readCommandSign, readHandler, readLess, readTicks } from './read-sign.ts';
import { type ActionFor, createReader, flush, pass, put, type Reader, skipTo } from './reader.ts';
import type { ContentAction, ContentFinding, ContentStream } from './types.ts';

/** Units that are read at once. */
const WINDOW = 4096;
const NEWLINE = 0x0a;
/** What an escape looks like that is shown. */
const ESCAPE_SHOWN = '\u241b';

const triggersOf = (signs: string): Uint8Array => {
  const triggers = new Uint8Array(0x10000);
  for (const sign of signs) triggers[sign.charCodeAt(0)] = 1;
  return triggers;
};
/** Signs that mean something within a line, and those that do where commands may stay. */
const TRIGGERS = triggersOf('\n`<:&|-');
const SCRIPT_TRIGGERS = triggersOf('\n`<:&');

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;

const swallowOn = (reader: Reader): void => {
  const { text, origin, findings, locate } = reader;
  let at = reader.at;
  while (at < text.length && reader.swallow !== undefined) {
    const unit = text.charCodeAt(at);
    const state = reader.swallow(unit);
    if (state !== 'on') reader.swallow = undefined;
    if (state === 'before') break;
    if (unit === NEWLINE) reader.passedLine = true;
    at += 1;
  }
  skipTo(reader, at);
  const last = findings.at(-1);
  if (last !== undefined)
    findings[findings.length - 1] = { ...last, end: Math.max(last.end, locate(at + origin, true)) };
  if (reader.swallow !== undefined || !reader.passedLine || !reader.keepsLine) return;
  put(reader, '\n');
  reader.isLineStart = true;
  reader.isQuiet = false;
};

const fenceOn = (reader: Reader): void => {
  const { text, fence } = reader;
  if (fence === undefined) return;
  const at = fenceEnd(fence, text, reader.at);
  if (at < text.length) reader.fence = undefined;
  const isSplit = at === text.length && !reader.final && isHigh(text.charCodeAt(at - 1));
  pass(reader, isSplit ? at - 1 : at);
};

/** Reads what begins at the place of reading. False when more text is needed. */
const readSign = (reader: Reader): boolean => {
  const { text, at } = reader;
  const unit = text.charCodeAt(at);
  if (reader.tags !== 0) {
    const handled = readHandler(reader);
    if (handled !== undefined) return handled;
  }
  const { triggers } = reader;
  if (triggers[unit] === 1) {
    const sign = text[at];
    if (sign === '`') return readTicks(reader);
    if (sign === '<') return readLess(reader);
    if (sign === ':' || sign === '&') return readColon(reader);
    if (sign === '|' || sign === '-') return readCommandSign(reader);
    reader.isLineStart = true;
    reader.isQuiet = false;
  }
  if (at + 1 === text.length && !reader.final && isHigh(unit)) return false;
  pass(reader, at + 1);
  return true;
};

const read = (reader: Reader): void => {
  while (!reader.ended) {
    if (reader.swallow !== undefined) swallowOn(reader);
    const { text } = reader;
    if (reader.at >= text.length) return;
    const before = reader.at;
    if (reader.fence !== undefined) {
      fenceOn(reader);
      if (reader.at === before && reader.fence !== undefined) return;
      continue;
    }
    if (reader.isLineStart) {
      if (!readLineStart(reader)) return;
      continue;
    }
    if (reader.tags === 0) {
      let at = before;
      const { triggers } = reader;
      while (at < text.length && triggers[text.charCodeAt(at)] === 0) at += 1;
      if (at === text.length && !reader.final && isHigh(text.charCodeAt(at - 1))) at -= 1;
      pass(reader, at);
      if (at >= text.length) return;
    }
    if (!readSign(reader)) return;
  }
};

/** A stream under a policy. */
export const createContentStream = (actionFor: ActionFor, escapeAction: ContentAction): ContentStream => {
  const toPushed = createOffsets();
  const looks = actionFor('command', 'shell') !== 'allow';
  const reader = createReader(actionFor, looks ? TRIGGERS : SCRIPT_TRIGGERS, (place, asEnd) =>
    placeBefore(toPushed, place, asEnd),
  );
  const escapes: ContentFinding[] = [];
  let told = 0;
  let toldEscapes = 0;
  let removed = 0;
  let given = 0;
  let stopAt = Number.POSITIVE_INFINITY;
  const shown = escapeAction === 'label' ? ESCAPE_SHOWN : '';

  const note = (start: number, end: number, begins: boolean): void => {
    if (escapeAction === 'block') stopAt = Math.min(stopAt, start);
    const length = begins ? shown.length : 0;
    replaceAt(toPushed, start - removed, end - removed, length);
    removed += end - start - length;
    const last = escapes.at(-1);
    if (last?.end === start) escapes[escapes.length - 1] = { ...last, end };
    else escapes.push({ kind: 'escape', action: escapeAction, start, end });
  };
  const stage = escapeAction === 'allow' ? undefined : createEscapeStage(shown, note);

  const feed = (piece: string, final: boolean): string => {
    const seen = stage === undefined ? piece : stage.push(piece);
    const stops = stopAt < given + seen.length;
    reader.text = reader.text.slice(reader.at) + (stops ? seen.slice(0, stopAt - given) : seen);
    reader.origin += reader.at;
    reader.at = 0;
    reader.kept = 0;
    given += seen.length;
    reader.final = final || stops;
    reader.out = '';
    read(reader);
    flush(reader);
    forgetBefore(toPushed, reader.origin - 1); // what was taken out right here may still follow an end
    reader.ended ||= reader.final;
    return reader.out;
  };
  const push = (chunk: string): string => {
    let out = '';
    for (let at = 0; at < chunk.length && !reader.ended; at += WINDOW) out += feed(chunk.slice(at, at + WINDOW), false);
    return out;
  };

  return {
    push,
    end: (chunk = '') => {
      const out = push(chunk);
      return reader.ended ? out : out + feed('', true);
    },
    fresh() {
      const { findings } = reader;
      if (findings.length === told && escapes.length === toldEscapes) return [];
      const fresh = [...findings.slice(told), ...escapes.slice(toldEscapes)];
      told = findings.length;
      toldEscapes = escapes.length;
      return fresh;
    },
    get findings() {
      const found = reader.findings;
      return escapes.length === 0 ? found : [...found, ...escapes].sort((a, b) => a.start - b.start || a.end - b.end);
    },
  };
};
