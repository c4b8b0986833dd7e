/**
 * The left-to-right transducer that is the definition of redaction: each decision looks at most {@link MAX_MATCH} units
 * ahead and {@link CONTEXT} back, and falls as soon as no text that follows can change it, so that every way of splitting
 * a text gives the same result. Of prose it holds back little more than the word that has begun.
 */

import { type Match, matchAt, UNSETTLED } from './match.ts';
import type { Numbering } from './numbering.ts';
import { isAlphanumeric, startsRun, type TriggerTable } from './trigger-table.ts';
import { CONTEXT, type Finding, MAX_MATCH, type Tail } from './types.ts';
import type { Watch } from './viability.ts';

/** Takes text in pieces, gives redacted text back. */
export interface Transducer {
  /** What can be said for sure after one more piece. */
  push(chunk: string): string;
  /** The rest, after one last piece. Nothing may be pushed afterwards. */
  end(chunk?: string): string;
  readonly findings: readonly Finding[];
  /** How many of the units pushed are decided about: passed on, replaced or swallowed. */
  readonly decided: number;
  /** Whether the last finding is still open: it goes on with what comes. */
  readonly swallowing: boolean;
}

const TOKEN = /[A-Za-z0-9_\-+/=~]/; // the rest of a token
const DOT = 0x2e;
const KEY_END = /-----END [A-Z0-9 ]{0,40}-----/y; // -----END RSA PRIVATE KEY-----
const KEY_END_LENGTH = 64;
const DASH = 0x2d;

/** Where a key's last line ends that begins at `index`. */
const keyEndAt = (text: string, index: number): number | null => {
  KEY_END.lastIndex = index;
  return KEY_END.test(text) ? KEY_END.lastIndex : null;
};

/** Whether the unit at `index` belongs to a token that has begun before it. */
const continues = (text: string, index: number, tail: Tail): boolean => {
  if (TOKEN.test(text[index] ?? '')) return true;
  return tail === 'dotted-token' && text.charCodeAt(index) === DOT && TOKEN.test(text[index + 1] ?? '');
};

/** A transducer. `number` gives the placeholders, `watch` is its own. */
export const createTransducer = (table: TriggerTable, watch: Watch, number: Numbering): Transducer => {
  const findings: Finding[] = [];
  /** Text not yet passed on, with some of what was before it. */
  let text = '';
  /** Offset of `text` in all that was pushed. */
  let offset = 0;
  /** Next unit to decide about, and first unit not yet passed on. */
  let next = 0;
  let kept = 0;
  /** A value that goes on, its finding still open. */
  let tail: Tail | undefined;

  const closeTail = (): void => {
    const open = findings.pop();
    if (open !== undefined) findings.push({ ...open, end: offset + next });
    tail = undefined;
    kept = next;
  };

  /** Passes over a value without an end. False when more text is needed to go on. */
  const swallow = (kind: Tail, final: boolean): boolean => {
    const key = kind === 'private-key';
    const open = key ? DASH : kind === 'dotted-token' ? DOT : undefined;
    const needed = key ? KEY_END_LENGTH : 2;
    while (next < text.length) {
      const end = key && text.charCodeAt(next) === DASH ? keyEndAt(text, next) : null;
      // Only what follows these characters says whether they are the value's end.
      if (end === null && !final && text.charCodeAt(next) === open && text.length - next < needed) return false;
      if (end !== null || (!key && !continues(text, next, kind))) {
        next = end ?? next;
        closeTail();
        return true;
      }
      next += 1;
    }
    if (final) closeTail();
    return final;
  };

  const replace = ({ detector, start, end, score }: Match): string => {
    const before = text.slice(kept, start);
    const { entity, rule } = detector;
    findings.push({ entity, ...(rule === undefined ? {} : { rule }), start: offset + start, end: offset + end, score });
    next = end;
    kept = end;
    tail = detector.tail;
    return before + number(entity, text.slice(start, end));
  };

  const canStart = (index: number): boolean =>
    table.slots[text.charCodeAt(index)] !== undefined &&
    (!isAlphanumeric(text.charCodeAt(index)) || startsRun(text, index));

  const run = (final: boolean): string => {
    const settled = (index: number): boolean =>
      final || text.length - next >= MAX_MATCH || !watch.mayChange(text, index, offset);
    let out = '';
    while (next < text.length) {
      if (tail !== undefined) {
        if (!swallow(tail, final)) break;
        continue;
      }
      if (!canStart(next)) {
        next += 1;
        continue;
      }
      const match = matchAt(table, text, next, settled);
      if (match === UNSETTLED) break;
      watch.clear();
      if (match === undefined) next += 1;
      else out += replace(match);
    }
    if (tail !== undefined && final) closeTail();
    if (tail !== undefined) return out;
    out += kept === 0 && out === '' && next === text.length ? text : text.slice(kept, next);
    kept = next;
    return out;
  };

  /** Forgets what no decision can look back at. */
  const forget = (): void => {
    const cut = Math.max(0, next - CONTEXT);
    if (cut < MAX_MATCH) return;
    text = text.slice(cut);
    offset += cut;
    next -= cut;
    kept = Math.max(0, kept - cut);
  };

  return {
    push(chunk) {
      text = text === '' ? chunk : text + chunk;
      const out = run(false);
      forget();
      return out;
    },
    end(chunk = '') {
      text = text === '' ? chunk : text + chunk;
      return run(true);
    },
    findings,
    get decided() {
      return offset + next;
    },
    get swallowing() {
      return tail !== undefined;
    },
  };
};
