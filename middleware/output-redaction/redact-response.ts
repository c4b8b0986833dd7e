/** Redacting the answer of a handler by the kind of its body. */

import { createFramedRedactor, type Finding, type Redactor } from '../../core/redaction/index.ts';
import { type BodyKind, bodyKindOf, isCompressed, type ProxyResponse, responseHeader } from '../proxy-response.ts';

/** A cleaned response, and what was replaced in it. */
export interface RedactedResponse {
  readonly response: ProxyResponse;
  readonly findings: readonly Finding[];
}

const parseJson = (body: string): { value: unknown } | undefined => {
  try {
    return { value: JSON.parse(body) };
  } catch {
    return undefined;
  }
};

/** A JSON text redacted value by value; what is no JSON, as text. */
export const redactJsonText = (
  body: string,
  redactor: Redactor,
): { readonly text: string; readonly findings: readonly Finding[] } => {
  const json = parseJson(body);
  if (json === undefined) return redactor.redact(body);
  const { value, findings } = redactor.redactJson(json.value);
  return { text: findings.length === 0 ? body : JSON.stringify(value), findings };
};

/** A whole body redacted by its kind. */
const redactBody = (
  body: string,
  kind: BodyKind,
  redactor: Redactor,
): { readonly text: string; readonly findings: readonly Finding[] } => {
  if (kind === 'json') return redactJsonText(body, redactor);
  if (kind !== 'sse' && kind !== 'ndjson') return redactor.redact(body);
  const frames = createFramedRedactor(redactor, kind);
  const text = frames.push(body) + frames.end();
  return { text, findings: frames.findings };
};

/** The response with its body redacted, or `undefined` when the body cannot be read and must not pass. */
export const redactResponse = (
  response: ProxyResponse,
  redactor: Redactor,
  unreadable: 'block' | 'pass',
): RedactedResponse | undefined => {
  const { body } = response;
  if (typeof body !== 'string' || body === '') return { response, findings: [] };
  const kind = bodyKindOf(responseHeader(response, 'content-type') ?? 'application/json');
  const encoded = response.isBase64Encoded === true;
  if (isCompressed(response) || (encoded && kind === 'bytes'))
    return unreadable === 'pass' ? { response, findings: [] } : undefined;
  const plain = encoded ? Buffer.from(body, 'base64').toString() : body;
  const { text, findings } = redactBody(plain, kind, redactor);
  if (findings.length === 0) return { response, findings };
  return { response: { ...response, body: text, isBase64Encoded: false }, findings };
};
