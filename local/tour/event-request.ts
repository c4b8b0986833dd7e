/** An invocation event, read backwards: the HTTP request that the gateway would have made it from. */

import { fieldsAt, sourceOf, textField } from '../../middleware/http-event.ts';
import type { Source } from '../gateway/index.ts';

/** An HTTP request and what its caller proves. */
export interface EventRequest {
  readonly source: Source;
  readonly method: string;
  readonly path: string;
  readonly body: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  /** Claims of the token to send. */
  readonly claims: Readonly<Record<string, unknown>>;
}

/** Headers that the client of the tour sets itself, or that only AWS sets. */
const OWN_HEADER =
  /^(?:authorization|x-api-key|host|connection|content-length|via|x-forwarded-.{1,32}|x-amz.{1,64}|cloudfront.{1,64})$/i; // X-Forwarded-For

const headersOf = (event: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fieldsAt(event, 'headers')).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string' && !OWN_HEADER.test(entry[0]),
    ),
  );

/** The request behind a chat event with a verified token, or `undefined` for any other event. */
export const requestOfEvent = (event: unknown): EventRequest | undefined => {
  const source = sourceOf(event);
  if (source !== 'rest-v1' && source !== 'http-v2') return undefined;
  const fields = fieldsAt(event);
  const http = fieldsAt(event, 'requestContext', 'http');
  const authorizer = fieldsAt(event, 'requestContext', 'authorizer');
  const claims = source === 'rest-v1' ? fieldsAt(authorizer, 'claims') : fieldsAt(authorizer, 'jwt', 'claims');
  const method = textField(fields, 'httpMethod') ?? textField(http, 'method') ?? '';
  if (method !== 'POST' || textField(claims, 'sub') === undefined) return undefined;
  const body = textField(fields, 'body');
  return {
    source,
    method,
    path: textField(fields, 'path') ?? textField(fields, 'rawPath') ?? '/',
    body: fields['isBase64Encoded'] === true && body !== undefined ? Buffer.from(body, 'base64').toString() : body,
    headers: headersOf(event),
    claims: { sub: claims['sub'] },
  };
};
