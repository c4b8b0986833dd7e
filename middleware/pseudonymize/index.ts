import type { MiddlewareObj, Request } from '@middy/core';
import { standInsOf } from '../../aws/bedrock/pseudonyms.ts';
import { createRestorer, type StandInTable } from '../../core/pseudonyms/index.ts';
import type { Redactor } from '../../core/redaction/index.ts';
import { type HttpEvent, isBatch, isHttp, sourceOf } from '../http-event.ts';
import { redactResponse } from '../output-redaction/redact-response.ts';
import { redactStream } from '../output-redaction/redact-stream.ts';
import {
  type BodyKind,
  bodyKindOf,
  isCompressed,
  isProxyResponse,
  responseHeader,
  withoutLength,
} from '../proxy-response.ts';
import { scopeOf } from '../request-scope.ts';
import { responseStreamOf } from '../response-stream.ts';
import type { StreamPump } from '../stream-pump.ts';

/** What restores a body of `kind`: frames are pieces, a value in JSON is whole. */
const restorerOf = (table: StandInTable, kind: BodyKind): Redactor =>
  createRestorer(table, kind === 'json' ? 'whole' : 'pieces');

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;

/** Streams are read on their way: what stands for what may not be known before the handler's first piece. */
const restorePump = (request: Request<HttpEvent>, pump: StreamPump, table: StandInTable): void => {
  const response: unknown = request.response;
  const proxied = isProxyResponse(response) ? response : undefined;
  const kind = bodyKindOf((proxied && responseHeader(proxied, 'content-type')) ?? 'text/plain');
  if (kind === 'bytes' || (proxied !== undefined && isCompressed(proxied))) return;
  pump.transform(redactStream(kind, restorerOf(table, kind)));
  if (proxied !== undefined) request.response = withoutLength(proxied);
};

/**
 * Gives the caller the values back that the Bedrock edge kept from the model: in whatever leaves, the stand-ins of this
 * request are replaced by their values, those of others stay. The values are the caller's own, so it stands before
 * `outputRedaction` in a chain, and works after it.
 *
 * @example
 * middy()
 *   .use(pseudonymize())
 *   .use(bedrockClient({ client, pseudonymize: createRedactor() }))
 *   .use(outputRedaction())
 *   .handler(handler);
 */
export const pseudonymize = (): MiddlewareObj<HttpEvent> => {
  const pseudonymizeAfter = (request: Request<HttpEvent>): void => {
    const scope = scopeOf(request);
    if (scope.monitor) return;
    const table = standInsOf(scope);
    const pump = responseStreamOf(request);
    if (pump !== undefined) {
      restorePump(request, pump, table);
      return;
    }
    const response: unknown = request.response;
    const source = sourceOf(request.event);
    // What consumers of batches answer is for Lambda itself.
    if (table.size === 0 || isBatch(source)) return;
    if (!isHttp(source) || !isProxyResponse(response) || isObject(response.body)) {
      request.response = createRestorer(table).redactJson(response).value;
      return;
    }
    const kind = bodyKindOf(responseHeader(response, 'content-type') ?? 'application/json');
    const outcome = redactResponse(response, restorerOf(table, kind), 'pass');
    if (outcome !== undefined && outcome.findings.length > 0) request.response = withoutLength(outcome.response);
  };

  return { after: pseudonymizeAfter };
};
