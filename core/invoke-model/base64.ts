/** Bytes in JSON: base64 in a body, bytes in a call, so that they are bounded there like those of any other call. */

import type { ContentBlock } from '../converse/types.ts';
import { asList, asText, bodyRefused, isFields } from './fields.ts';

/** Largest piece that is turned into text at once, in bytes. */
const PIECE = 0x8000;

/** The bytes that `value` stands for. @throws BulwarkError `content_not_allowed` for what is no base64. */
export const bytesIn = (value: unknown): Uint8Array => {
  try {
    return Uint8Array.from(atob(asText(value)), (unit) => unit.charCodeAt(0));
  } catch {
    throw bodyRefused('body-field');
  }
};

/** {@link bytesIn} the other way. */
export const base64Of = (value: unknown): string => {
  if (!(value instanceof Uint8Array)) throw bodyRefused('body-block');
  let text = '';
  for (let from = 0; from < value.length; from += PIECE)
    text += String.fromCharCode(...value.subarray(from, from + PIECE));
  return btoa(text);
};

/** Blocks of Converse's own shape with the bytes of their sources mapped, those in results of tools, too. */
export const mapSources = (
  blocks: readonly ContentBlock[],
  map: (bytes: unknown) => unknown,
): readonly ContentBlock[] =>
  blocks.map((block) => {
    const [type, value] = Object.entries(block)[0] ?? [];
    if (type === undefined || !isFields(value)) return block;
    if (type === 'toolResult')
      return { toolResult: { ...value, content: mapSources(asList(value['content']) as ContentBlock[], map) } };
    const { source } = value;
    if (!isFields(source) || source['bytes'] === undefined) return block;
    return { [type]: { ...value, source: { bytes: map(source['bytes']) } } };
  });
