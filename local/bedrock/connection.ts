/** HTTP/2 with prior knowledge and HTTP/1.1 on one port: the SDK speaks the first by default. */

import http from 'node:http';
import http2 from 'node:http2';
import net, { type AddressInfo } from 'node:net';

/** A request of either protocol. */
export type AnyRequest = http.IncomingMessage | http2.Http2ServerRequest;
/** Its response. */
export type AnyResponse = http.ServerResponse | http2.Http2ServerResponse;

/** A listening server. */
export interface Listener {
  readonly port: number;
  /** Ends every connection, also those with a request under way. */
  close(): Promise<void>;
}

const PREFACE = 'PRI'; // first bytes of the connection preface of HTTP/2: RFC 9113, section 3.4

/** Listens on `port` of `host` and hands every request to `onRequest`. */
export const listen = async (
  host: string,
  port: number,
  onRequest: (request: AnyRequest, response: AnyResponse) => void,
): Promise<Listener> => {
  const plain = http.createServer(onRequest);
  const modern = http2.createServer(onRequest);
  modern.on('sessionError', () => {});
  const sockets = new Set<net.Socket>();
  const front = net.createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    socket.once('readable', () => {
      const head: Buffer | null = socket.read();
      if (head === null) return socket.destroy();
      socket.unshift(head);
      const isModern = head.toString('latin1', 0, PREFACE.length) === PREFACE;
      return (isModern ? modern : plain).emit('connection', socket);
    });
  });
  await new Promise<void>((resolve, reject) => front.once('error', reject).listen(port, host, resolve));
  return {
    port: (front.address() as AddressInfo).port,
    close: async () => {
      const closed = new Promise((resolve) => front.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
};
