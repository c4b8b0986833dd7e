/** Raw prompts as calls: turns by the family's template, and the prompt written again with what engines changed. */

import type { ConverseMessage } from '../converse/types.ts';
import { textOf } from '../converse/types.ts';
import { asFields, asList, bodyRefused } from './fields.ts';
import { type PromptParts, type PromptTemplate, type PromptTurn, plainPrompt, turnsOf } from './templates/template.ts';
import type { BodyCall } from './types.ts';

type CallTurns = Pick<BodyCall, 'system' | 'messages'>;

const partsOf = (prompt: string, templates: readonly PromptTemplate[]): PromptParts => {
  const template = templates.find(({ isIn }) => isIn(prompt));
  return template === undefined ? plainPrompt(prompt) : template.parse(prompt);
};

/** What a tool gave has no id in a prompt. */
const TOOL_USE_ID = 'prompt';

const messageOf = ({ role, text }: PromptTurn): ConverseMessage =>
  role === 'tool'
    ? { role: 'user', content: [{ toolResult: { toolUseId: TOOL_USE_ID, content: [{ text }] } }] }
    : { role, content: [{ text }] };

/** Whether a prompt begins with instructions. Later ones are turns in the role `system`, which no call may have. */
const hasInstructions = ([first]: readonly PromptTurn[]): boolean => first?.role === 'system';

/**
 * The turns of a prompt. One that has no marks of a template is the user's.
 *
 * @throws BulwarkError `content_not_allowed` for a prompt with marks where its template has none.
 */
export const readPrompt = (prompt: string, templates: readonly PromptTemplate[]): Required<CallTurns> => {
  const turns = turnsOf(partsOf(prompt, templates));
  const leading = hasInstructions(turns) ? 1 : 0;
  return {
    system: turns.slice(0, leading).map(({ text }) => ({ text })),
    messages: turns.slice(leading).map(messageOf),
  };
};

const onlyText = (blocks: readonly unknown[] | undefined): string => {
  const [block, ...more] = blocks ?? [];
  const text = textOf(block);
  if (text === undefined || more.length > 0) throw bodyRefused('body-block');
  return text;
};

const textOfMessage = ({ content }: ConverseMessage): string => {
  const [block] = content ?? [];
  if (block?.['toolResult'] === undefined) return onlyText(content);
  return onlyText(asList(asFields(block['toolResult'])['content']));
};

const rolesOf = (parts: PromptParts): string =>
  turnsOf(parts)
    .map(({ role }) => role)
    .join();

/** The prompt with the texts of `call`, and with what was put before its instructions. The same error. */
export const writePrompt = (prompt: string, templates: readonly PromptTemplate[], call: CallTurns): string => {
  const original = partsOf(prompt, templates);
  const turns = turnsOf(original);
  const { system = [], messages = [] } = call;
  const leading = hasInstructions(turns) ? 1 : 0;
  const added = system
    .slice(0, system.length - leading)
    .map((block) => onlyText([block]))
    .join('\n\n');
  const own = system.slice(system.length - leading).map((block) => onlyText([block]));
  if (own.length !== leading || messages.length !== turns.length - leading) throw bodyRefused('body-block');
  const texts = [...own, ...messages.map(textOfMessage)];
  const isAdded = added !== '';
  if (isAdded && leading === 1) texts[0] = `\n\n${added}\n\n${texts[0]}`;
  let turn = 0;
  const pieces = original.parts.map((part) => (typeof part === 'string' ? part : (texts[turn++] ?? part.text)));
  const { before, write } = original.instructions;
  if (isAdded && leading === 0) pieces.splice(before, 0, write(added));
  const written = pieces.join('');
  // What stands in place of a value must not make a mark with what is around it.
  const expected = rolesOf(original);
  const roles = rolesOf(partsOf(written, templates));
  if (roles !== expected && roles !== `system,${expected}`) throw bodyRefused('prompt-template');
  return written;
};
