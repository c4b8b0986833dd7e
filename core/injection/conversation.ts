/** Screening of a conversation: each turn by who wrote it, and only what was not screened before. */

import { type ContentBlock, type ConverseMessage, member, textOf } from '../converse/types.ts';
import type { ScreenText } from './screen.ts';
import type { Channel, ScreenResult, Verdict } from './types.ts';

/** A text of a conversation. */
export interface Segment {
  readonly channel: Channel;
  readonly text: string;
}

/** Verdicts by channel and text, to be kept by whoever screens a growing conversation again and again. */
export type ScreenCache = Map<string, ScreenResult>;

/** The judgement of a conversation: the worst of its segments. */
export interface ConversationResult {
  readonly verdict: Verdict;
  readonly score: number;
  /** What was screened now, and did not pass. */
  readonly segments: readonly (Segment & { readonly result: ScreenResult })[];
}

/** Options of `screenConversation`. */
export interface ConversationOptions {
  readonly cache?: ScreenCache;
  /** Ends the screening between two segments. */
  readonly signal?: AbortSignal;
}

/** Pieces of one author side by side are read together, as the model reads them: an order may be split over blocks. */
const joined = (channel: Channel, texts: readonly (string | undefined)[]): readonly Segment[] => {
  const said = texts.filter((text) => text !== undefined);
  return said.length === 0 ? [] : [{ channel, text: said.join('\n') }];
};

const textsOfResult = (block: ContentBlock): readonly string[] => {
  const content = member(block, 'toolResult')?.['content'];
  if (!Array.isArray(content)) return [];
  return content.map((item) => textOf(item) ?? JSON.stringify(member(item, 'json') ?? ''));
};

/**
 * The texts of a conversation. The user's turns are the caller's words; turns of the assistant are data, since whoever
 * sends the history can have written them; so are the results of tools.
 */
export const segmentsOf = (messages: readonly ConverseMessage[]): readonly Segment[] =>
  messages.flatMap(({ role, content = [] }) => [
    ...joined(role === 'user' ? 'user' : 'data', content.map(textOf)),
    ...content.flatMap((block) => joined('data', textsOfResult(block))),
  ]);

/** Key of a segment in a {@link ScreenCache}. */
export const segmentKey = ({ channel, text }: Segment): string => `${channel}\n${text}`;

/** Screens what a cache does not know. */
export const screenConversation = async (
  screen: ScreenText,
  messages: readonly ConverseMessage[],
  { cache = new Map(), signal }: ConversationOptions = {},
): Promise<ConversationResult> => {
  const segments: (Segment & { result: ScreenResult })[] = [];
  let worst: Pick<ScreenResult, 'verdict' | 'score'> = { verdict: 'allow', score: 0 };
  for (const segment of segmentsOf(messages)) {
    signal?.throwIfAborted();
    const key = segmentKey(segment);
    const known = cache.get(key);
    const result = known ?? screen(segment.text, { channel: segment.channel });
    cache.set(key, result);
    if (known === undefined && result.verdict !== 'allow') segments.push({ ...segment, result });
    if (result.score > worst.score) worst = result;
  }
  return { verdict: worst.verdict, score: worst.score, segments };
};
