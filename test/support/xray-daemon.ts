/** An X-Ray daemon that keeps what it is sent. Source: X-Ray developer guide, "Sending trace data to X-Ray". */

import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { vi } from 'vitest';

/** A segment document. */
export interface Segment {
  readonly name: string;
  readonly id: string;
  readonly trace_id: string;
  readonly parent_id: string;
  readonly type: string;
  readonly start_time: number;
  readonly end_time: number;
  readonly fault?: true;
  readonly error?: true;
  readonly throttle?: true;
  readonly annotations: Readonly<Record<string, string | number>>;
  readonly subsegments?: readonly Omit<Segment, 'trace_id' | 'parent_id' | 'type'>[];
}

/** A running daemon. */
export interface XrayDaemon {
  /** As `AWS_XRAY_DAEMON_ADDRESS` says it. */
  readonly address: string;
  /** Datagrams as they came. */
  readonly datagrams: readonly string[];
  /** Waits for so many segments. */
  segments(count: number): Promise<readonly Segment[]>;
  close(): void;
}

/** Starts a daemon on loopback. */
export const startXrayDaemon = async (): Promise<XrayDaemon> => {
  const datagrams: string[] = [];
  const socket = createSocket('udp4');
  socket.on('message', (datagram) => datagrams.push(datagram.toString()));
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    address: `127.0.0.1:${socket.address().port}`,
    datagrams,
    async segments(count) {
      await vi.waitFor(
        () => {
          if (datagrams.length < count) throw new Error(`${datagrams.length} of ${count} segments came`);
        },
        { timeout: 2000, interval: 5 },
      );
      return datagrams.map((datagram) => {
        const [header, document = ''] = datagram.split('\n');
        if (header !== '{"format":"json","version":1}') throw new Error('a datagram without the header');
        return JSON.parse(document) as Segment;
      });
    },
    close: () => {
      socket.close();
    },
  };
};
