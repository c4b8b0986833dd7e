/** Log files as text: decompressed where they are gzip, decoded by their byte order mark. */

import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** Bytes as files and standard input give them. */
export type ByteSource = AsyncIterable<Uint8Array>;

/** First bytes of a gzip member (RFC 1952, 2.3.1). */
const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** Windows shells write UTF-16 into files. */
const encodingOf = (bytes: Uint8Array): string => (bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8');

const peeked = async (source: ByteSource): Promise<{ readonly head: Uint8Array; readonly all: ByteSource }> => {
  const iterator = source[Symbol.asyncIterator]();
  let head: Uint8Array = new Uint8Array();
  let done = false;
  while (!done && head.length < 2) {
    const next = await iterator.next();
    done = next.done === true;
    if (next.done !== true) head = Buffer.concat([head, next.value]);
  }
  const all = async function* (): ByteSource & AsyncGenerator<Uint8Array> {
    yield head;
    while (!done) {
      const next = await iterator.next();
      if (next.done === true) return;
      yield next.value;
    }
  };
  return { head, all: all() };
};

/** Inflates as it reads. Bytes that are no gzip after all end it with an error, which whoever reads it gets. */
const inflated = (source: ByteSource): ByteSource => {
  const gunzip = createGunzip();
  pipeline(Readable.from(source), gunzip, () => {});
  return gunzip;
};

/**
 * The text of a source, piece by piece.
 *
 * @param onBroken Told when compressed bytes come to an end too early; what was read until then is given.
 */
export const plainText = async function* (source: ByteSource, onBroken: () => void): AsyncGenerator<string> {
  const { head, all } = await peeked(source);
  const gzip = isGzip(head);
  const bytes = gzip ? await peeked(inflated(all)).catch(() => undefined) : { head, all };
  if (bytes === undefined) return onBroken();
  const decoder = new TextDecoder(encodingOf(bytes.head));
  try {
    for await (const piece of bytes.all) yield decoder.decode(piece, { stream: true });
  } catch (error) {
    if (!gzip) throw error;
    onBroken();
  }
  yield decoder.decode();
};
