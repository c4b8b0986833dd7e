/** Redacting the answer of a handler by the framing of its body. */

import type { Redactor } from '../../core/redaction/index.ts';

/** A Lambda proxy response, as far as it is read here. */
export interface ProxyResponse {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly multiValueHeaders?: Readonly<Record<string, readonly unknown[]>>;
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
}

/** A cleaned response, and how many values were replaced. */
export interface RedactedResponse {
  readonly response: ProxyResponse;
  readonly redactions: number;
}

const JSON_TYPE = /^application\/(?:[\w.-]{1,64}\+)?json(?:$|[\s;])/i; // application/problem+json; charset=utf-8
const TEXT_TYPE = /^(?:text\/|application\/(?:xml|javascript|x-www-form-urlencoded|x-ndjson)(?:$|[\s;]))/i; // text/html

/** Whether API Gateway takes `value` for a response, and not for the body of one. */
export const isProxyResponse = (value: unknown): value is ProxyResponse =>
  typeof value === 'object' && value !== null && typeof (value as ProxyResponse).statusCode === 'number';

const headerOf = (response: ProxyResponse, name: string): string | undefined => {
  for (const headers of [response.headers, response.multiValueHeaders])
    for (const [key, value] of Object.entries(headers ?? {}))
      if (key.toLowerCase() === name) return String(Array.isArray(value) ? value[0] : value);
  return undefined;
};

const parseJson = (body: string): { value: unknown } | undefined => {
  try {
    return { value: JSON.parse(body) };
  } catch {
    return undefined;
  }
};

const redactBody = (body: string, type: string, redactor: Redactor): { body: string; redactions: number } => {
  const json = JSON_TYPE.test(type) ? parseJson(body) : undefined;
  if (json === undefined) {
    const { text, findings } = redactor.redact(body);
    return { body: text, redactions: findings.length };
  }
  const { value, findings } = redactor.redactJson(json.value);
  return { body: findings.length === 0 ? body : JSON.stringify(value), redactions: findings.length };
};

/** The response with its body redacted, or `undefined` when the body cannot be read and must not pass. */
export const redactResponse = (
  response: ProxyResponse,
  redactor: Redactor,
  unreadable: 'block' | 'pass',
): RedactedResponse | undefined => {
  if (typeof response.body !== 'string' || response.body === '') return { response, redactions: 0 };
  const type = headerOf(response, 'content-type') ?? 'application/json';
  const compressed = (headerOf(response, 'content-encoding') ?? 'identity') !== 'identity';
  const encoded = response.isBase64Encoded === true;
  if (compressed || (encoded && !JSON_TYPE.test(type) && !TEXT_TYPE.test(type)))
    return unreadable === 'pass' ? { response, redactions: 0 } : undefined;
  const plain = encoded ? Buffer.from(response.body, 'base64').toString() : response.body;
  const { body, redactions } = redactBody(plain, type, redactor);
  if (redactions === 0) return { response, redactions };
  return { response: { ...response, body, isBase64Encoded: false }, redactions };
};
