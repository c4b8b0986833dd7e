/**
 * The template of Mistral and of Llama 2: `<s>[INST] question [/INST] answer</s>[INST] question [/INST]`.
 * Sources: Bedrock User Guide, "Mistral AI text completion"; https://docs.mistral.ai/guides/tokenization/; Llama 2 model card.
 */

import {
  isGap,
  notTheTemplate,
  type PromptParts,
  type PromptTemplate,
  type PromptTurn,
  splitAtMarks,
} from './template.ts';

/** Marks of either, and those of tools, which are read as none. */
const MARKS =
  /<\/?s>|\[\/?INST\]|<<\/?SYS>>|\[\/?(?:SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_RESULTS|TOOL_CALLS|TOOL_CONTENT|PREFIX|SUFFIX|MIDDLE|IMG|THINK)\]/g;

/** Marks of which one alone makes turns: whoever writes `question [/INST]` begins the answer. `<s>` is HTML's, too. */
const TELLING =
  /\[\/?INST\]|<<\/?SYS>>|\[\/?(?:SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_RESULTS|TOOL_CALLS|TOOL_CONTENT|PREFIX|SUFFIX|MIDDLE)\]/;

/** Marks that stand around instructions, and the mark that ends them. */
const INSTRUCTIONS: Readonly<Record<string, string>> = {
  '<<SYS>>': '<</SYS>>',
  '[SYSTEM_PROMPT]': '[/SYSTEM_PROMPT]',
};

/** The template. Instructions have no turn of their own: they go before the first question. */
export const instruct: PromptTemplate = {
  isIn: (prompt) => TELLING.test(prompt) || prompt.trimStart().startsWith('<s>'),
  parse(prompt): PromptParts {
    const pieces = splitAtMarks(prompt, MARKS);
    const parts: (string | PromptTurn)[] = [];
    let index = 0;
    const blank = (text = ''): void => {
      if (!isGap(text)) throw notTheTemplate();
      parts.push(text);
    };
    /** `mark` if it is next, and the text behind it. */
    const take = (mark: string): string | undefined => {
      if (pieces[index] !== mark) return undefined;
      parts.push(mark);
      index += 2;
      return pieces[index - 1];
    };
    /** Instructions, and the text behind them. */
    const takeInstructions = (): string => {
      const mark = pieces[index] ?? '';
      const text = take(mark) ?? '';
      parts.push({ role: 'system', text });
      const behind = take(INSTRUCTIONS[mark] ?? '');
      if (behind === undefined) throw notTheTemplate();
      return behind;
    };
    const isInstructed = (): boolean => Object.hasOwn(INSTRUCTIONS, pieces[index] ?? '');

    blank(pieces[index++]);
    const begun = take('<s>');
    if (begun !== undefined) blank(begun);
    if (isInstructed()) blank(takeInstructions());
    let before: number | undefined;
    while (index < pieces.length) {
      let question = take('[INST]');
      if (question === undefined) throw notTheTemplate();
      before ??= parts.length;
      if (isInstructed()) {
        blank(question);
        question = takeInstructions();
      }
      parts.push({ role: 'user', text: question });
      const answer = take('[/INST]');
      if (answer === undefined) break;
      parts.push({ role: 'assistant', text: answer });
      const end = take('</s>');
      if (end !== undefined) blank(end);
      const again = take('<s>');
      if (again !== undefined) blank(again);
    }
    if (index < pieces.length) throw notTheTemplate();
    return { parts, instructions: { before: before ?? parts.length, write: (text) => ` ${text}\n\n` } };
  },
};
