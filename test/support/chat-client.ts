/** A client of the local stack, for integration tests. */

import type { Stack } from '../../local/stack/index.ts';
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
}

const tokens = new WeakMap<Stack, Map<string, Promise<string>>>();

const tokenOf = (stack: Stack, user: string): Promise<string> => {
  const known = tokens.get(stack) ?? new Map<string, Promise<string>>();
  tokens.set(stack, known);
  const token = known.get(user) ?? stack.gateway.issueToken({ sub: user });
  known.set(user, token);
  return token;
};

/** Sends a body, as text or to be JSON, to `/v1/chat` or elsewhere. */
export const send = async (stack: Stack, body: unknown, options: ChatOptions = {}): Promise<ChatAnswer> => {
  const { user = 'ada', headers = {}, path = '/v1/chat', method = 'POST', source = 'rest-v1' } = options;
  const response = await fetch(`${stack.gateway.urls[source]}${path}`, {
    method,
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${await tokenOf(stack, user)}`,
      'x-api-key': LOCAL_API_KEY.value,
      ...headers,
    },
    ...(method === 'GET' ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  let json: Readonly<Record<string, unknown>> = {};
  try {
    json = JSON.parse(text);
  } catch {
    json = {};
  }
  return { status: response.status, headers: response.headers, text, json };
};
