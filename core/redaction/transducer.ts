/**
 * The left-to-right transducer that is the definition of redaction: each decision looks at most {@link MAX_MATCH} units
 * ahead and {@link CONTEXT} back, and falls as soon as no text that follows can change it, so that every way of splitting
 * a text gives the same result. Of prose it holds back little more than the word that has begun.
 */

import type { Engine } from './engine.ts';
import { type Match, matchAt, UNSETTLED } from './match.ts';
import type { Numbering } from './numbering.ts';
import { createPlaces, nextPlace, setText } from './places.ts';
import { CONTEXT, type Finding, MAX_MATCH, type Tail } from './types.ts';

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

/** What a transducer does with what it finds. */
export interface Writing {
  /** What stands in place of a value. */
  readonly write: Numbering;
  /** Whether values of an entity stay. */
  reports(entity: string): boolean;
  /** What stands before the text, for its context: it is neither redacted nor passed on. */
  readonly lead: string;
}

/** A transducer of what `engine` finds. */
export const createTransducer = (engine: Engine, { write, reports, lead }: Writing): Transducer => {
  const places = createPlaces(engine);
  const findings: Finding[] = [];
  /** Text not yet passed on, with some of what was before it. */
  let text = lead;
  /** Offset of `text` in all that was pushed. */
  let offset = -lead.length;
  /** Next unit to decide about, and first unit not yet passed on. */
  let next = lead.length;
  let kept = lead.length;
  /** A value that goes on, its finding still open. */
  let tail: Tail | undefined;

  const closeTail = (): void => {
    const open = findings.pop();
    if (open !== undefined) findings.push({ ...open, end: offset + next });
    tail = undefined;
    if (!stays) kept = next;
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

  /** Whether the last value stays. */
  let stays = false;

  const replace = ({ detector, start, end, score }: Match): string => {
    const before = text.slice(kept, start);
    const { entity, rule } = detector;
    findings.push({ entity, ...(rule === undefined ? {} : { rule }), start: offset + start, end: offset + end, score });
    next = end;
    tail = detector.tail;
    stays = reports(entity);
    if (stays) return '';
    kept = end;
    return before + write(entity, text.slice(start, end));
  };

  const run = (final: boolean): string => {
    let out = '';
    while (next < text.length) {
      if (tail !== undefined) {
        if (!swallow(tail, final)) break;
        continue;
      }
      next = nextPlace(places, next, final);
      if (next >= text.length) break;
      const match = places.open ? UNSETTLED : matchAt(places, next, final);
      if (match === UNSETTLED) break;
      if (match === undefined) next += 1;
      else out += replace(match);
    }
    if (tail !== undefined && final) closeTail();
    if (tail !== undefined && !stays) return out;
    out += kept === 0 && out === '' && next === text.length ? text : text.slice(kept, next);
    kept = next;
    return out;
  };

  const add = (chunk: string): void => {
    text = text === '' ? chunk : text + chunk;
    setText(places, text);
  };

  /** Forgets what no decision can look back at. */
  const forget = (): void => {
    const cut = Math.max(0, next - CONTEXT);
    if (cut < MAX_MATCH) return;
    text = text.slice(cut);
    setText(places, text);
    offset += cut;
    next -= cut;
    kept = Math.max(0, kept - cut);
  };

  return {
    push(chunk) {
      add(chunk);
      const out = run(false);
      forget();
      return out;
    },
    end(chunk = '') {
      add(chunk);
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
