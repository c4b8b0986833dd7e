/** A client of the local gateway, for integration tests. */

import type { Gateway } from '../../local/gateway/index.ts';
import { LOCAL_API_KEY } from '../../local/stack/routes.ts';

/** An answer. */
export interface ChatAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: Readonly<Record<string, unknown>>;
}

/** Options of a request. */
export interface ChatOptions {
  readonly user?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly path?: string;
  readonly method?: string;
  readonly source?: 'rest-v1' | 'http-v2' | 'function-url';
  readonly signal?: AbortSignal;
}

/** Whatever has a gateway: the local stack, for one. */
interface Fronted {
  readonly gateway: Gateway;
}

const tokens = new WeakMap<Gateway, Map<string, Promise<string>>>();

const tokenOf = (gateway: Gateway, user: string): Promise<string> => {
  const known = tokens.get(gateway) ?? new Map<string, Promise<string>>();
  tokens.set(gateway, known);
  const token = known.get(user) ?? gateway.issueToken({ sub: user });
  known.set(user, token);
  return token;
};

/** Sends a body, as text or to be JSON, to `/v1/chat` or elsewhere. The answer may still be on its way. */
export const open = async ({ gateway }: Fronted, body: unknown, options: ChatOptions = {}): Promise<Response> => {
  const { user = 'ada', headers = {}, path = '/v1/chat', method = 'POST', source = 'rest-v1' } = options;
  return fetch(`${gateway.urls[source]}${path}`, {
    method,
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${await tokenOf(gateway, user)}`,
      'x-api-key': LOCAL_API_KEY.value,
      ...headers,
    },
    ...(options.signal && { signal: options.signal }),
    ...(method === 'GET' ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
};

/** Sends a body, and reads the whole answer. */
export const send = async (fronted: Fronted, body: unknown, options: ChatOptions = {}): Promise<ChatAnswer> => {
  const response = await open(fronted, body, options);
  const text = await response.text();
  let json: Readonly<Record<string, unknown>> = {};
  try {
    json = JSON.parse(text);
  } catch {
    json = {};
  }
  return { status: response.status, headers: response.headers, text, json };
};
