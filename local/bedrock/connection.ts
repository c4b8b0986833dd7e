/** HTTP/2 with prior knowledge and HTTP/1.1 on one port, as the SDK's default transport wants it. */

import http from 'node:http';
import http2 from 'node:http2';
import net, { type AddressInfo } from 'node:net';

/** A request of either protocol. */
export type AnyRequest = http.IncomingMessage | http2.Http2ServerRequest;
/** Its response; that of HTTP/2 has the same methods, and a `stream` beside. */
export type AnyResponse = http.ServerResponse;

/** A listening server. */
export interface Listener {
  readonly port: number;
  close(): Promise<void>;
}

const PREFACE = 'PRI'; // of HTTP/2, RFC 9113, section 3.4

/** Listens on `port` of `host` and hands every request to `onRequest`. */
export const listen = async (
  host: string,
  port: number,
  onRequest: (request: AnyRequest, response: AnyResponse) => void,
): Promise<Listener> => {
  const plain = http.createServer(onRequest);
  const modern = http2.createServer({}, onRequest as never);
  modern.on('sessionError', () => {});
  const sockets = new Set<net.Socket>();
  const front = net.createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket)).on('error', () => {});
    socket.once('readable', () => {
      const head: Buffer | null = socket.read();
      if (head === null) return;
      socket.unshift(head);
      const server = head.subarray(0, PREFACE.length).toString('latin1') === PREFACE ? modern : plain;
      server.emit('connection', socket);
    });
  });
  await new Promise<void>((resolve, reject) => front.once('error', reject).listen(port, host, resolve));
  return {
    port: (front.address() as AddressInfo).port,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => front.close(resolve));
    },
  };
};
