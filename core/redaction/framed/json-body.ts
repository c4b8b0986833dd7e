/** Redaction of a text that is said to be JSON, as it stands: members that `JSON.parse` drops are seen, too. */

import type { Redactor } from '../redactor.ts';
import type { Finding } from '../types.ts';
import { renderDocument } from './document.ts';
import { createFramedRedactor } from './index.ts';
import { jsonDocument } from './json-document.ts';
import { createLeafMaker } from './leaf.ts';

const BYTE_ORDER_MARK = '\uFEFF';

/**
 * A JSON text redacted value by value: only what is found is written anew, and a clean text is the same string. What is
 * not one value is read as NDJSON: a value a line, or text.
 *
 * @throws BulwarkError `output_blocked` for a line of more than a mebi unit in what is not one value.
 *
 * @example
 * redactJsonBody('{ "to": "ada@example.com" }', createRedactor()).text; // '{ "to": "[EMAIL_ADDRESS_1]" }'
 */
export const redactJsonBody = (
  body: string,
  redactor: Redactor,
): { readonly text: string; readonly findings: readonly Finding[] } => {
  const session = redactor.session();
  const make = createLeafMaker(session);
  const mark = body.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : '';
  const intake = {
    continued: make.text,
    alone: make.text,
    structured: make.structured,
    number: make.number,
    textual: new Set<string>(),
  };
  const document = jsonDocument(body.slice(mark.length), intake, '', '');
  if (document === undefined) {
    const frames = createFramedRedactor(session, 'ndjson');
    return { text: frames.push(body) + frames.end(), findings: frames.findings };
  }
  const findings: Finding[] = [];
  const clean = renderDocument(document, ({ value, ...finding }) => {
    findings.push(finding);
    return session.placeholder(finding.entity, value);
  });
  return { text: findings.length === 0 ? body : mark + clean, findings };
};
