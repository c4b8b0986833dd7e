/**
 * The gateway in front of the functions, as far as alarms can tell: who is let in, what its access log says, and what
 * API Gateway and Lambda count themselves.
 */

import { randomUUID } from 'node:crypto';
import { eventOf } from '../../../local/gateway/event.ts';
import type { HttpRequest, Route } from '../../../local/gateway/types.ts';
import type { Credential, PlannedRequest } from '../traffic/request.ts';
import type { PlatformCount } from './segment.ts';

/** What a function answers. */
interface Answer {
  readonly statusCode?: number;
}

/** Calls the function. */
export type InvokeFunction = (event: object) => Promise<unknown>;

/** A gateway. */
export interface DrillGateway {
  /** Takes a request, and logs it when it is answered. */
  take(request: PlannedRequest): Promise<void>;
  /** Lines of the access log, and counts, since the last call. */
  drain(): { readonly lines: readonly string[]; readonly counts: readonly PlatformCount[] };
}

/** Response type and status of the gateway's own refusals (infra/gateway-responses.json). */
const REFUSALS: Readonly<Partial<Record<Credential, readonly [errorType: string, status: number]>>> = {
  'expired token': ['EXPIRED_TOKEN', 401],
  'no token': ['UNAUTHORIZED', 401],
  'wrong key': ['INVALID_API_KEY', 403],
};

const VARIABLE = /\$context\.([A-Za-z.]{1,64})/g; // $context.error.responseType

const PATH = '/v1/chat';

const route: Route = {
  method: 'POST',
  path: PATH,
  source: 'rest-v1',
  invoke: () => Promise.reject(new Error('the drill calls its function itself')),
};

const httpRequest = ({ body }: PlannedRequest): HttpRequest => ({
  method: 'POST',
  path: PATH,
  query: '',
  headers: [['content-type', 'application/json']],
  body: Buffer.from(body),
  sourceIp: '203.0.113.7',
});

/**
 * A gateway.
 *
 * @param format Of the access log; what a request has nothing for is written as a hyphen, as API Gateway does.
 */
export const createGateway = (format: string, invoke: InvokeFunction): DrillGateway => {
  let lines: string[] = [];
  let counts: PlatformCount[] = [];

  const count = (metric: PlatformCount['metric'], value: number): void => {
    counts.push({ metric, at: Date.now(), value });
  };

  /** `4XXError` and `5XXError` have a value for every request: their average is a share. */
  const log = (began: number, status: number, errorType: string | undefined): void => {
    const known: Readonly<Record<string, unknown>> = {
      requestId: randomUUID(),
      requestTimeEpoch: began,
      httpMethod: 'POST',
      resourcePath: PATH,
      status,
      'error.responseType': errorType,
      responseLatency: Date.now() - began,
    };
    lines.push(format.replaceAll(VARIABLE, (_, name: string) => String(known[name] ?? '-')));
    count('AWS/ApiGateway Count', 1);
    count('AWS/ApiGateway 4XXError', Number(status >= 400 && status < 500));
    count('AWS/ApiGateway 5XXError', Number(status >= 500));
  };

  return {
    async take(request) {
      const began = Date.now();
      const [errorType, refusal] = REFUSALS[request.credential] ?? [];
      if (refusal !== undefined) return log(began, refusal, errorType);
      count('AWS/Lambda Invocations', 1);
      const identity = { claims: { sub: request.user }, apiKeyId: 'drill-key' };
      let status = 502;
      let failed = true;
      try {
        const answer = (await invoke(eventOf(httpRequest(request), route, identity))) as Answer;
        status = answer.statusCode ?? 502;
        failed = false;
      } catch {
        // An invocation that ends with an error: Lambda counts it, and the gateway answers for it.
      }
      count('AWS/Lambda Errors', Number(failed));
      log(began, status, failed ? 'INTEGRATION_FAILURE' : undefined);
    },
    drain() {
      const drained = { lines, counts };
      [lines, counts] = [[], []];
      return drained;
    },
  };
};
