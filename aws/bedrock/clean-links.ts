/**
 * What carries data out, taken out of a reply last of all: a placeholder that stands for a private value has brackets,
 * and `!` before it with an address behind it would be an image. What this takes out leaves something in its place, so
 * that nothing private comes together.
 */

import type { ContentBlock, ConverseStreamOutput } from '@aws-sdk/client-bedrock-runtime';
import type { ExfiltrationFilter } from '../../core/exfiltration/index.ts';
import type { InvocationScope } from '../invocation-scope.ts';
import { exfiltrationStream, type RecordedStream, recordExfiltration } from './reply-content.ts';

/**
 * Blocks of a reply less what carries data out of its texts.
 *
 * @throws BulwarkError `output_blocked` where the filter blocks it.
 */
export const cleanLinks = (
  scope: InvocationScope,
  content: ContentBlock[],
  filter: ExfiltrationFilter | undefined,
): ContentBlock[] => {
  if (filter === undefined) return content;
  return content.map((block) => {
    if (block.text === undefined) return block;
    const { text, findings } = filter.filter(block.text);
    recordExfiltration(scope, findings);
    return { ...block, text };
  });
};

/** Takes the events of a reply, gives those that may be passed on. */
export interface LinkCleaner {
  /** The same error as {@link cleanLinks}. */
  push(event: ConverseStreamOutput): readonly ConverseStreamOutput[];
}

const textEvents = (contentBlockIndex: number | undefined, text: string): readonly ConverseStreamOutput[] =>
  text === '' ? [] : [{ contentBlockDelta: { contentBlockIndex, delta: { text } } }];

/** A cleaner for one reply in events. */
export const createLinkCleaner = (scope: InvocationScope, filter: ExfiltrationFilter): LinkCleaner => {
  const texts = new Map<number | undefined, RecordedStream>();

  const pushText = (index: number | undefined, piece: string): readonly ConverseStreamOutput[] => {
    const stream = texts.get(index) ?? exfiltrationStream(scope, filter);
    texts.set(index, stream);
    return textEvents(index, stream.push(piece));
  };

  const endText = (index: number | undefined): readonly ConverseStreamOutput[] => {
    const stream = texts.get(index);
    texts.delete(index);
    return stream === undefined ? [] : textEvents(index, stream.end(''));
  };

  return {
    push(event) {
      const { contentBlockDelta, contentBlockStop, messageStop } = event;
      const text = contentBlockDelta?.delta?.text;
      if (text !== undefined) return pushText(contentBlockDelta?.contentBlockIndex, text);
      if (contentBlockStop !== undefined) return [...endText(contentBlockStop.contentBlockIndex), event];
      if (messageStop === undefined) return [event];
      return [...[...texts.keys()].flatMap(endText), event];
    },
  };
};

/** The events of a reply less what carries data out. */
export async function* linklessEvents(
  cleaner: LinkCleaner,
  events: AsyncIterable<ConverseStreamOutput>,
): AsyncGenerator<ConverseStreamOutput> {
  for await (const event of events) yield* cleaner.push(event);
}
