/** Redacting the answer of a handler by the kind of its body. */

import { createFramedRedactor, type Finding, type Redactor, redactJsonBody } from '../../core/redaction/index.ts';
import { type BodyKind, bodyKindOf, isCompressed, type ProxyResponse, responseHeader } from '../proxy-response.ts';

/** A cleaned response, and what was replaced in it. */
export interface RedactedResponse {
  readonly response: ProxyResponse;
  readonly findings: readonly Finding[];
}

const unpadded = (base64: string): string => base64.replaceAll(/[\r\n]/g, '').replace(/={1,2}$/, '');

/**
 * The text that the bytes of a body are, or `undefined` when they are none. Base64 that is cut, or has other characters in
 * it, is read by each reader in its own way: nobody knows what the client will see.
 */
export const decodeText = (base64: string): string | undefined => {
  const bytes = Buffer.from(base64, 'base64');
  if (unpadded(bytes.toString('base64')) !== unpadded(base64)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
};

/** A whole body redacted by its kind. */
const redactBody = (
  body: string,
  kind: BodyKind,
  redactor: Redactor,
): { readonly text: string; readonly findings: readonly Finding[] } => {
  if (kind === 'json') return redactJsonBody(body, redactor);
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
  const readable = !isCompressed(response) && !(encoded && kind === 'bytes');
  const plain = readable && encoded ? decodeText(body) : body;
  if (!readable || plain === undefined) return unreadable === 'pass' ? { response, findings: [] } : undefined;
  const { text, findings } = redactBody(plain, kind, redactor);
  if (findings.length === 0) return { response, findings };
  return { response: { ...response, body: text, isBase64Encoded: false }, findings };
};
