/** The deep tier of redaction over a reply that comes in one piece. */

import type { ContentBlock } from '@aws-sdk/client-bedrock-runtime';
import { createWindowRelease } from '../../../core/redaction/window-release.ts';
import { type DeepStage, deepFindings, recordDeep } from './findings.ts';

/** Texts with what is private in them replaced, all of them judged before any is. The same errors as {@link deepFindings}. */
const deepTexts = async (stage: DeepStage, texts: readonly string[]): Promise<readonly string[]> => {
  const aborter = new AbortController();
  const signal = stage.signal === undefined ? aborter.signal : AbortSignal.any([stage.signal, aborter.signal]);
  try {
    const found = await Promise.all(texts.map((text) => deepFindings(stage, text, signal)));
    return texts.map((text, index) => {
      const release = createWindowRelease(stage.redactor.placeholder);
      const window = { text, start: 0, release: text.length, isKnown: false };
      const clean = release(window, found[index] ?? []);
      recordDeep(stage.scope, clean.findings);
      return clean.text;
    });
  } finally {
    // What is still asked about when one text is refused is wanted no more.
    aborter.abort();
  }
};

/**
 * Blocks of a reply that the redactor has been over, with what the deep tier finds replaced.
 *
 * @throws BulwarkError as {@link deepFindings}.
 */
export const deepReply = async (stage: DeepStage, content: readonly ContentBlock[]): Promise<ContentBlock[]> => {
  const clean = await deepTexts(
    stage,
    content.map(({ text = '' }) => text),
  );
  return content.map((block, index) => (block.text === undefined ? block : { ...block, text: clean[index] ?? '' }));
};
