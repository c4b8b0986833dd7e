/** Replies that are one text, in chunks. */

import { textOf } from '../converse/types.ts';
import { unreadableChunk } from './fields.ts';
import { familyReason, type StopReasons, stopReasonIn } from './stop-reasons.ts';
import type { BodyReply, ChunkFormat, Fields, ReplyEvent, TokenCounts } from './types.ts';

/** The text of a reply's blocks. */
export const wholeText = ({ content }: BodyReply): string => content.map((block) => textOf(block) ?? '').join('');

/** What a chunk of one text says. */
export interface TextChunk {
  /** `undefined` where the chunk has no text, and says something else. */
  readonly text: string | undefined;
  /** In the family's words; `null` or `undefined` while the text goes on. */
  readonly reason: unknown;
  readonly usage?: TokenCounts | undefined;
}

/** How a family writes such chunks. */
export interface TextChunkFamily {
  readonly reasons: StopReasons;
  /** `undefined` for a chunk that cannot be read. */
  read(chunk: Fields): TextChunk | undefined;
  /** A chunk with so much text, and why the text ends, where it does. */
  write(text: string, reason: string | null, usage?: TokenCounts): Fields;
}

/** The chunks of one reply. */
export const textChunks = ({ reasons, read, write }: TextChunkFamily): ChunkFormat => {
  let begun = false;
  let ended = false;
  let used: TokenCounts | undefined;
  const block = { contentBlockIndex: 0 };
  return {
    read(chunk) {
      const said = read(chunk);
      if (said === undefined) throw unreadableChunk();
      const { text = '', reason, usage } = said;
      used = usage ?? used;
      if (ended) {
        if (text !== '') throw unreadableChunk();
        return [];
      }
      const events: ReplyEvent[] = [
        ...(begun ? [] : [{ messageStart: { role: 'assistant' } }]),
        ...(text === '' ? [] : [{ contentBlockDelta: { ...block, delta: { text } } }]),
      ];
      begun = true;
      if (reason === null || reason === undefined) return events;
      const stopReason = stopReasonIn(reason, reasons);
      if (stopReason === undefined) throw unreadableChunk();
      ended = true;
      return [...events, { contentBlockStop: block }, { messageStop: { stopReason } }];
    },
    usage: () => used,
    write: ({ contentBlockDelta }) =>
      contentBlockDelta === undefined ? [] : [write(textOf(contentBlockDelta.delta) ?? '', null)],
    end: (stopReason, usage) => [write('', familyReason(stopReason, reasons), usage)],
  };
};
