/** Services that speak AWS JSON 1.1, on loopback: the wire and the signatures. Source: Smithy 2.0, "AWS JSON 1.1 protocol". */

import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { BedrockError } from './bedrock/errors.ts';
import { verifySignature } from './bedrock/sigv4.ts';

/** What a request is answered with; `reset` breaks the connection in place of it. */
export type AwsJsonAnswer = { readonly status: number; readonly body: object } | 'reset';

/** Answers a request whose signature is good. */
export type AwsJsonService = (operation: string, input: Readonly<Record<string, unknown>>) => Promise<AwsJsonAnswer>;

/** Options of {@link startAwsJson}. */
export interface AwsJsonOptions {
  /** As signatures name it: `logs`. */
  readonly service: string;
  /** Secret access keys by access key id: requests must be signed with one of them. */
  readonly credentials: Readonly<Record<string, string>>;
  /** @default 0: a free one */
  readonly port?: number | undefined;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** A running server. */
export interface AwsJsonServer {
  readonly url: string;
  close(): Promise<void>;
}

const HOST = '127.0.0.1';
const MEDIA_TYPE = 'application/x-amz-json-1.1';

/** Starts a server. An answer says by `__type` what went wrong. */
export const startAwsJson = async (options: AwsJsonOptions, answer: AwsJsonService): Promise<AwsJsonServer> => {
  const { service, credentials, port = 0, now } = options;

  const serve = async (request: http.IncomingMessage, response: http.ServerResponse): Promise<void> => {
    const reply = (status: number, body: object): void => {
      response.writeHead(status, { 'content-type': MEDIA_TYPE }).end(JSON.stringify(body));
    };
    const { method = '', url = '', headers } = request;
    const body = await buffer(request);
    try {
      verifySignature({ method, url, headers, body }, { service, credentials, allowBearer: false, now });
    } catch (error) {
      const { type, message } = error as BedrockError;
      return reply(400, { __type: type, message });
    }
    const given = await answer(String(headers['x-amz-target']), JSON.parse(String(body)));
    if (given === 'reset') request.socket.destroy();
    else reply(given.status, given.body);
  };

  const server = http.createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, HOST, resolve));
  return {
    url: `http://${HOST}:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
