/** A request that was serialised, and whether it is still the same when it goes out. */

import type { SealedRequest } from './sending.ts';

/** A request as the SDK has it. */
export interface WireRequest {
  readonly method?: string;
  readonly hostname?: string;
  readonly port?: number;
  readonly path?: string;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** Headers that are parameters of a call: `x-amzn-bedrock-service-tier`. */
const PARAMETER = 'x-amzn-bedrock';

const parametersIn = (headers: Readonly<Record<string, string>>): string => {
  const found: string[] = [];
  for (const name of Object.keys(headers)) {
    if (name.length <= PARAMETER.length || (name[0] !== 'x' && name[0] !== 'X')) continue;
    const lower = name.toLowerCase();
    if (lower.startsWith(PARAMETER)) found.push(JSON.stringify([lower, headers[name]]));
  }
  return found.length > 1 ? found.sort().join() : (found[0] ?? '');
};

const queryOf = ({ query }: WireRequest): string => (query === undefined ? '{}' : JSON.stringify(query));

/** What of a request must not change. Its bytes are copied: whoever has them can write into them. */
export const sealedRequest = (request: WireRequest): SealedRequest => {
  const { method, hostname, port, path, headers = {}, body } = request;
  return {
    method,
    hostname,
    port,
    path,
    query: queryOf(request),
    parameters: parametersIn(headers),
    body: body instanceof Uint8Array ? new Uint8Array(body) : body,
  };
};

const isSameBody = (body: unknown, sealed: unknown): boolean =>
  sealed instanceof Uint8Array ? body instanceof Uint8Array && Buffer.compare(body, sealed) === 0 : body === sealed;

/** Whether a request that is about to go out is the one that was sealed. */
export const isUnchanged = (request: WireRequest, sealed: SealedRequest | undefined): boolean =>
  sealed !== undefined &&
  request.method === sealed.method &&
  request.hostname === sealed.hostname &&
  request.port === sealed.port &&
  request.path === sealed.path &&
  queryOf(request) === sealed.query &&
  parametersIn(request.headers ?? {}) === sealed.parameters &&
  isSameBody(request.body, sealed.body);
