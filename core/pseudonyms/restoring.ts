/** Values in the place of their stand-ins, in a text that comes in pieces. */

import type { Finding, Transducer } from '../redaction/index.ts';
import { asJson, createJsonPlace } from './json-place.ts';
import { createLinkPlace } from './link-place.ts';
import { LOOK_BACK, type StandInTable } from './table.ts';

/**
 * What is given in one piece, by `end` alone: all of a text, or as well a piece of one that somebody else puts together.
 * Of a piece nobody can tell whether it is in the address of a link, or how it is written: it stays.
 */
export type RestoredTexts = 'whole' | 'pieces';

/** What restores a text that comes in pieces. */
export interface Restoring {
  readonly table: StandInTable;
  /** What is written for a value. */
  readonly put: (entity: string, value: string) => string;
  readonly texts: RestoredTexts;
}

/**
 * Restores a text that comes in pieces. What is held back may be the beginning of a stand-in, and is never longer than
 * one. Stand-ins in addresses of links stay. Where the text is JSON so far, values within its strings are written as JSON
 * writes them.
 */
export const createRestoring = ({ table, put, texts }: Restoring): Transducer => {
  const json = createJsonPlace();
  const link = createLinkPlace();
  const findings: Finding[] = [];
  /** What was passed on last, and what was not yet. */
  let before = '';
  let held = '';
  let decided = 0;
  let isBegun = false;
  /** What was passed on last was a stand-in. */
  let isBehind = false;

  const pass = (text: string): void => {
    json.pass(text);
    link.pass(text);
  };

  const run = (chunk: string, final: boolean): string => {
    const text = before + held + chunk;
    /** Offset of the text in all that was pushed. */
    const offset = decided - before.length;
    const isPiece = texts === 'pieces' && !isBegun && final;
    let at = before.length;
    let passed = at;
    let behind = isBehind ? at : -1;
    let out = '';
    for (const { entity, value, start, end } of isPiece ? [] : table.find(text, behind)) {
      if (start < at) continue;
      pass(text.slice(passed, start));
      passed = start;
      if (link.inLink) continue;
      findings.push({ entity, start: offset + start, end: offset + end, score: 1 });
      out += text.slice(at, start) + put(entity, json.inString ? asJson(value) : value);
      at = end;
      behind = end;
    }
    const end = final ? text.length : Math.max(at, text.length - table.begunAtEnd(text, behind));
    pass(text.slice(passed, end));
    out += text.slice(at, end);
    isBegun = true;
    isBehind = behind === end;
    before = text.slice(Math.max(0, end - LOOK_BACK), end);
    held = text.slice(end);
    decided = offset + end;
    return out;
  };

  return {
    push: (chunk) => run(chunk, false),
    end: (chunk = '') => run(chunk, true),
    findings,
    get decided() {
      return decided;
    },
    swallowing: false,
  };
};
