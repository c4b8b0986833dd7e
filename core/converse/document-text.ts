/** The text of documents that come as bytes, as whoever reads them may read it. */

import { type ContentBlock, type ConverseInput, member } from './types.ts';

/** Formats of documents that are no text as they are. Source: DocumentBlock of the Converse API. Without one it is `txt`. */
const BINARY_FORMATS: readonly unknown[] = ['pdf', 'doc', 'docx', 'xls', 'xlsx'];

const decoded = (bytes: Uint8Array, encoding: string, fatal: boolean): string | undefined => {
  try {
    return new TextDecoder(encoding, { fatal }).decode(bytes);
  } catch {
    return undefined;
  }
};

/** The encoding that a byte order mark names. Source: WHATWG Encoding, "BOM sniff". */
const markedEncoding = ([first, second]: Uint8Array): string | undefined => {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined;
};

/** Bytes of a source, or `undefined` for what is none. */
export const bytesOf = (source: unknown): Uint8Array | undefined => {
  if (source instanceof Uint8Array) return source;
  if (ArrayBuffer.isView(source)) return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
  return source instanceof ArrayBuffer ? new Uint8Array(source) : undefined;
};

/**
 * The text that bytes are for certain: UTF-8 without a null, or UTF-16 with its byte order mark. `undefined` for an image, a
 * PDF, and text that somebody could read otherwise.
 */
export const textOfBytes = (bytes: Uint8Array): string | undefined => {
  const marked = markedEncoding(bytes);
  if (marked !== undefined) return decoded(bytes, marked, true);
  return bytes.includes(0) ? undefined : decoded(bytes, 'utf-8', true);
};

/** What broken or unmarked text may be read as: UTF-8 with its errors replaced, Latin letters of one byte, UTF-16. */
const guessesAt = (bytes: Uint8Array): readonly string[] => {
  const marked = markedEncoding(bytes);
  const encodings = [
    ...(marked === undefined ? ['utf-8', 'windows-1252'] : [marked]),
    ...(marked === undefined && bytes.includes(0) ? ['utf-16le', 'utf-16be'] : []),
  ];
  return encodings.flatMap((encoding) => decoded(bytes, encoding, false) ?? []);
};

/**
 * The readings of a document in bytes: the one that is certain; of a format of text that is broken or says not what it is,
 * each that is likely. None for a document that is no text, or whose text stands in the call.
 */
export const documentReadings = (document: ContentBlock): readonly string[] => {
  const bytes = bytesOf(member(document, 'source')?.['bytes']);
  if (bytes === undefined) return [];
  const text = textOfBytes(bytes);
  if (text !== undefined) return [text];
  return BINARY_FORMATS.includes(document['format']) ? [] : guessesAt(bytes);
};

const documentsIn = (block: ContentBlock): readonly ContentBlock[] => {
  const results = member(block, 'toolResult')?.['content'];
  const blocks: readonly unknown[] = Array.isArray(results) ? [block, ...results] : [block];
  return blocks.map((each) => member(each, 'document')).filter((document) => document !== undefined);
};

/** {@link documentReadings} of all documents in the turns of a call. */
export const documentReadingsIn = ({ messages = [] }: ConverseInput): readonly string[] =>
  messages.flatMap(({ content = [] }) => content.flatMap(documentsIn)).flatMap(documentReadings);
