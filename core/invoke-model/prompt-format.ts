/** Bodies that hold a raw prompt: Meta's, and the older ones of Mistral and DeepSeek. */

import type { ConverseMessage } from '../converse/types.ts';
import { asText, bodyRefused } from './fields.ts';
import { type ParameterNames, readParameters, writeParameters } from './parameters.ts';
import { readPrompt, writePrompt } from './prompts.ts';
import type { PromptTemplate } from './templates/template.ts';
import type { BodyCall, BodyFormat } from './types.ts';

/** What differs from one family to the next. */
export interface PromptFamily extends Pick<BodyFormat, 'name' | 'readReply' | 'writeReply' | 'stream'> {
  readonly parameters: ParameterNames;
  /** Which templates a prompt may follow; the first that has marks in it. */
  readonly templates: readonly PromptTemplate[];
}

/** Whoever wrote a turn could have written its header, too: all but the user's are read as the user's, once more. */
const unattributed = ({ system = [], messages = [] }: BodyCall): readonly ConverseMessage[] => [
  ...system.map((block) => ({ role: 'user', content: [block] })),
  ...messages
    .filter(({ role, content }) => role !== 'user' || content?.[0]?.['text'] === undefined)
    .map(({ content = [] }) => ({
      role: 'user',
      content: content.flatMap(
        (block) => (block['toolResult'] as { content: ConverseMessage['content'] } | undefined)?.content ?? block,
      ),
    })),
];

/** A format whose body holds a `prompt`. */
export const promptFormat = ({ parameters, templates, ...family }: PromptFamily): BodyFormat => ({
  ...family,
  read: (body) => ({
    ...readParameters(body, parameters),
    ...readPrompt(asText(body['prompt']), templates),
  }),
  unattributed,
  write(body, call) {
    if (call.toolConfig !== undefined) throw bodyRefused('tool-block');
    return {
      ...call.additionalModelRequestFields,
      ...writeParameters(body, parameters, call),
      prompt: writePrompt(asText(body['prompt']), templates, call),
    };
  },
});
