/**
 * DeepSeek's template: `<｜begin▁of▁sentence｜>instructions<｜User｜>question<｜Assistant｜>answer<｜end▁of▁sentence｜>`.
 * Sources: Bedrock User Guide, "DeepSeek models"; https://huggingface.co/deepseek-ai/DeepSeek-R1 tokenizer_config.json.
 */

import {
  isGap,
  notTheTemplate,
  type PromptParts,
  type PromptTemplate,
  type PromptTurn,
  splitAtMarks,
} from './template.ts';

/** Whatever the tokenizer takes for a mark, known here or not. */
const MARKS = /<｜[^｜<>]{1,40}｜>/g; // <｜User｜>

const BEGIN = '<｜begin▁of▁sentence｜>';
const END = '<｜end▁of▁sentence｜>';
const ROLES: Readonly<Record<string, PromptTurn['role']>> = { '<｜User｜>': 'user', '<｜Assistant｜>': 'assistant' };

/** The template. */
export const deepseekTemplate: PromptTemplate = {
  isIn: (prompt) => prompt.includes('<｜'),
  parse(prompt): PromptParts {
    const [lead = '', ...pieces] = splitAtMarks(prompt, MARKS);
    const parts: (string | PromptTurn)[] = [];
    const instruct = (text: string): void => {
      parts.push(isGap(text) ? text : { role: 'system', text });
    };
    const isBegun = pieces[0] === BEGIN;
    if (isBegun && !isGap(lead)) throw notTheTemplate();
    if (isBegun) parts.push(lead, BEGIN);
    const before = parts.length;
    instruct(isBegun ? (pieces[1] ?? '') : lead);
    let isAnswered = false;
    for (let index = isBegun ? 2 : 0; index < pieces.length; index += 2) {
      const [mark = '', text = ''] = pieces.slice(index, index + 2);
      const role = Object.hasOwn(ROLES, mark) ? ROLES[mark] : undefined;
      parts.push(mark);
      if (role !== undefined) parts.push({ role, text });
      // One end for an answer, and none for anything else: marks that belong to no turn are in no bound.
      else if (mark === END && isAnswered) instruct(text);
      else throw notTheTemplate();
      isAnswered = role === 'assistant';
    }
    return { parts, instructions: { before, write: (text) => `${text}\n\n` } };
  },
};
