/** The body of a request as text that is safe to parse: bounded, UTF-8, not nested without end. */

import { BulwarkError, isBulwarkError } from '../../../core/errors.ts';
import { nestingOf } from '../../../core/json-nesting.ts';

/** How much a body may hold. */
export interface BodyBounds {
  /** Bytes. */
  readonly maxBodyBytes: number;
  /** Levels of arrays and objects. */
  readonly maxDepth: number;
}

/** `application/json; charset=utf-8`, and nothing that would have to be decoded before anybody can look at it. */
const JSON_TYPE = /^application\/json(?:\s*;\s*charset\s*=\s*"?utf-?8"?)?$/i;

const assertPlainJson = (headers: Headers): void => {
  const type = headers.get('content-type')?.trim() ?? '';
  const encoding = headers.get('content-encoding')?.trim().toLowerCase() ?? 'identity';
  if (!JSON_TYPE.test(type) || encoding !== 'identity')
    throw new BulwarkError('unsupported_media_type', { reason: 'encoding' });
};

/** The bytes of a body. A stream is read no further than the limit, and no longer than somebody waits; its own error says nothing here. */
const bytesOf = async (request: Request, limit: number, signal: AbortSignal | undefined): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body?.getReader();
  if (reader === undefined) return new Uint8Array();
  const stop = (): void => void reader.cancel().catch(() => {});
  signal?.addEventListener('abort', stop, { once: true });
  try {
    for (;;) {
      const { done, value } = await reader.read();
      signal?.throwIfAborted();
      if (done) return Buffer.concat(chunks, size);
      size += value.byteLength;
      if (size > limit) throw new BulwarkError('body_too_large', { extra: { limit } });
      chunks.push(value);
    }
  } catch (error) {
    stop();
    signal?.throwIfAborted();
    throw isBulwarkError(error) ? error : new BulwarkError('malformed_json', { reason: 'body' });
  } finally {
    signal?.removeEventListener('abort', stop);
  }
};

/**
 * Reads the JSON text of a request.
 *
 * @throws BulwarkError `unsupported_media_type`, `body_too_large` or `malformed_json`; the signal's reason when it aborts.
 */
export const bodyTextOf = async (
  request: Request,
  { maxBodyBytes, maxDepth }: BodyBounds,
  signal: AbortSignal | undefined,
): Promise<string> => {
  assertPlainJson(request.headers);
  const bytes = await bytesOf(request, maxBodyBytes, signal);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new BulwarkError('malformed_json', { reason: 'utf-8' });
  }
  if (nestingOf(text, maxDepth) > maxDepth) throw new BulwarkError('malformed_json', { reason: 'depth' });
  return text;
};
