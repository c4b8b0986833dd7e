/**
 * Restoring: values in the place of their stand-ins, in a text, in JSON and in streams. It has the shape of a redactor, so
 * that whatever reads the framing of an answer for redaction reads it for this, too.
 */

import type { Finding, Redactor, Transducer } from '../redaction/index.ts';
import { isJsonText, mapJsonText } from '../spotlight/json-text.ts';
import { mapJsonValue } from './json-value.ts';
import { LOOK_BACK, type StandInAt, type StandInTable } from './table.ts';

/** JSON within a string within a string …: deeper, it is a text. */
const MAX_INNER = 3;

const findingOf = ({ entity, start, end }: StandInAt): Finding => ({ entity, start, end, score: 1 });

/** A text in which stand-ins are replaced where they stand. */
const restoredAsText = (text: string, found: readonly StandInAt[]): string => {
  let out = '';
  let at = 0;
  for (const { start, end, value } of found) {
    out += text.slice(at, start) + value;
    at = end;
  }
  return out + text.slice(at);
};

/** A text with its values. Where all of it is JSON, what stands in its strings is written as JSON writes it. */
export const restoredText = (table: StandInTable, text: string, inner = 0): string => {
  const found = table.find(text);
  if (found.length === 0) return text;
  if (inner >= MAX_INNER || !isJsonText(text)) return restoredAsText(text, found);
  const restore = (string: string): string => restoredText(table, string, inner + 1);
  return mapJsonText(text, { string: restore, name: restore });
};

/** A JSON value with its values, in strings and, unless they are kept, in names of fields. */
export const restoredJson = (table: StandInTable, value: unknown, names: 'restored' | 'kept'): unknown => {
  const string = (text: string): string => restoredText(table, text);
  return mapJsonValue(value, { string, name: names === 'restored' ? string : String, number: Number });
};

const asItIs = (_entity: string, value: string): string => value;

/** Restores a text that comes in pieces. What is held back may be the beginning of a stand-in, and is never longer than one. */
const createRestoring = (table: StandInTable, put: (entity: string, value: string) => string): Transducer => {
  const findings: Finding[] = [];
  /** What was passed on last, and what was not yet. */
  let before = '';
  let held = '';
  let decided = 0;

  const run = (chunk: string, final: boolean): string => {
    const text = before + held + chunk;
    /** Offset of the text in all that was pushed. */
    const offset = decided - before.length;
    let at = before.length;
    let out = '';
    for (const found of table.find(text)) {
      if (found.start < at) continue;
      findings.push({ ...findingOf(found), start: offset + found.start, end: offset + found.end });
      out += text.slice(at, found.start) + put(found.entity, found.value);
      at = found.end;
    }
    const end = final ? text.length : Math.max(at, text.length - table.begunAtEnd(text));
    out += text.slice(at, end);
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

/** What restores the stand-ins of a table. Its findings are stand-ins, and its placeholders are their values. */
export const createRestorer = (table: StandInTable): Redactor => {
  const restorer: Redactor = {
    detect: (text) => table.find(text).map(findingOf),
    redact: (text) => ({ text: restoredText(table, text), findings: table.find(text).map(findingOf) }),
    redactJson(value) {
      const restored = restoredJson(table, value, 'kept');
      const findings = restored === value ? [] : table.find(JSON.stringify(value)).map(findingOf);
      return { value: restored, findings };
    },
    stream: (put = asItIs) => createRestoring(table, put),
    placeholder: asItIs,
    session: () => restorer,
  };
  return restorer;
};
