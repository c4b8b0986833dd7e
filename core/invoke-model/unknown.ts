/**
 * A body of no family that is known: all of it is read as data, all strings of its reply as text. Nothing bounds what a
 * model makes of it.
 */

import type { ContentBlock } from '../converse/types.ts';
import { asFields, asList, unreadableChunk } from './fields.ts';
import type { BodyFormat, BodyReply, Fields } from './types.ts';

/** `value` with its strings replaced in turn, one by one. Names of fields stay. */
const mapStrings = (value: unknown, map: (text: string) => string): unknown => {
  if (typeof value === 'string') return map(value);
  if (Array.isArray(value)) return value.map((item) => mapStrings(item, map));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, mapStrings(field, map)]));
};

const stringsOf = (value: unknown): readonly string[] => {
  const strings: string[] = [];
  mapStrings(value, (text) => {
    strings.push(text);
    return text;
  });
  return strings;
};

const bodyIn = (blocks: readonly ContentBlock[] | undefined): Fields => {
  const [item] = asList(asFields(blocks?.[0]?.['toolResult'])['content']);
  return asFields(asFields(item)['json']);
};

/** A body whose shape nobody knows. It has no place for instructions or for a limit, and no stream that could be read. */
export const unknownBody: BodyFormat = {
  name: 'unknown',
  read: (body) => ({
    messages: [{ role: 'user', content: [{ toolResult: { toolUseId: 'body', content: [{ json: body }] } }] }],
  }),
  unattributed: (call) => [
    { role: 'user', content: stringsOf(bodyIn(call.messages?.[0]?.content)).map((text) => ({ text })) },
  ],
  write: (_, call) => bodyIn(call.messages?.[0]?.content),
  readReply: (body): BodyReply => ({
    content: stringsOf(body).map((text) => ({ text })),
    stopReason: 'end_turn',
    usage: undefined,
  }),
  writeReply(body, { content }) {
    let index = 0;
    return asFields(mapStrings(body, () => String(content[index++]?.['text'] ?? '')));
  },
  stream: () => {
    throw unreadableChunk();
  },
};
