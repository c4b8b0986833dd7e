/** Where segments go: the X-Ray daemon, by UDP. Source: X-Ray developer guide, "Sending trace data to X-Ray". */

/** Sends one segment document. Nobody waits for it, and nobody is told when it is lost. */
export type SendSegment = (document: string) => void;

/** Lambda's own daemon, and those on this machine, are all that a trace may go to. */
const NEAR = /^(?:127\.\d{1,3}\.\d{1,3}\.\d{1,3}|169\.254\.\d{1,3}\.\d{1,3}):(\d{1,5})$/;

/** What a datagram holds at most, in bytes. Source: X-Ray developer guide, "segment documents can be up to 64 kB". */
export const MAX_SEGMENT = 64_000;

const HEADER = '{"format":"json","version":1}\n';

/** The UDP address in a setting: `127.0.0.1:2000`, or `tcp:127.0.0.1:2000 udp:127.0.0.1:2001`. */
const udpOf = (address: string): string => {
  const udp = address.split(/\s+/).find((part) => part.startsWith('udp:'));
  return udp === undefined ? address : udp.slice('udp:'.length);
};

/**
 * A way to the daemon at `address`, as `AWS_XRAY_DAEMON_ADDRESS` says it.
 *
 * @throws TypeError for an address that is neither on this machine nor Lambda's own.
 */
export const daemonAt = (address: string): SendSegment => {
  const udp = udpOf(address.trim());
  const [host = ''] = udp.split(':');
  const port = Number(NEAR.exec(udp)?.[1]);
  if (!(port > 0 && port < 65_536))
    throw new TypeError('createTracing: the daemon must be at a loopback or link-local address and a port');
  // Loaded here: whoever does not trace has no use for it.
  const socket = process.getBuiltinModule('node:dgram').createSocket('udp4');
  socket.unref();
  socket.on('error', () => {});
  // Connected when the function starts, a segment needs no look-up: it leaves before the answer, after which the process
  // may freeze.
  let isConnected = false;
  socket.on('connect', () => {
    isConnected = true;
  });
  socket.connect(port, host);
  return (document) => {
    const datagram = Buffer.from(HEADER + document);
    if (isConnected && datagram.length <= MAX_SEGMENT) socket.send(datagram, () => {});
  };
};
