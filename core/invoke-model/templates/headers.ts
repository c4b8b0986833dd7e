/**
 * Templates whose turns have headers: Llama 3's and Llama 4's.
 * Source: https://www.llama.com/docs/model-cards-and-prompt-formats/, Bedrock User Guide, "Meta Llama models".
 */

import {
  isGap,
  notTheTemplate,
  type PromptParts,
  type PromptTemplate,
  type PromptTurn,
  splitAtMarks,
  type TurnRole,
} from './template.ts';

/** Whatever the tokenizer takes for a mark, known here or not. */
const MARKS = /<\|[A-Za-z0-9_]{1,40}\|>/g; // <|eot_id|>

const ROLES: Readonly<Record<string, TurnRole>> = {
  system: 'system',
  user: 'user',
  assistant: 'assistant',
  ipython: 'tool',
  tool: 'tool',
};

/** How a generation of Llama writes its marks. */
interface HeaderMarks {
  readonly begin: string;
  readonly open: string;
  readonly close: string;
  readonly ends: readonly [string, ...string[]];
}

const headerTemplate = ({ begin, open, close, ends }: HeaderMarks): PromptTemplate => ({
  isIn: (prompt) => prompt.includes(open),
  parse(prompt): PromptParts {
    const pieces = splitAtMarks(prompt, MARKS);
    const parts: (string | PromptTurn)[] = [];
    let index = 0;
    const next = (): string => pieces[index++] ?? '';
    const blank = (text: string): void => {
      if (!isGap(text)) throw notTheTemplate();
      parts.push(text);
    };
    blank(next());
    if (pieces[index] === begin) {
      parts.push(next());
      blank(next());
    }
    const before = parts.length;
    while (index < pieces.length) {
      const [opened, name, closed, text] = [next(), next(), next(), next()];
      const role = Object.hasOwn(ROLES, name) ? ROLES[name] : undefined;
      if (opened !== open || closed !== close || role === undefined) throw notTheTemplate();
      parts.push(`${opened}${name}${closed}`, { role, text });
      // Where the prompt ends, its last turn may have no end: the model goes on there.
      if (index === pieces.length) break;
      const end = next();
      if (!ends.includes(end)) throw notTheTemplate();
      parts.push(end);
      blank(next());
    }
    return {
      parts,
      instructions: { before, write: (text) => `${open}system${close}\n\n${text}${ends[0]}` },
    };
  },
});

/** Llama 3: `<|start_header_id|>user<|end_header_id|>\n\nHello<|eot_id|>`. */
export const llama3: PromptTemplate = headerTemplate({
  begin: '<|begin_of_text|>',
  open: '<|start_header_id|>',
  close: '<|end_header_id|>',
  ends: ['<|eot_id|>', '<|eom_id|>'],
});

/** Llama 4: `<|header_start|>user<|header_end|>\n\nHello<|eot|>`. */
export const llama4: PromptTemplate = headerTemplate({
  begin: '<|begin_of_text|>',
  open: '<|header_start|>',
  close: '<|header_end|>',
  ends: ['<|eot|>', '<|eom|>'],
});
