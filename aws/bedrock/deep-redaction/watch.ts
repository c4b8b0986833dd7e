/** Monitor mode: a streamed reply goes by as it comes, and its texts are judged beside it. */

import type { ConverseStreamOutput } from '@aws-sdk/client-bedrock-runtime';
import { checkedAsync } from '../checked.ts';
import type { DeepStage } from './findings.ts';
import { deepReply } from './reply.ts';

/** Looks on. */
export interface DeepWatch {
  /** Events that the redactor has been over. */
  push(events: readonly ConverseStreamOutput[]): void;
  /** Waits for what is being judged, as long as monitor mode waits for anything. */
  end(): Promise<void>;
}

/** Longest text that is kept to be judged, in UTF-16 units. */
const MAX_TEXT = 1_000_000;

/** A watch of one reply: each text is judged as a whole when it ends. */
export const createDeepWatch = (stage: DeepStage): DeepWatch => {
  const texts = new Map<number | undefined, string>();
  const judging: Promise<unknown>[] = [];

  const judge = (index: number | undefined): void => {
    const text = texts.get(index);
    texts.delete(index);
    if (text !== undefined) judging.push(checkedAsync(stage.scope, () => deepReply(stage, [{ text }])));
  };

  return {
    push(events) {
      for (const { contentBlockDelta, contentBlockStop } of events) {
        const text = contentBlockDelta?.delta?.text;
        const index = contentBlockDelta?.contentBlockIndex;
        if (text !== undefined) texts.set(index, ((texts.get(index) ?? '') + text).slice(0, MAX_TEXT));
        if (contentBlockStop !== undefined) judge(contentBlockStop.contentBlockIndex);
      }
    },
    async end() {
      for (const index of [...texts.keys()]) judge(index);
      await Promise.all(judging);
    },
  };
};
