/** Redaction of a text that is said to be JSON, as it stands: members that `JSON.parse` drops are seen, too. */

import type { Redactor } from '../redactor.ts';
import type { Finding } from '../types.ts';
import { type Document, renderDocument, reportedInDocument } from './document.ts';
import { MAX_FRAME } from './frame-buffer.ts';
import { createFramedRedactor } from './index.ts';
import { jsonDocument } from './json-document.ts';
import { createLeafMaker, type Found } from './leaf.ts';

const BYTE_ORDER_MARK = '\uFEFF';

const hasLongLine = (text: string): boolean => text.split('\n').some(({ length }) => length >= MAX_FRAME);

/**
 * A JSON text redacted value by value: only what is found is written anew, and a clean text is the same string. What is
 * not one value is read as NDJSON: a value a line, or text; where a line of it is too long for that, all of it as text.
 *
 * @example
 * redactJsonBody('{ "to": "ada@example.com" }', createRedactor()).text; // '{ "to": "[EMAIL_ADDRESS_1]" }'
 */
export const redactJsonBody = (
  body: string,
  redactor: Redactor,
): { readonly text: string; readonly findings: readonly Finding[] } => {
  const session = redactor.session();
  const findings: Finding[] = [];
  const make = createLeafMaker(session);
  const mark = body.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : '';
  const intake = {
    continued: (text: string, _path: string, _lane: string, lead: string) => make.text(text, lead),
    alone: make.text,
    structured: make.structured,
    number: make.number,
    textual: new Set<string>(),
  };
  const asText = (): Document => {
    const leaf = make.text(body);
    return { text: body, slots: [{ start: 0, end: body.length, leaf, write: (clean) => clean }] };
  };
  const json = jsonDocument(body.slice(mark.length), intake, '', '');
  const document = json ?? (hasLongLine(body) ? asText() : undefined);
  if (document === undefined) {
    const frames = createFramedRedactor(session, 'ndjson');
    return { text: frames.push(body) + frames.end(), findings: frames.findings };
  }
  const note = ({ value: _, stays: __, ...finding }: Found): void => {
    findings.push(finding);
  };
  const clean = renderDocument(document, (found) => {
    note(found);
    return session.placeholder(found.entity, found.value);
  });
  for (const found of reportedInDocument(document)) note(found);
  return { text: json === undefined ? clean : mark + clean, findings };
};
