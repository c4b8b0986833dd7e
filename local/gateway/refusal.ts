/** What the gateway itself answers. REST APIs say it as `infra/gateway-responses.json` declares, the others as AWS fixed it. */

import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { HttpResponse, Source } from './types.ts';

interface GatewayResponse {
  readonly Properties: {
    readonly ResponseType: string;
    readonly StatusCode: string;
    /** A text, or what is one where pages of another origin may call: they may not here. */
    readonly ResponseParameters: Readonly<Record<string, unknown>>;
    readonly ResponseTemplates: Readonly<Record<string, string>>;
  };
}

const declared: { readonly Resources: Readonly<Record<string, GatewayResponse>> } = JSON.parse(
  readFileSync(new URL('../../infra/gateway-responses.json', import.meta.url), 'utf8'),
);

const RESPONSES = new Map(
  Object.values(declared.Resources).map(({ Properties }) => [Properties.ResponseType, Properties]),
);

/** Refusals by the name that REST APIs have for them, with what HTTP APIs and Function URLs answer. */
const PLAIN = {
  UNAUTHORIZED: [401, 'Unauthorized'],
  INVALID_API_KEY: [403, 'Forbidden'],
  MISSING_AUTHENTICATION_TOKEN: [404, 'Not Found'],
  THROTTLED: [429, 'Too Many Requests'],
  REQUEST_TOO_LARGE: [413, 'Request Entity Too Large'],
  INTEGRATION_TIMEOUT: [503, 'Service Unavailable'],
  INTEGRATION_FAILURE: [502, 'Internal Server Error'],
} as const satisfies Record<string, readonly [number, string]>;

/** Why the gateway refuses. */
export type Refusal = keyof typeof PLAIN;

const plain = (refusal: Refusal): HttpResponse => {
  const [status, message] = PLAIN[refusal];
  return { status, headers: [['Content-Type', 'application/json']], body: Buffer.from(JSON.stringify({ message })) };
};

/** The answer to a refused request. */
export const refusalResponse = (source: Source, refusal: Refusal): HttpResponse => {
  const response = source === 'rest-v1' ? RESPONSES.get(refusal) : undefined;
  if (response === undefined) return plain(refusal);
  const prefix = 'gatewayresponse.header.';
  return {
    status: Number(response.StatusCode),
    headers: Object.entries(response.ResponseParameters).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name.slice(prefix.length), value.slice(1, -1)] as const] : [],
    ),
    body: Buffer.from(
      (response.ResponseTemplates['application/json'] ?? '').replace('$context.requestId', randomUUID()),
    ),
  };
};
