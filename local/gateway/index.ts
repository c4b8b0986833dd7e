/** The front doors on loopback: HTTP in, Lambda events out, as API Gateway and Function URLs make them. */

import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { eventOf } from './event.ts';
import { createIssuer, type Issuer } from './issuer.ts';
import { type Refusal, refusalResponse } from './refusal.ts';
import { responseOf } from './response.ts';
import { streamTo } from './streamed-response.ts';
import type { ApiKey, HttpRequest, HttpResponse, Identity, Route, Source } from './types.ts';

export type { ApiKey, Invoke, InvokeStream, Route, Source } from './types.ts';

/** Options of {@link startGateway}. */
export interface GatewayOptions {
  readonly routes: readonly Route[];
  /** @default none */
  readonly apiKeys?: readonly ApiKey[];
  /** First port: REST, then HTTP API, then Function URL. @default 0: free ones */
  readonly port?: number;
  /** Requests a second of each API key; more are throttled. @default no limit */
  readonly rateLimit?: number;
}

/** A running gateway. */
export interface Gateway {
  /** Where each front door listens. */
  readonly urls: Readonly<Record<Source, string>>;
  /** A token that the authorizers accept. */
  readonly issueToken: Issuer['issueToken'];
  close(): Promise<void>;
}

const HOST = '127.0.0.1';
const SOURCES: readonly Source[] = ['rest-v1', 'http-v2', 'function-url'];

/** Largest payload that Lambda takes (Lambda quotas: synchronous invocation payload). */
const MAX_PAYLOAD = 6_291_456;

/**
 * Header by which a test says where its request comes from. It is taken off before the event is made, and only a
 * gateway on loopback listens to it.
 */
const SOURCE_IP_HEADER = 'x-local-source-ip';

/** Headers that a client may not send to AWS as they are. */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'te',
  'trailer',
  'upgrade',
  SOURCE_IP_HEADER,
]);

const readRequest = async (message: http.IncomingMessage): Promise<HttpRequest | undefined> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message) {
    size += (chunk as Buffer).length;
    if (size <= MAX_PAYLOAD) chunks.push(chunk as Buffer);
  }
  if (size > MAX_PAYLOAD) return undefined;
  const pairs = message.rawHeaders.flatMap((name, index, all) =>
    index % 2 === 0 ? [[name, all[index + 1] ?? ''] as const] : [],
  );
  const [path = '/', query = ''] = (message.url ?? '/').split('?', 2);
  return {
    method: message.method ?? 'GET',
    path,
    query,
    headers: pairs.filter(([name]) => !HOP_BY_HOP.has(name.toLowerCase())),
    body: Buffer.concat(chunks),
    sourceIp: String(message.headers[SOURCE_IP_HEADER] ?? message.socket.remoteAddress ?? ''),
  };
};

const headerOf = (request: HttpRequest, name: string): string | undefined =>
  request.headers.find(([candidate]) => candidate.toLowerCase() === name)?.[1];

const send = (response: http.ServerResponse, { status, headers, body }: HttpResponse): void => {
  const names = [...new Set(headers.map(([name]) => name))];
  for (const name of names)
    response.setHeader(
      name,
      headers.filter(([candidate]) => candidate === name).map(([, value]) => value),
    );
  response.setHeader('content-length', body.length);
  response.writeHead(status).end(body);
};

/** Starts the front doors that the routes name. */
export const startGateway = async (options: GatewayOptions): Promise<Gateway> => {
  const { routes, apiKeys = [], port = 0, rateLimit = Number.POSITIVE_INFINITY } = options;
  const issuer = await createIssuer();
  const spent = new Map<string, { second: number; count: number }>();

  const throttled = (key: string): boolean => {
    const second = Math.floor(Date.now() / 1000);
    const entry = spent.get(key);
    const count = entry?.second === second ? entry.count + 1 : 1;
    spent.set(key, { second, count });
    return count > rateLimit;
  };

  const admit = async (request: HttpRequest, route: Route): Promise<Identity | Refusal> => {
    const claims = route.authorizer === 'jwt' ? await issuer.verify(headerOf(request, 'authorization')) : undefined;
    if (route.authorizer === 'jwt' && claims === undefined) return 'UNAUTHORIZED';
    const identity = claims === undefined ? {} : { claims };
    if (route.apiKey !== true) return identity;
    const given = headerOf(request, 'x-api-key');
    const key = apiKeys.find(({ value }) => value === given);
    if (key === undefined) return 'INVALID_API_KEY';
    return throttled(key.id) ? 'THROTTLED' : { ...identity, apiKeyId: key.id };
  };

  /** The answer to a request; `undefined` when it was streamed to the client. */
  const answer = async (
    source: Source,
    message: http.IncomingMessage,
    response: http.ServerResponse,
  ): Promise<HttpResponse | undefined> => {
    const request = await readRequest(message);
    if (request === undefined) return refusalResponse(source, 'REQUEST_TOO_LARGE');
    const route = routes.find(
      (candidate) =>
        candidate.source === source && candidate.method === request.method && candidate.path === request.path,
    );
    if (route === undefined) return refusalResponse(source, 'MISSING_AUTHENTICATION_TOKEN');
    const admitted = await admit(request, route);
    if (typeof admitted === 'string') return refusalResponse(source, admitted);
    const event = eventOf(request, route, admitted);
    if (route.stream === undefined) return responseOf(await route.invoke(event), source);
    const streamed = streamTo(response, source);
    return streamed.end(await route.stream(event, streamed));
  };

  const servers = SOURCES.map((source) =>
    http.createServer((message, response) => {
      answer(source, message, response)
        .then((outcome) => outcome && send(response, outcome))
        .catch(() => {
          if (!response.headersSent) send(response, refusalResponse(source, 'INTEGRATION_FAILURE'));
        });
    }),
  );
  await Promise.all(
    servers.map(
      (server, index) =>
        new Promise<void>((resolve, reject) =>
          server.once('error', reject).listen(port === 0 ? 0 : port + index, HOST, resolve),
        ),
    ),
  );
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  const urls = Object.fromEntries(SOURCES.map((source, index) => [source, `http://${HOST}:${ports[index]}`])) as Record<
    Source,
    string
  >;
  return {
    urls,
    issueToken: issuer.issueToken,
    close: async () => {
      await Promise.all(
        servers.map((server) => {
          server.closeAllConnections();
          return new Promise((resolve) => server.close(resolve));
        }),
      );
    },
  };
};
