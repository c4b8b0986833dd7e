/** A streamed answer, as the front doors pass it on: chunk by chunk, as it comes. */

import type http from 'node:http';
import { type InvokeResult, PRELUDE_TYPE, type StreamListener } from '../function-host/index.ts';
import { type Refusal, refusalResponse } from './refusal.ts';
import { headerPairs } from './response.ts';
import type { HttpResponse, Source } from './types.ts';

/** Between the prelude (status, headers, cookies in JSON) and the body. */
const DELIMITER = Buffer.alloc(8);
/** Largest prelude that is looked for. */
const MAX_PRELUDE = 1_048_576;

type Head = Pick<HttpResponse, 'status' | 'headers'>;

/** What takes a streamed answer and writes it to a client. */
export interface StreamedResponse extends StreamListener {
  /** The function has ended. The answer is `undefined` where it is written already, or broken off. */
  readonly end: (result: InvokeResult) => HttpResponse | undefined;
}

const parsePrelude = (bytes: Buffer): Head | undefined => {
  try {
    const { statusCode = 200, ...fields } = JSON.parse(bytes.toString());
    const headers = headerPairs(fields);
    return headers === undefined || !Number.isInteger(statusCode) ? undefined : { status: statusCode, headers };
  } catch {
    return undefined;
  }
};

/**
 * Writes an answer to `response` as it comes. A client that leaves is not told to the function, as Lambda does not: it runs
 * to its end, and what it says goes nowhere.
 */
export const streamTo = (response: http.ServerResponse, source: Source): StreamedResponse => {
  let contentType: string | undefined;
  let waiting: Buffer | undefined = Buffer.alloc(0);
  let refusal: Refusal | undefined;

  const begin = ({ status, headers }: Head): void => {
    waiting = undefined;
    for (const [name, value] of headers) response.appendHeader(name, value);
    response.writeHead(status).flushHeaders();
  };

  const write = (bytes: Uint8Array): void => {
    if (!response.destroyed && bytes.length > 0) response.write(bytes);
  };

  /** Reads the prelude, once it is there. */
  const readPrelude = (bytes: Uint8Array): void => {
    const sofar = Buffer.concat([waiting ?? Buffer.alloc(0), bytes]);
    const end = sofar.indexOf(DELIMITER);
    waiting = sofar;
    if (end === -1) {
      if (sofar.length > MAX_PRELUDE) refusal = 'INTEGRATION_FAILURE';
      return;
    }
    const head = parsePrelude(sofar.subarray(0, end));
    if (head === undefined) {
      refusal = 'INTEGRATION_FAILURE';
      return;
    }
    begin(head);
    write(sofar.subarray(end + DELIMITER.length));
  };

  return {
    head: (type) => {
      contentType = type;
      // REST APIs take nothing else; Function URLs pass on what comes.
      if (type === PRELUDE_TYPE) return;
      if (source === 'rest-v1') refusal = 'INTEGRATION_FAILURE';
      else begin({ status: 200, headers: [['content-type', type]] });
    },
    chunk: (bytes) => {
      if (refusal !== undefined) return;
      if (waiting === undefined) write(bytes);
      else if (contentType === PRELUDE_TYPE) readPrelude(bytes);
    },
    end: (result) => {
      if (waiting !== undefined) {
        const timedOut = !result.ok && result.errorType === 'Sandbox.Timedout';
        return refusalResponse(source, refusal ?? (timedOut ? 'INTEGRATION_TIMEOUT' : 'INTEGRATION_FAILURE'));
      }
      // An answer that has begun can only be broken off.
      if (result.ok) response.end();
      else response.destroy();
      return undefined;
    },
  };
};
