/** A DynamoDB endpoint that fails on demand, on the wire between the SDK and the emulator. */

import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** What goes wrong with every request until it is mended. */
export type TableFault =
  /** Connections are dropped. */
  | 'down'
  /** No answer comes until it is mended; the request is not passed on. */
  | 'silent'
  /** Every answer comes late, by {@link SLOW_MS}. */
  | 'slow'
  /** DynamoDB refuses: too many requests. */
  | 'throttled'
  /** Each request is carried out; the reply of every second one is lost. */
  | 'replies-lost'
  /** Each request is carried out, and no reply ever comes. */
  | 'all-replies-lost';

/** How late an answer of a slow table comes, in milliseconds. */
const SLOW_MS = 250;

/** A running endpoint. */
export interface FaultyTable {
  readonly endpoint: string;
  break(fault: TableFault): void;
  mend(): void;
  close(): Promise<void>;
  /** Requests since it last broke or was started. */
  requests(): number;
}

const HOST = '127.0.0.1';
const THROTTLED = JSON.stringify({
  __type: 'com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException',
  message: 'The level of configured provisioned throughput for the table was exceeded.',
});

const readAll = async (message: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

/** Requests that each table serves in a second; the rest is throttled, as on demand above the table's maximum. */
const createCapacity = (perSecond: number): ((table: string) => boolean) => {
  const served = new Map<string, { second: number; requests: number }>();
  return (table) => {
    const second = Math.floor(Date.now() / 1000);
    const before = served.get(table);
    const now = before?.second === second ? before : { second, requests: 0 };
    served.set(table, { second, requests: now.requests + 1 });
    return now.requests < perSecond;
  };
};

/**
 * Starts one on a free port of loopback, in front of `target`.
 *
 * @param perSecond Requests that each table serves in a second. @default as many as it can
 */
export const startFaultyTable = async (target: string, perSecond = Number.POSITIVE_INFINITY): Promise<FaultyTable> => {
  const hasCapacity = createCapacity(perSecond);
  let fault: TableFault | undefined;
  let requests = 0;
  const agent = new http.Agent({ keepAlive: true });
  const silenced = new Set<ServerResponse>();

  const pass = (request: IncomingMessage, body: Buffer): Promise<{ reply: IncomingMessage; content: Buffer }> =>
    new Promise((resolve, reject) => {
      const { method, headers } = request;
      http
        .request(target, { method, headers, agent }, (reply) => {
          readAll(reply).then((content) => resolve({ reply, content }), reject);
        })
        .once('error', reject)
        .end(body);
    });

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readAll(request);
    requests += 1;
    if (fault === 'down') return void response.destroy();
    if (fault === 'silent') return void silenced.add(response);
    if (fault === 'slow') await sleep(SLOW_MS);
    if (fault === 'throttled' || !hasCapacity(JSON.parse(body.toString()).TableName))
      return void response.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' }).end(THROTTLED);
    const loses = fault === 'all-replies-lost' || (fault === 'replies-lost' && requests % 2 === 1);
    const { reply, content } = await pass(request, body);
    if (loses) return void response.destroy();
    response.writeHead(reply.statusCode ?? 500, reply.headers).end(content);
  };

  const server = http.createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, HOST, resolve));
  const mend = (): void => {
    fault = undefined;
    for (const response of silenced) response.destroy();
    silenced.clear();
  };
  return {
    endpoint: `http://${HOST}:${(server.address() as AddressInfo).port}`,
    break: (next) => {
      fault = next;
      requests = 0;
      if (next === 'down') server.closeAllConnections();
    },
    mend,
    requests: () => requests,
    close: async () => {
      mend();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      agent.destroy();
    },
  };
};
