/** Text completions of Mistral (`outputs`) and of DeepSeek (`choices`): one text and why it ended. */

import { isFields } from './fields.ts';
import { promptFormat } from './prompt-format.ts';
import { familyReason, type StopReasons, stopReasonIn } from './stop-reasons.ts';
import { deepseekTemplate } from './templates/deepseek.ts';
import { instruct } from './templates/instruct.ts';
import type { PromptTemplate } from './templates/template.ts';
import { type TextChunk, textChunks, wholeText } from './text-chunks.ts';
import type { BodyFormat, Fields } from './types.ts';

const STOP_REASONS: StopReasons = { stop: 'end_turn', length: 'max_tokens' };

/** What differs between the two. */
interface CompletionFamily {
  readonly name: string;
  /** Under which name a reply has its texts. */
  readonly list: 'outputs' | 'choices';
  readonly template: PromptTemplate;
  readonly numbers: readonly string[];
}

const completionFormat = ({ name, list, template, numbers }: CompletionFamily): BodyFormat => {
  const read = (body: Fields): TextChunk | undefined => {
    const texts = body[list];
    const [only] = Array.isArray(texts) && texts.length === 1 ? texts : [];
    if (!isFields(only) || typeof only['text'] !== 'string') return undefined;
    return { text: only['text'], reason: only['stop_reason'] };
  };
  const write = (text: string, reason: string | null): Fields => ({ [list]: [{ text, stop_reason: reason }] });
  return promptFormat({
    name,
    parameters: {
      maxTokens: ['max_tokens'],
      temperature: 'temperature',
      topP: 'top_p',
      stopSequences: 'stop',
      numbers,
      own: ['prompt'],
    },
    templates: [template],
    readReply(body) {
      const said = read(body);
      if (said === undefined) return undefined;
      const stopReason = stopReasonIn(said.reason, STOP_REASONS);
      return { content: [{ text: said.text ?? '' }], stopReason, usage: undefined };
    },
    writeReply: (_, reply) => write(wholeText(reply), familyReason(reply.stopReason, STOP_REASONS)),
    stream: () => textChunks({ reasons: STOP_REASONS, read, write }),
  });
};

/** Source: https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-mistral-text-completion.html */
export const mistralPrompt: BodyFormat = completionFormat({
  name: 'mistral-prompt',
  list: 'outputs',
  template: instruct,
  numbers: ['top_k'],
});

/** Source: https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-deepseek.html */
export const deepseekPrompt: BodyFormat = completionFormat({
  name: 'deepseek-prompt',
  list: 'choices',
  template: deepseekTemplate,
  numbers: [],
});
